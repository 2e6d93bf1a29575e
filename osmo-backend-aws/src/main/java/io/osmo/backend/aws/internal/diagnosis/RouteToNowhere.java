// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** The default route of a subnet leads to a gateway that was deleted. */
final class RouteToNowhere implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .network()
                .known()
                .filter(network -> evidence.facts().instancesWait())
                .flatMap(NetworkPath::blackHole)
                .map(route -> new Cause(
                        "route-to-deleted-gateway",
                        "The default route of the nodes leads to "
                                + (route.natGatewayId() == null ? route.gatewayId() : route.natGatewayId())
                                + ", which no longer exists, so nodes reach neither registries nor EC2.",
                        "Plan and apply again if the network is the backend's; otherwise create a new NAT gateway and"
                                + " replace the route."));
    }
}
