// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.VersionRules;
import io.osmo.backend.aws.internal.catalog.Versions;
import io.osmo.backend.aws.internal.catalog.VersionsReader;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether EKS offers the version, and how long it supports it. */
final class VersionCheck extends PreflightCheck {
    /** An upgrade takes planning; less time than this is worth a word. */
    private static final int SHORT_DAYS = 60;

    VersionCheck() {
        super("version", Requirement.CP_2);
    }

    @Override
    CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        if (!aws.settings().offers(EksFeature.VERSION_CATALOG)) {
            return CompletableFuture.completedFuture(List.of(unknown(
                    "settings.omit names VERSION_CATALOG: " + EksFeature.VERSION_CATALOG.consequence(),
                    "Look the version up at the provider of this target.")));
        }
        CompletableFuture<Optional<KubernetesVersion>> standing = aws.scheduler()
                .call(() -> EksCluster.describe(aws)
                        .filter(cluster -> aws.tags().owns(cluster.tags()))
                        .flatMap(cluster -> KubernetesVersion.parse(cluster.version())));
        return VersionsReader.versions(aws).thenCombine(standing, (versions, own) -> judge(aws, spec, versions, own));
    }

    private List<PreflightFinding> judge(
            AwsContext aws, BackendSpec spec, Versions versions, Optional<KubernetesVersion> standing) {
        Inventory offers = Inventory.of(Map.of(), Map.of(Versions.class, versions));
        List<Violation> violations = VersionRules.check(spec, standing, offers);
        if (!violations.isEmpty()) {
            return violations.stream().map(this::fail).toList();
        }
        return List.of(VersionRules.wanted(spec, standing, offers)
                .map(wanted -> supported(aws, wanted, versions))
                .orElseGet(() -> fail("EKS offers no Kubernetes version in standard support", "Name a version.")));
    }

    private PreflightFinding supported(AwsContext aws, KubernetesVersion wanted, Versions versions) {
        Optional<LocalDate> until = versions.find(wanted).flatMap(Versions.Offered::endOfStandardSupport);
        if (until.isEmpty()) {
            return unknown(
                    "Kubernetes " + wanted + " is offered, but EKS names no end of its support",
                    "See the release calendar of EKS.");
        }
        LocalDate today = LocalDate.ofInstant(aws.scheduler().now(), ZoneOffset.UTC);
        String message = "Kubernetes " + wanted + ", standard support until " + until.get();
        String newer = versions.newest()
                .filter(newest -> newest.compareTo(wanted) > 0)
                .map(newest -> "Take " + newest + ".")
                .orElse("Plan the next upgrade.");
        return today.plusDays(SHORT_DAYS).isAfter(until.get()) ? warn(message, newer) : pass(message);
    }
}
