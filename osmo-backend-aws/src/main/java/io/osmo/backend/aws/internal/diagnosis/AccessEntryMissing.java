// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;

/**
 * The cluster does not know the role of the nodes.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html">EKS: access entries</a>
 */
final class AccessEntryMissing implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        JoinFacts facts = evidence.facts();
        return facts.entry()
                .known()
                .filter(entry -> entry.isEmpty() && facts.instancesWait() && usesEntries(facts))
                .map(none -> new Cause(
                        "access-entry-missing",
                        "The cluster has no access entry for the node role " + facts.role()
                                + ", so it refuses the kubelets of its nodes.",
                        "Create it: aws eks create-access-entry --cluster-name "
                                + facts.groups().get(0).clusterName() + " --principal-arn "
                                + facts.groups().get(0).nodeRole() + " --type EC2_LINUX."));
    }

    /** A cluster that knows its principals from a ConfigMap only needs no entries. */
    private static boolean usesEntries(JoinFacts facts) {
        return facts.cluster()
                .known()
                .filter(cluster -> cluster.accessConfig() != null
                        && cluster.accessConfig().authenticationMode() != AuthenticationMode.CONFIG_MAP)
                .isPresent();
    }
}
