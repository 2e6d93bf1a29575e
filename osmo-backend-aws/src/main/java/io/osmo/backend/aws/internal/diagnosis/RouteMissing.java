// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** No route leads from a subnet to what nodes need. */
final class RouteMissing implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .network()
                .known()
                .filter(network -> evidence.facts().instancesWait())
                .flatMap(NetworkPath::withoutRoute)
                .map(subnet -> new Cause(
                        "no-route",
                        "Subnet " + subnet.subnetId() + " in " + subnet.availabilityZone()
                                + " has no default route, and the VPC lacks endpoints of ECR, EC2 and S3, so nodes reach"
                                + " neither registries nor EC2.",
                        "Plan and apply again if the network is the backend's; else add a route to a NAT gateway, or the"
                                + " endpoints."));
    }
}
