// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.units;

import io.osmo.backend.spec.Taint;
import java.util.Set;

/** Taints that say something of the state of a node rather than of its purpose. */
public final class Taints {
    private static final Set<String> STATES = Set.of(
            "ToBeDeletedByClusterAutoscaler",
            "DeletionCandidateOfClusterAutoscaler",
            "karpenter.sh/disrupted",
            "karpenter.sh/unregistered",
            "node.cilium.io/agent-not-ready",
            "ebs.csi.aws.com/agent-not-ready");

    private Taints() {}

    /** Whether a taint comes and goes with the state of its node. */
    public static boolean comesAndGoes(Taint taint) {
        return STATES.contains(taint.key())
                || taint.key().startsWith("node.kubernetes.io/")
                || taint.key().startsWith("node.cloudprovider.kubernetes.io/");
    }

    /** Whether it says more than what a condition of the node, or its being cordoned, says already. */
    public static boolean tellsMoreThanConditions(Taint taint) {
        return comesAndGoes(taint)
                && !taint.key().endsWith("-pressure")
                && !taint.key().equals("node.kubernetes.io/unschedulable");
    }
}
