// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import java.util.Set;

/**
 * The role of the nodes lacks the policy with which they introduce themselves to the cluster.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html">EKS: node role</a>
 */
final class NodeRoleWithoutPolicies implements JoinCause<JoinFacts> {
    private static final Set<String> WORKER = Set.of("AmazonEKSWorkerNodePolicy", "AmazonEKSWorkerNodeMinimalPolicy");

    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .policies()
                .known()
                .flatMap(role -> role)
                .filter(names ->
                        evidence.facts().instancesWait() && names.stream().noneMatch(WORKER::contains))
                .map(names -> new Cause(
                        "node-role-without-policy",
                        "The IAM role " + evidence.facts().role()
                                + " of the nodes lacks the policy AmazonEKSWorkerNodePolicy, so nodes may not look up their own"
                                + " instance in EC2.",
                        "Plan and apply again: the plan attaches the policy, and nodes that wait join by themselves."));
    }
}
