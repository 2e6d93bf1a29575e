// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.addon.AddonReader;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.cluster.VersionsReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Whether EKS offers the versions of add-ons that the settings pin. */
final class AddonCheck extends RulesCheck<AwsContext> {
    AddonCheck() {
        super(
                "addons",
                Optional.empty(),
                "",
                List.of("settings.addonVersions"),
                List.of(AddonReader.INSTANCE, ClusterReader.INSTANCE, VersionsReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        return new TreeMap<>(EksSettings.of(survey.spec().settings()).addonVersions())
                .entrySet().stream()
                        .map(pin -> pass("EKS offers " + pin.getKey() + " " + pin.getValue()))
                        .toList();
    }
}
