// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.network;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Zones of a created network: those that the spec names are open to the account, and EKS gets at least two (CP-3). */
final class ZonesCheck {
    private ZonesCheck() {}

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>();
        Zones zones = inventory.attachment(Zones.class).orElseThrow();
        for (int i = 0; i < spec.network().zones().size(); i++) {
            String zone = spec.network().zones().get(i);
            if (!zones.usable().contains(zone)) {
                violations.add(new Violation(
                        "network.zones[" + i + "]",
                        Optional.of("NW-1"),
                        zone,
                        "one of " + zones.usable(),
                        "Name zones that are open to this account and in which EKS places control planes."));
            }
        }
        List<String> chosen = NetworkLayout.of(spec, inventory).zones();
        if (chosen.size() < 2) {
            violations.add(new Violation(
                    "network.zones",
                    Optional.of("CP-3"),
                    chosen.toString(),
                    "at least two zones: EKS places the interfaces of its control plane in two",
                    "Name two or more of " + zones.usable() + "."));
        }
        return violations;
    }
}
