// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Json;
import java.util.Map;

/** On which nodes a pod may run, and which take a new one. */
final class Placement {
    private static final JsonNode CORDON = Json.MAPPER
            .createObjectNode()
            .put("key", "node.kubernetes.io/unschedulable")
            .put("effect", "NoSchedule");

    private Placement() {}

    /** Whether a node takes a new pod: it fits, and the node is neither cordoned nor lost. */
    static boolean takes(JsonNode pod, ObjectNode node) {
        boolean closed = node.at("/spec/unschedulable").asBoolean() && !tolerates(pod, CORDON);
        return !closed && !isLost(node) && fits(pod, node);
    }

    /** Whether the kubelet of a node has stopped reporting. */
    static boolean isLost(ObjectNode node) {
        for (JsonNode condition : node.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("Unknown");
            }
        }
        return false;
    }

    /** Whether the labels and taints of a node let a pod run there. */
    static boolean fits(JsonNode pod, ObjectNode node) {
        for (Map.Entry<String, JsonNode> wanted : pod.path("nodeSelector").properties()) {
            if (!wanted.getValue().equals(node.at("/metadata/labels").path(wanted.getKey()))) {
                return false;
            }
        }
        for (JsonNode taint : node.at("/spec/taints")) {
            if (!taint.path("effect").asText().equals("PreferNoSchedule") && !tolerates(pod, taint)) {
                return false;
            }
        }
        return true;
    }

    private static boolean tolerates(JsonNode pod, JsonNode taint) {
        for (JsonNode toleration : pod.path("tolerations")) {
            String key = toleration.path("key").asText("");
            String effect = toleration.path("effect").asText("");
            boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
            if ((key.isEmpty() && exists || key.equals(taint.path("key").asText()))
                    && (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
                    && (exists
                            || toleration
                                    .path("value")
                                    .asText("")
                                    .equals(taint.path("value").asText("")))) {
                return true;
            }
        }
        return false;
    }
}
