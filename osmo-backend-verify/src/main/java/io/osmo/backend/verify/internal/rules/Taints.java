// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.Set;

/** Taints that express the state of a node, not its purpose. */
public final class Taints {
    private static final Set<String> LEAVING =
            Set.of("ToBeDeletedByClusterAutoscaler", "karpenter.sh/disrupted", "karpenter.sh/disruption");

    private Taints() {}

    /** Whether a taint depends on the state of its node. */
    public static boolean comesAndGoes(Taint taint) {
        return taint.tellsState() || CloudServices.any(service -> service.isStateTaint(taint.key()));
    }

    /** Whether an autoscaler is removing a node: it is drained now and gone within minutes. */
    public static boolean isLeaving(NodeFacts node) {
        return node.taints().stream()
                .anyMatch(taint -> LEAVING.contains(taint.key()) && taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE);
    }

    /**
     * Whether a taint says more than the conditions of the node and whether it is cordoned. Taints with the effect
     * {@code PreferNoSchedule}, with which autoscalers mark nodes that they may remove, are ignored, as OSMO does.
     */
    public static boolean tellsMoreThanConditions(Taint taint) {
        return comesAndGoes(taint)
                && taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE
                && !taint.key().endsWith("-pressure")
                && !taint.key().equals("node.kubernetes.io/unschedulable");
    }
}
