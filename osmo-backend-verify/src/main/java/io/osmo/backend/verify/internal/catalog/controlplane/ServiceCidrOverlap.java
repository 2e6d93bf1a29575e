// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.stream.Stream;

/** NW-1: an address that belongs to a service and to a machine reaches only one of them. Pod ranges are those that nodes have. */
public final class ServiceCidrOverlap extends AbstractCheck {

    public ServiceCidrOverlap() {
        super(
                "control-plane.service-cidr-overlap",
                "a service range that overlaps neither the network nor pod ranges",
                Requirement.NW_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.network(), network -> {
            if (network.serviceCidr().isEmpty()) {
                return unknown("the cloud does not report the range of services");
            }
            String services = network.serviceCidr().get();
            List<String> others = Stream.concat(
                            network.cidrs().stream(),
                            evidence.allNodes().known().orElse(List.of()).stream()
                                    .flatMap(n -> n.podCidrs().stream()))
                    .distinct()
                    .filter(range -> Ranges.overlap(range, services))
                    .toList();
            List<String> odd = Ranges.invalid(Stream.concat(
                            Stream.concat(Stream.of(services), network.cidrs().stream()),
                            evidence.allNodes().known().orElse(List.of()).stream()
                                    .flatMap(n -> n.podCidrs().stream()))
                    .toList());
            if (others.isEmpty() && !odd.isEmpty()) {
                return unknown("'" + odd.get(0) + "' is no range of IP addresses")
                        .about(odd);
            }
            if (!others.isEmpty()) {
                return breach(
                                services + " overlaps " + others.get(0),
                                "Create the cluster again with a service range outside the network: it cannot be changed.")
                        .about(others);
            }
            return evidence.has(Vantage.KUBERNETES)
                    ? given(evidence.allNodes(), nodes -> pass(services))
                    : pass(services).expecting("a service range that does not overlap the network");
        });
    }
}
