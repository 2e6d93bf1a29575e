// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.stream.Stream;

/** NW-1: an address that is both a service and a machine is reached as only one of them. Nodes tell the ranges of pods. */
public final class ServiceCidrOverlap extends AbstractCheck {

    public ServiceCidrOverlap() {
        super(
                "control-plane.service-cidr-overlap",
                "service addresses apart from those of the network and of pods",
                Requirement.NW_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.network(), network -> {
            if (network.serviceCidr().isEmpty()) {
                return unknown("the cloud does not say which range services have");
            }
            String services = network.serviceCidr().get();
            List<String> others = Stream.concat(
                            network.cidrs().stream(),
                            evidence.nodes().known().orElse(List.of()).stream().flatMap(n -> n.podCidrs().stream()))
                    .distinct()
                    .filter(range -> Ranges.overlap(range, services))
                    .toList();
            if (!others.isEmpty()) {
                return breach(
                                services + " overlaps " + others.get(0),
                                "Create the cluster with a service range outside the network: it cannot be changed.")
                        .about(others);
            }
            return evidence.has(Vantage.KUBERNETES)
                    ? given(evidence.nodes(), nodes -> pass(services))
                    : pass(services).expecting("service addresses apart from those of the network");
        });
    }
}
