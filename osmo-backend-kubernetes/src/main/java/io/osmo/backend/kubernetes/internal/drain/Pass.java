// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.PoolDrain;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass over nodes and pods: cordons what is not cordoned, then evicts what may be evicted now. What the API refuses because of a
 * budget is left for another pass.
 */
final class Pass {
    /** Limits a pass to seconds, so that progress is shown between passes. */
    private static final int MOST_EVICTIONS = 250;

    /** One pod that cannot be evicted must not block the others, but an API that does not respond must not be called for each pod. */
    private static final int MOST_FAILURES = 3;

    private static final String CORDON =
            "{\"metadata\":{\"labels\":{\"" + PoolDrain.CORDONED + "\":\"true\"}},\"spec\":{\"unschedulable\":true}}";

    private final KubernetesClient client;

    Pass(KubernetesClient client) {
        this.client = client;
    }

    void over(DrainState state) {
        state.uncordoned().forEach(this::cordon);
        List<CloudException> failures = new ArrayList<>();
        for (RemainingPod pod : evictable(state.work())) {
            try {
                evict(pod);
            } catch (CloudException e) {
                failures.add(e);
                if (failures.size() == MOST_FAILURES) {
                    break;
                }
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** No more pods of a budget than it allows: the API would refuse the others. */
    private static List<RemainingPod> evictable(Work work) {
        Map<String, Integer> allowed = new HashMap<>(work.allowed());
        List<RemainingPod> evictable = new ArrayList<>();
        for (RemainingPod pod : work.pods()) {
            if (pod.hold() == Hold.NONE
                    && (!pod.spends() || allowed.merge(pod.budgets().get(0), -1, Integer::sum) >= 0)) {
                evictable.add(pod);
            }
        }
        return evictable.subList(0, Math.min(evictable.size(), MOST_EVICTIONS));
    }

    private void cordon(DrainedNode node) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(Ownership.FIELD_MANAGER)
                .build();
        // With the object at hand the client does not get it first.
        Node reference = new NodeBuilder()
                .withNewMetadata()
                .withName(node.name())
                .endMetadata()
                .build();
        try {
            KubernetesCalls.call(
                    "cordon Node " + node.name(),
                    () -> client.nodes().resource(reference).patch(context, CORDON));
        } catch (CloudException e) {
            if (e.error() != CloudError.NOT_FOUND) {
                throw e;
            }
        }
    }

    private void evict(RemainingPod pod) {
        String path = "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name() + "/eviction";
        try {
            // Null is the answer to a pod that is gone.
            KubernetesCalls.call(
                    "evict Pod " + pod.fullName(),
                    () -> Optional.ofNullable(client.adapt(NamespacedKubernetesClient.class)
                            .withRequestConfig(withoutRetries())
                            .call(c -> c.raw(path, "POST", eviction(pod)))));
        } catch (CloudException e) {
            if (!isLeftForLater(e)) {
                throw e;
            }
        }
    }

    /** The client would repeat the answer that a budget is used up, with pauses, for each pod. */
    private RequestConfig withoutRetries() {
        return new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static Eviction eviction(RemainingPod pod) {
        // The id keeps the successor of the same name that a StatefulSet may have made meanwhile.
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(pod.uid())
                .endPreconditions()
                .build();
        return new EvictionBuilder()
                .withNewMetadata()
                .withName(pod.name())
                .withNamespace(pod.namespace())
                .endMetadata()
                .withDeleteOptions(options)
                .build();
    }

    /** The pod is gone or was replaced, or its budget allows no disruption: the next read shows what is left. */
    private static boolean isLeftForLater(CloudException e) {
        return e.error() == CloudError.NOT_FOUND
                || e.error() == CloudError.CONFLICT
                || e.error() == CloudError.THROTTLED && refusedByBudget(e);
    }

    /** The API server's rate limiting has the same status without this cause. */
    private static boolean refusedByBudget(CloudException e) {
        return e.getCause() instanceof KubernetesClientException answer
                && Optional.ofNullable(answer.getStatus())
                        .map(status -> status.getDetails())
                        .map(details -> details.getCauses())
                        .orElse(List.of())
                        .stream()
                        .map(StatusCause::getReason)
                        .anyMatch("DisruptionBudget"::equals);
    }
}
