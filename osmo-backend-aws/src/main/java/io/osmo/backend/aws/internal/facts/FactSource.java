// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.RunningInstances;
import io.osmo.backend.aws.internal.cluster.ExistingCluster;
import io.osmo.backend.aws.internal.pool.ExistingPool;
import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.Facts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Responses of AWS about one cluster that several readers of facts use. Each call is made once, all in parallel. */
final class FactSource {

    private final AwsContext context;
    private final CompletableFuture<Fact<Cluster>> cluster;
    private final CompletableFuture<Fact<List<Nodegroup>>> groups;
    private final CompletableFuture<Fact<VpcFacts>> vpc;
    private final CompletableFuture<Fact<DiskEncryption>> diskEncryption;
    private final CompletableFuture<Fact<List<Instance>>> instances;
    private final CompletableFuture<Fact<List<Pool>>> pools;

    FactSource(AwsContext context) {
        this.context = context;
        this.cluster = Facts.of(context.scheduler().call(() -> ExistingCluster.describe(context)))
                .thenApply(fact -> fact.map(found -> found.orElseThrow(() -> missing(context))));
        this.groups = Facts.of(ExistingPool.all(context));
        this.vpc = Facts.then(
                cluster,
                found -> VpcFacts.read(context, found.resourcesVpcConfig().vpcId())
                        .thenApply(Fact::of));
        this.diskEncryption = new DiskEncryptionReader().read(this);
        this.instances = Facts.of(RunningInstances.read(context));
        this.pools = new PoolFactsReader().read(this);
    }

    private static CloudException missing(AwsContext context) {
        return CloudException.builder(CloudError.NOT_FOUND, "eks:DescribeCluster")
                .code("ResourceNotFoundException")
                .message("there is no EKS cluster " + context.name() + " in " + context.region())
                .remedy("Check the name, the region and the account of the credentials; aws eks list-clusters lists"
                        + " the clusters.")
                .build();
    }

    AwsContext context() {
        return context;
    }

    CompletableFuture<Fact<Cluster>> cluster() {
        return cluster;
    }

    CompletableFuture<Fact<List<Nodegroup>>> groups() {
        return groups;
    }

    CompletableFuture<Fact<VpcFacts>> vpc() {
        return vpc;
    }

    CompletableFuture<Fact<DiskEncryption>> diskEncryption() {
        return diskEncryption;
    }

    CompletableFuture<Fact<List<Instance>>> instances() {
        return instances;
    }

    CompletableFuture<Fact<List<Pool>>> pools() {
        return pools;
    }

    /** Asks for a fact unless the settings say that the target lacks the feature. */
    <T> CompletableFuture<Fact<T>> ifOffered(EksFeature feature, Supplier<CompletableFuture<T>> ask) {
        return context.offers(feature) ? Facts.of(ask.get()) : CompletableFuture.completedFuture(omitted(feature));
    }

    static <T> Fact<T> omitted(EksFeature feature) {
        return Fact.unknown("settings.omit names " + feature + ": " + feature.consequence());
    }
}
