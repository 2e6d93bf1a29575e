// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;

/** Whether the release channel offers the version. GKE does not tell how long it supports one. */
final class VersionCheck extends RulesCheck<GcpContext> {
    VersionCheck() {
        super("version", Requirement.CP_2, "", List.of("kubernetesVersion"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        String channel = survey.context().settings().releaseChannel().name();
        return inventory.attachment(Versions.class).stream()
                .map(versions -> ClusterConcern.existingVersion(inventory)
                        .map(now -> pass("the cluster has Kubernetes " + now))
                        .or(() -> versions.initial(survey.spec())
                                .map(next -> pass("Kubernetes " + next + " of release channel " + channel
                                        + ", which offers " + String.join(", ", versions.minors()))))
                        .orElseGet(() -> unknown(
                                "GKE names no version of release channel " + channel,
                                "Look at gcloud container get-server-config, or enable container.googleapis.com.")))
                .toList();
    }
}
