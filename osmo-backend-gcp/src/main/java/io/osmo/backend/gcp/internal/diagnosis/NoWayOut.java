// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/**
 * Nodes have no addresses of their own, and neither Private Google Access nor Cloud NAT.
 *
 * @see <a href="https://cloud.google.com/vpc/docs/private-google-access">Private Google Access</a>
 */
final class NoWayOut implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        JoinFacts facts = evidence.facts();
        return facts.subnet()
                .known()
                .filter(subnet -> facts.machinesWait()
                        && facts.hasPrivateNodes()
                        && !subnet.getPrivateIpGoogleAccess()
                        && facts.routers()
                                .known()
                                .filter(routers -> routers.stream().allMatch(router -> router.getNatsCount() == 0))
                                .isPresent())
                .map(subnet -> new Cause(
                        "no-way-to-google",
                        "Nodes have private addresses only, and subnet " + subnet.getName()
                                + " has neither Private Google Access nor Cloud NAT, so they cannot reach registries.",
                        "Plan and apply again if the network is the backend's; else turn Private Google Access on: gcloud"
                                + " compute networks subnets update " + subnet.getName()
                                + " --enable-private-ip-google-access."));
    }
}
