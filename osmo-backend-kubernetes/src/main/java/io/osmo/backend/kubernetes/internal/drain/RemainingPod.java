// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod that must leave its node.
 *
 * @param uid distinguishes it from a successor with the same name
 * @param hold why it is not evicted now
 * @param budgets names of the PodDisruptionBudgets that cover it
 * @param spends whether its eviction uses up one of the disruptions that its budget allows
 */
record RemainingPod(
        String namespace, String name, String uid, String node, Hold hold, List<String> budgets, boolean spends) {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    RemainingPod {
        budgets = List.copyOf(budgets);
    }

    /** Whether a pod is work that must move: not finished, not bound to its node as pods of DaemonSets and static pods are. */
    static boolean isWork(Pod pod) {
        String phase = phase(pod);
        boolean finished = phase.equals("Succeeded") || phase.equals("Failed");
        boolean mirror = annotations(pod).containsKey(MIRROR);
        boolean bound = controller(pod)
                .map(owner ->
                        owner.getKind().equals("DaemonSet") || owner.getKind().equals("Node"))
                .orElse(false);
        return !finished && !mirror && !bound;
    }

    static boolean isEnding(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    static RemainingPod of(Pod pod, List<Budget> all, boolean endsWork) {
        boolean ready = isReady(pod);
        // The API evicts a pod that has not started without a look at budgets.
        List<Budget> budgets = phase(pod).equals("Pending")
                ? List.of()
                : all.stream().filter(budget -> budget.covers(pod)).toList();
        return new RemainingPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                pod.getSpec().getNodeName(),
                hold(pod, budgets, ready, endsWork),
                budgets.stream().map(Budget::fullName).toList(),
                budgets.stream().anyMatch(budget -> budget.isSpentBy(ready)));
    }

    private static Hold hold(Pod pod, List<Budget> budgets, boolean ready, boolean endsWork) {
        if (isEnding(pod)) {
            return Hold.ENDING;
        }
        if (!endsWork && controller(pod).isEmpty()) {
            return Hold.NO_CONTROLLER;
        }
        if (budgets.size() > 1) {
            return Hold.SEVERAL_BUDGETS;
        }
        return budgets.stream().allMatch(budget -> budget.allows(ready)) ? Hold.NONE : Hold.BUDGET;
    }

    private static Optional<OwnerReference> controller(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    private static boolean isReady(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(s -> s.getConditions()).orElse(List.of()).stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private static String phase(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(s -> s.getPhase()).orElse("");
    }

    private static Map<String, String> annotations(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    }

    String fullName() {
        return namespace + "/" + name;
    }
}
