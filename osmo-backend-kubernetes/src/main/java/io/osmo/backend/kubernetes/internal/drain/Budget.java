// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PodDisruptionBudget as the eviction API sees it.
 *
 * @param allowed how many healthy pods may be evicted now; none as long as the cluster has not seen its last change
 * @param evictsUnhealthy whether pods that are not ready may be evicted beyond that
 */
record Budget(String namespace, String name, @Nullable LabelSelector selector, int allowed, boolean evictsUnhealthy) {
    static Budget of(PodDisruptionBudget budget) {
        Optional<PodDisruptionBudgetStatus> status = Optional.ofNullable(budget.getStatus());
        int healthy = status.map(s -> s.getCurrentHealthy()).orElse(0);
        int needed = status.map(s -> s.getDesiredHealthy()).orElse(0);
        long generation =
                Optional.ofNullable(budget.getMetadata().getGeneration()).orElse(0L);
        boolean settled = status.map(s -> s.getObservedGeneration()).orElse(0L) >= generation;
        boolean always = "AlwaysAllow".equals(budget.getSpec().getUnhealthyPodEvictionPolicy());
        return new Budget(
                budget.getMetadata().getNamespace(),
                budget.getMetadata().getName(),
                budget.getSpec().getSelector(),
                settled ? status.map(s -> s.getDisruptionsAllowed()).orElse(0) : 0,
                always || needed > 0 && healthy >= needed);
    }

    boolean covers(Pod pod) {
        return namespace.equals(pod.getMetadata().getNamespace())
                && selector != null
                && Labels.match(selector, pod.getMetadata().getLabels());
    }

    /** @param ready whether the pod to evict is ready */
    boolean allows(boolean ready) {
        return allowed > 0 || !isSpentBy(ready);
    }

    boolean isSpentBy(boolean ready) {
        return ready || !evictsUnhealthy;
    }

    String fullName() {
        return namespace + "/" + name;
    }
}
