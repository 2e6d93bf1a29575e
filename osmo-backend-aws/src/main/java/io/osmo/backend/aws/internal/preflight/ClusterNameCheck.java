// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Cluster;

/** Whether the name is free in this region, or taken by the backend itself. */
final class ClusterNameCheck extends PreflightCheck {
    ClusterNameCheck() {
        super("name");
    }

    @Override
    CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        return aws.scheduler()
                .call(() -> EksCluster.describe(aws))
                .thenApply(found -> List.of(found.map(cluster -> taken(aws, cluster))
                        .orElseGet(() -> pass("no EKS cluster " + aws.name() + " in " + aws.region() + " yet"))));
    }

    private PreflightFinding taken(AwsContext aws, Cluster cluster) {
        return aws.tags().owns(cluster.tags())
                ? pass("EKS cluster " + aws.name() + " is this backend's own, " + cluster.statusAsString()
                        + ": applying goes on with it")
                : fail(
                        "EKS cluster " + aws.name()
                                + " stands and is not this backend's: it lacks the tag osmo-backend=" + aws.name(),
                        "Choose another name for the backend, or delete that cluster.");
    }
}
