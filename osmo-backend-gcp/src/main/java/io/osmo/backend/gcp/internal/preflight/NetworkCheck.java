// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.network.NetworkConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.List;

/** Whether a network that the spec names can be used as it is. */
final class NetworkCheck extends RulesCheck<GcpContext> {
    NetworkCheck() {
        super("network", Requirement.NW_1, "", List.of("network", "settings.podRange", "settings.serviceRange"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        List<PreflightFinding> findings = new ArrayList<>();
        NetworkConcern.unprovenAccess(inventory)
                .forEach(text -> findings.add(unknown(text, NetworkConcern.ACCESS_REMEDY)));
        survey.spec()
                .network()
                .existingId()
                .ifPresent(network -> findings.add(
                        pass(network + " with its subnet: region, ranges of pods and services, and way out fit")));
        return findings;
    }
}
