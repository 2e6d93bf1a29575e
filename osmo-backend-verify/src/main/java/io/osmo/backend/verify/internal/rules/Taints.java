// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import java.util.Set;
import java.util.regex.Pattern;

/** Taints that say something of the state of a node rather than of its purpose. */
public final class Taints {
    private static final Set<String> STATES = Set.of(
            "ToBeDeletedByClusterAutoscaler",
            "DeletionCandidateOfClusterAutoscaler",
            "karpenter.sh/disrupted",
            "karpenter.sh/disruption",
            "karpenter.sh/unregistered");

    /** Of Kubernetes, of agents that ask for their taint by this name, of autoscalers. */
    private static final Pattern STATE = Pattern.compile("node\\.kubernetes\\.io/.*"
            + "|node\\.cloudprovider\\.kubernetes\\.io/.*"
            + "|.*/agent-not-ready"
            + "|(startup|status|ignore)-taint\\.cluster-autoscaler\\.kubernetes\\.io/.*");

    private Taints() {}

    /** Whether a taint comes and goes with the state of its node. */
    public static boolean comesAndGoes(Taint taint) {
        return STATES.contains(taint.key())
                || STATE.matcher(taint.key()).matches()
                || CloudServices.any(service -> service.isStateTaint(taint.key()));
    }

    /**
     * Whether it keeps pods away for more than what a condition of the node, or its being cordoned, says already. Autoscalers
     * mark nodes that they may remove some day by a taint that only prefers others, which OSMO does not heed either.
     */
    public static boolean tellsMoreThanConditions(Taint taint) {
        return comesAndGoes(taint)
                && taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE
                && !taint.key().endsWith("-pressure")
                && !taint.key().equals("node.kubernetes.io/unschedulable");
    }
}
