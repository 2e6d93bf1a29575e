// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.verify.internal.probe.CallResult.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Creates the objects of one run. */
final class ProbeObjects {
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final ClusterCalls calls;
    private final ProbeNamespace namespace;
    private volatile boolean namespaceExists;
    private volatile String uid = "";

    ProbeObjects(KubernetesClient client, ClusterCalls calls, ProbeNamespace namespace) {
        this.client = client;
        this.calls = calls;
        this.namespace = namespace;
    }

    /** Whether the run's namespace exists, or may exist because no answer came. */
    boolean namespaceExists() {
        return namespaceExists;
    }

    CompletableFuture<CallResult<String>> createNamespace(Instant now, Duration overall) {
        return calls.attempt(Right.CREATE_NAMESPACES, () -> {
            namespaceExists = true;
            try {
                uid = client.resource(namespace.manifest(now, overall))
                        .create()
                        .getMetadata()
                        .getUid();
                return uid;
            } catch (KubernetesClientException e) {
                // On a conflict, it belongs to others.
                namespaceExists = e.getCode() != CONFLICT;
                throw e;
            }
        });
    }

    /** Creates objects in order, up to the first failure. */
    CompletableFuture<CallResult<HasMetadata>> create(List<Job.Need> needs) {
        CompletableFuture<CallResult<HasMetadata>> last = create(needs.get(0));
        for (Job.Need need : needs.subList(1, needs.size())) {
            last = last.thenCompose(
                    result -> result instanceof Done ? create(need) : CompletableFuture.completedFuture(result));
        }
        return last;
    }

    private CompletableFuture<CallResult<HasMetadata>> create(Job.Need need) {
        return calls.attempt(need.right(), () -> create(need.object()));
    }

    /** Already existing counts as success: the response to an earlier call was lost. */
    private HasMetadata create(HasMetadata object) {
        if (!namespace.name().equals(object.getMetadata().getNamespace())) {
            own(object);
        }
        try {
            return object instanceof GenericKubernetesResource custom
                    ? client.genericKubernetesResources(KaiObjects.contextOf(custom))
                            .resource(custom)
                            .create()
                    : client.resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
            return object;
        }
    }

    /** Objects outside the run's namespace are owned by it, so that Kubernetes removes them with it, even after a crash. */
    private void own(HasMetadata object) {
        object.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Namespace")
                        .withName(namespace.name())
                        .withUid(uid)
                        .build()));
    }
}
