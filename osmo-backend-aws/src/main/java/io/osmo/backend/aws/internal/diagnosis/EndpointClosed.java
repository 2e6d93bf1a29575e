// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * Nodes may only use the public endpoint of the cluster, and it is not open to them.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html">EKS: cluster endpoint</a>
 */
final class EndpointClosed implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .cluster()
                .known()
                .map(Cluster::resourcesVpcConfig)
                .filter(endpoints -> evidence.facts().instancesWait()
                        && !endpoints.endpointPrivateAccess()
                        && !endpoints.publicAccessCidrs().contains("0.0.0.0/0"))
                .map(endpoints -> new Cause(
                        "endpoint-closed-to-nodes",
                        "The cluster has no private endpoint, and its public one is open to "
                                + String.join(", ", endpoints.publicAccessCidrs())
                                + " only, but nodes may call from other addresses.",
                        "Plan and apply again: the plan turns the private endpoint on."));
    }
}
