// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.VersionRules;
import io.osmo.backend.aws.internal.catalog.Versions;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.cluster.VersionsReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Whether EKS offers the version, and how long it supports it. */
final class VersionCheck extends RulesCheck<AwsContext> {
    /** An upgrade takes planning: less time than this is worth a warning. */
    private static final int SHORT_DAYS = 60;

    VersionCheck() {
        super(
                "version",
                Optional.of(Requirement.CP_2),
                "",
                List.of("kubernetesVersion"),
                List.of(ClusterReader.INSTANCE, VersionsReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        Optional<Versions> versions = inventory.attachment(Versions.class);
        if (versions.isEmpty()) {
            return List.of(unknown(
                    "settings.omit names VERSION_CATALOG: " + EksFeature.VERSION_CATALOG.consequence(),
                    "Look the version up at the provider of this target."));
        }
        return VersionRules.wanted(survey.spec(), ClusterConcern.existingVersion(inventory), inventory).stream()
                .map(wanted -> supported(survey.context(), wanted, versions.get()))
                .toList();
    }

    private PreflightFinding supported(AwsContext context, KubernetesVersion wanted, Versions versions) {
        Optional<LocalDate> until = versions.find(wanted).flatMap(Versions.Offered::endOfStandardSupport);
        if (until.isEmpty()) {
            return unknown(
                    "Kubernetes " + wanted + " is offered, but EKS names no end of its support",
                    "See the release calendar of EKS.");
        }
        LocalDate today = LocalDate.ofInstant(context.scheduler().now(), ZoneOffset.UTC);
        String message = "Kubernetes " + wanted + ", standard support until " + until.get();
        String newer = versions.newest()
                .filter(newest -> newest.compareTo(wanted) > 0)
                .map(newest -> "Take " + newest + ".")
                .orElse("Plan the next upgrade.");
        return today.plusDays(SHORT_DAYS).isAfter(until.get()) ? warn(message, newer) : pass(message);
    }
}
