// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whether the cluster has the version that the spec wants. */
final class VersionCheck extends PreflightCheck<ExistingContext> {
    VersionCheck() {
        super("version", Requirement.CP_2);
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<ExistingContext> survey) {
        return survey.inventory()
                .thenApply(inventory -> inventory
                        .find(ObservedCluster.ID, ObservedCluster.class)
                        .map(cluster -> survey.spec()
                                .kubernetesVersion()
                                .filter(wanted -> !ClusterConcern.isOf(cluster.version(), wanted))
                                .map(wanted -> warn(
                                        "Kubernetes " + cluster.version() + ", the spec wants " + wanted,
                                        "Upgrade the cluster with the tool that created it, or correct the spec."))
                                .orElseGet(() -> pass("Kubernetes " + cluster.version())))
                        .stream()
                        .toList());
    }
}
