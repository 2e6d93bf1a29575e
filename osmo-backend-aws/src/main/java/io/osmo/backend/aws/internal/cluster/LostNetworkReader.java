// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.aws.internal.network.SubnetReader;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.aws.internal.network.VpcReader;
import io.osmo.backend.aws.internal.network.VpcSubnet;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.Cluster;

/**
 * Finds the VPC of the backend's cluster, and subnets that the cluster or route tables use, if they have lost the backend's tags. They
 * cannot be replaced: a cluster stays in its VPC, and the ranges of subnets are taken. So they count as foreign and a plan refuses them.
 * Makes a call only if there are such objects.
 */
final class LostNetworkReader implements Reader<AwsContext> {
    static final Reader<AwsContext> INSTANCE = new LostNetworkReader();

    private LostNetworkReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("ec2:DescribeSubnets", "ec2:DescribeVpcs");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        if (observation
                .spec()
                .map(BackendSpec::network)
                .flatMap(network -> network.existingId())
                .isPresent()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        CompletableFuture<Reading> cluster = observation.of(ClusterReader.INSTANCE);
        CompletableFuture<Reading> subnets = cluster.thenCombine(
                        observation.of(SubnetReader.INSTANCE), LostNetworkReader::lost)
                .thenCompose(ids -> ids.isEmpty() ? nothing() : find(observation, ids));
        CompletableFuture<Reading> vpc = cluster.thenCombine(
                        observation.of(VpcReader.INSTANCE), LostNetworkReader::lostVpc)
                .thenCompose(id -> id.map(lost -> vpc(observation, lost)).orElseGet(LostNetworkReader::nothing));
        return subnets.thenCombine(vpc, Reading::and);
    }

    private static CompletableFuture<Reading> nothing() {
        return CompletableFuture.completedFuture(Reading.empty());
    }

    private static Optional<Cluster> ours(Reading cluster) {
        return Optional.ofNullable(cluster.observed().get(Ids.CLUSTER))
                .filter(found -> found.ownership() == Observed.Ownership.OURS)
                .map(found -> (Cluster) found.value());
    }

    /** Id of the cluster's VPC, if it is not known as the backend's. */
    private static Optional<String> lostVpc(Reading cluster, Reading vpcs) {
        return vpcs.observed().containsKey(VpcNetwork.ID)
                ? Optional.empty()
                : ours(cluster).map(found -> found.resourcesVpcConfig().vpcId());
    }

    /** A VPC of another range is not the backend's: the cluster is in an existing network, which the spec no longer names. */
    private static CompletableFuture<Reading> vpc(Observation<AwsContext> observation, String id) {
        AwsContext context = observation.context();
        Optional<String> range =
                observation.spec().flatMap(spec -> spec.network().cidr());
        return context.scheduler()
                .call(() -> VpcNetwork.VPCS.list(context, List.of(Ec2Kind.filter("vpc-id", id))))
                .thenApply(found -> Reading.of(
                        VpcNetwork.ID,
                        found.stream()
                                .filter(vpc -> range.filter(
                                                cidr -> !cidr.equals(vpc.vpc().cidrBlock()))
                                        .isEmpty())
                                .findFirst()
                                .map(vpc -> VpcNetwork.VPCS.observed(context, VpcNetwork.ID, vpc))));
    }

    private static Set<String> lost(Reading cluster, Reading subnets) {
        Set<String> ids = new HashSet<>();
        ours(cluster).ifPresent(found -> ids.addAll(found.resourcesVpcConfig().subnetIds()));
        ids.addAll(SubnetReader.associated(subnets));
        subnets.observed().values().forEach(observed -> {
            if (observed.value() instanceof Subnet subnet) {
                ids.remove(subnet.subnetId());
            }
        });
        return ids;
    }

    private static CompletableFuture<Reading> find(Observation<AwsContext> observation, Set<String> ids) {
        AwsContext context = observation.context();
        return context.scheduler()
                .call(() -> VpcSubnet.SUBNETS.list(
                        context, List.of(Ec2Kind.filter("subnet-id", ids.toArray(String[]::new)))))
                .thenApply(subnets -> {
                    Map<ResourceId, Observed<?>> observed = new HashMap<>();
                    subnets.forEach(subnet -> observation
                            .spec()
                            .flatMap(spec -> NetworkLayout.place(spec, subnet))
                            .ifPresent(id -> observed.put(id, VpcSubnet.SUBNETS.observed(context, id, subnet))));
                    return Reading.observed(observed);
                });
    }
}
