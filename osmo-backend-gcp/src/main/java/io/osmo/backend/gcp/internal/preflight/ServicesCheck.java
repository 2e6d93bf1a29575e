// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.services.ServicesConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;

/** Whether the services that a backend needs are enabled in the project. */
final class ServicesCheck extends RulesCheck<GcpContext> {
    ServicesCheck() {
        super("services", Optional.empty(), "", List.of("settings.enableServices"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        List<String> missing = ServicesConcern.missing(survey.spec(), inventory);
        return List.of(
                missing.isEmpty()
                        ? pass("all services are enabled")
                        : warn(
                                "not enabled yet, and enabled by an apply: " + String.join(", ", missing),
                                "The credentials need serviceusage.services.enable; or have an owner run"
                                        + " gcloud services enable " + String.join(" ", missing) + "."));
    }
}
