// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import java.util.stream.Collectors;

/** All subnets of a pool are out of addresses. */
final class AddressesUsedUp implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .network()
                .known()
                .filter(NetworkPath::isFull)
                .map(
                        network -> new Cause(
                                "no-free-addresses",
                                "No subnet of the pool has a free address: "
                                        + network.subnets().stream()
                                                .map(subnet -> subnet.subnetId() + " (" + subnet.cidrBlock() + ")")
                                                .collect(Collectors.joining(", "))
                                        + ".",
                                "Free addresses, such as network interfaces that nothing uses, or give the backend larger subnets."));
    }
}
