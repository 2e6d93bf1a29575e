// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.aws.internal.network.SubnetReader;
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
 * Finds subnets that the backend's cluster or route tables use but that have lost the backend's tags. They cannot be replaced, because
 * their ranges are taken, so they count as foreign and a plan refuses them. Makes a call only if there are such subnets.
 */
final class LostSubnetsReader implements Reader<AwsContext> {
    static final Reader<AwsContext> INSTANCE = new LostSubnetsReader();

    private LostSubnetsReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("ec2:DescribeSubnets");
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
        return observation
                .of(ClusterReader.INSTANCE)
                .thenCombine(observation.of(SubnetReader.INSTANCE), LostSubnetsReader::lost)
                .thenCompose(ids ->
                        ids.isEmpty() ? CompletableFuture.completedFuture(Reading.empty()) : find(observation, ids));
    }

    private static Set<String> lost(Reading cluster, Reading subnets) {
        Set<String> ids = new HashSet<>();
        Observed<?> found = cluster.observed().get(Ids.CLUSTER);
        if (found != null && found.ownership() == Observed.Ownership.OURS && found.value() instanceof Cluster ours) {
            ids.addAll(ours.resourcesVpcConfig().subnetIds());
        }
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
                            .ifPresent(id -> observed.put(id, Observed.foreign(subnet))));
                    return Reading.observed(observed);
                });
    }
}
