// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.foreign;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.network.ObservedVpc;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.aws.internal.network.VpcReader;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Reads the objects of others in the backend's cluster and VPC. Only without a spec, when a deletion may follow, so that frequent plans
 * with a spec need no further call.
 */
final class ForeignReader implements Reader<AwsContext> {
    static final Reader<AwsContext> INSTANCE = new ForeignReader();

    private ForeignReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.NONE.get(
                "eks:ListFargateProfiles",
                "eks:ListCapabilities",
                "ec2:DescribeSubnets",
                "ec2:DescribeRouteTables",
                "ec2:DescribeNetworkAcls",
                "ec2:DescribeNatGateways",
                "ec2:DescribeVpcEndpoints",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeInstances",
                "ec2:DescribeNetworkInterfaces");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        if (observation.spec().isPresent()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        AwsContext context = observation.context();
        CompletableFuture<List<Guard>> cluster = observation
                .of(ClusterReader.INSTANCE)
                .thenCompose(
                        found -> isOurs(found) ? inCluster(context) : CompletableFuture.completedFuture(List.of()));
        CompletableFuture<List<Guard>> network = observation
                .of(VpcReader.INSTANCE)
                .thenCompose(found -> Futures.flat(found.observed().entrySet().stream()
                        .filter(each -> each.getKey().kind().equals(VpcNetwork.ID.kind()))
                        .flatMap(each -> each.getValue().ownership() == Observed.Ownership.OURS
                                        && each.getValue().value() instanceof ObservedVpc vpc
                                ? Stream.of(vpc.id())
                                : Stream.empty())
                        .map(vpc -> new NetworkObjects(context, vpc).read())
                        .toList()));
        return cluster.thenCombine(
                network,
                (inside, around) -> Reading.attachment(ForeignObjects.class, new ForeignObjects(inside, around)));
    }

    private static boolean isOurs(Reading cluster) {
        Observed<?> found = cluster.observed().get(Ids.CLUSTER);
        return found != null && found.ownership() == Observed.Ownership.OURS;
    }

    private static CompletableFuture<List<Guard>> inCluster(AwsContext context) {
        CompletableFuture<List<Guard>> profiles = context.findAsync(
                        "eks:ListFargateProfiles",
                        () -> context
                                .eks()
                                .listFargateProfilesPaginator(r -> r.clusterName(context.name()))
                                .fargateProfileNames()
                                .stream()
                                .map(name -> new Guard(
                                        "Fargate profile " + name,
                                        "is in the cluster, and this backend did not make it",
                                        "Delete it, or let its owner do so."))
                                .toList())
                .thenApply(found -> found.orElse(List.of()));
        if (!context.offers(EksFeature.CAPABILITIES)) {
            return profiles;
        }
        CompletableFuture<List<Guard>> capabilities = context.findAsync(
                        "eks:ListCapabilities",
                        () ->
                                context
                                        .eks()
                                        .listCapabilitiesPaginator(r -> r.clusterName(context.name()))
                                        .capabilities()
                                        .stream()
                                        .map(capability -> new Guard(
                                                capability.arn(),
                                                "is a capability of the cluster (" + capability.typeAsString()
                                                        + ") that this backend did not make",
                                                "Delete it, or let its owner do so."))
                                        .toList())
                .thenApply(found -> found.orElse(List.of()));
        return Futures.flat(List.of(profiles, capabilities));
    }
}
