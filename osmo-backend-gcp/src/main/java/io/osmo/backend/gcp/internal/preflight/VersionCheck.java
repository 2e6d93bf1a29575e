// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Support;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.gcp.internal.cluster.ClusterSupport;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Checks that the release channel offers the version, and reports how long GKE supports that of an existing cluster. */
final class VersionCheck extends RulesCheck<GcpContext> {
    VersionCheck() {
        super("version", Requirement.CP_2, "", List.of("kubernetesVersion"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        String channel = survey.context().settings().releaseChannel().name();
        return inventory.attachment(Versions.class).stream()
                .map(versions -> ClusterConcern.existingVersion(inventory)
                        .map(now -> existing(survey, inventory, now))
                        .or(() -> versions.initial(survey.spec())
                                .map(next -> pass("Kubernetes " + next + " of release channel " + channel
                                        + ", which offers " + String.join(", ", versions.minors()))))
                        .orElseGet(() -> unknown(
                                "GKE names no version of release channel " + channel,
                                "Look at gcloud container get-server-config, or enable container.googleapis.com.")))
                .toList();
    }

    private PreflightFinding existing(Survey<GcpContext> survey, Inventory inventory, String version) {
        String message = "the cluster has Kubernetes " + version;
        LocalDate today = LocalDate.ofInstant(survey.context().scheduler().now(), ZoneOffset.UTC);
        return inventory
                .attachment(ClusterSupport.class)
                .flatMap(support -> support.cluster().known())
                .flatMap(Support::standardUntil)
                .map(until -> Support.isNear(until, today)
                        ? warn(message + ", standard support until " + until, "Plan the next upgrade.")
                        : pass(message + ", standard support until " + until))
                .orElseGet(() -> pass(message));
    }
}
