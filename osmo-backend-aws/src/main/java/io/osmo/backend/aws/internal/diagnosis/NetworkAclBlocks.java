// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** A network ACL keeps nodes from calling anybody. */
final class NetworkAclBlocks implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .network()
                .known()
                .filter(network -> evidence.facts().instancesWait())
                .flatMap(NetworkPath::blockingAcl)
                .map(
                        acl -> new Cause(
                                "network-acl-blocks",
                                "Network ACL " + acl.networkAclId()
                                        + " blocks outbound connections to port 443, so the nodes reach neither the cluster nor"
                                        + " registries.",
                                "Allow outbound TCP 443, and inbound the ephemeral ports 1024-65535, in a rule with a lower number."));
    }
}
