// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** CP-3, NW-1: judged by the subnets of the node pools. On some clouds a subnet spans all zones. */
public final class SubnetAzSpread extends AbstractCheck {

    public SubnetAzSpread() {
        super(
                "control-plane.subnet-az-spread",
                "subnets in at least two zones",
                Requirement.CP_3,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.network(), network -> {
            if (network.subnets().stream().anyMatch(subnet -> subnet.zone().isEmpty())) {
                return pass("a subnet that spans all zones of the region");
            }
            List<String> zones = network.subnets().stream()
                    .flatMap(subnet -> subnet.zone().stream())
                    .distinct()
                    .sorted()
                    .toList();
            return zones.size() >= 2 || !evidence.expectations().production()
                    ? pass(zones.toString())
                    : breach(zones.toString(), "Give the node pools subnets in a second zone.");
        });
    }
}
