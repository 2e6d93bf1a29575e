// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.aws.internal.pool.NodeGroup;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * Reads all facts of one cluster, concurrently, in five round trips one after another: cluster and node groups by name, what
 * these name, their launch templates, their instance types, the quotas of these.
 */
public final class FactsReader {
    private FactsReader() {}

    /** Fails with {@link CloudException} when there is no such cluster; what AWS refuses to tell is unknown. */
    public static CompletableFuture<CloudFacts> read(AwsContext aws) {
        CompletableFuture<Fact<Cluster>> cluster = Facts.of(aws.scheduler().call(() -> EksCluster.describe(aws)))
                .thenApply(fact -> fact.map(found -> found.orElseThrow(() -> missing(aws))));
        CompletableFuture<Fact<List<Nodegroup>>> groups = Facts.of(NodeGroup.all(aws));
        CompletableFuture<Fact<CloudFacts.DiskEncryption>> volumes = VolumeFacts.read(aws);
        CompletableFuture<Fact<VpcFacts>> vpc = VpcFacts.read(aws, cluster);
        CompletableFuture<Fact<CloudFacts.ControlPlane>> controlPlane = ControlPlaneFacts.read(aws, cluster, vpc);
        CompletableFuture<Fact<List<CloudFacts.Pool>>> pools = PoolFacts.read(aws, groups, vpc, volumes);
        CompletableFuture<Fact<List<Instance>>> instances = RunningInstances.read(aws);
        CompletableFuture<Fact<CloudFacts.NetworkFacts>> network =
                VpcFacts.network(cluster, groups, vpc, FirewallFacts.read(aws, instances));
        CompletableFuture<Fact<List<CloudFacts.Quota>>> quotas = QuotaFacts.read(aws, groups, pools, instances);
        CompletableFuture<Fact<CloudFacts.BackupFacts>> backup = BackupCoverage.read(aws, cluster);
        return CompletableFuture.allOf(controlPlane, pools, network, backup, volumes, quotas)
                .thenApply(done -> new CloudFacts(
                        aws.ref().provider(),
                        aws.region(),
                        aws.name(),
                        controlPlane.join(),
                        pools.join(),
                        network.join(),
                        backup.join(),
                        volumes.join(),
                        quotas.join()));
    }

    private static CloudException missing(AwsContext aws) {
        return CloudException.of(CloudError.NOT_FOUND, "eks:DescribeCluster")
                .code("ResourceNotFoundException")
                .message("there is no EKS cluster " + aws.name() + " in " + aws.region())
                .remedy(
                        "Check the name, the region and the account of the credentials; aws eks list-clusters tells what there is.")
                .build();
    }
}
