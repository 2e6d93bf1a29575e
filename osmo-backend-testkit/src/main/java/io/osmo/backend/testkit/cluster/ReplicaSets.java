// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Store;

/**
 * As much of the ReplicaSet controller as shows why a Deployment is not available: one pod, as long as its image cannot be pulled. The
 * pods of Deployments that run are left out.
 */
final class ReplicaSets {
    private static final String MANAGER = "replicaset-controller";

    private final Store store;

    ReplicaSets(Store store) {
        this.store = store;
    }

    void settle(ObjectNode deployment, boolean pulled) {
        ObjectNode pod = pod(deployment);
        String namespace = pod.at("/metadata/namespace").asText();
        String name = pod.at("/metadata/name").asText();
        JsonNode known = store.find("Pod", namespace, name);
        if (pulled) {
            if (known != null) {
                store.remove("Pod", namespace, name);
            }
        } else if (known == null || !known.at("/spec/containers").equals(pod.at("/spec/containers"))) {
            store.put(pod, MANAGER);
        }
    }

    /** The pod that a Deployment asks for. */
    static ObjectNode pod(ObjectNode deployment) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("name", deployment.at("/metadata/name").asText() + "-7d4b9c-x2x7p");
        metadata.put("namespace", deployment.at("/metadata/namespace").asText());
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        if (labels.isObject()) {
            metadata.set("labels", labels.deepCopy());
        }
        metadata.putArray("ownerReferences")
                .addObject()
                .put("kind", "ReplicaSet")
                .put("name", deployment.at("/metadata/name").asText() + "-7d4b9c")
                .put("uid", deployment.at("/metadata/uid").asText())
                .put("controller", true);
        pod.set("spec", deployment.at("/spec/template/spec").deepCopy());
        return pod;
    }
}
