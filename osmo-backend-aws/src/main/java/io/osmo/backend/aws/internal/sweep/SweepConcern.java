// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.aws.internal.network.VpcSubnet;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What the cluster leaves behind. The order of deletion: nodes, then load balancers and volumes, then the cluster, then what it
 * had in the network and its log group, then subnets, VPC and key.
 */
public final class SweepConcern implements Concern<AwsContext> {
    /**
     * Kinds that are deleted last: leftovers use them, and as long as one of them exists, another destruction looks for leftovers again.
     * Roles are always the backend's own, even with an existing network and key.
     */
    private static final Set<String> PLACES = Set.of(
            VpcNetwork.ID.kind(),
            VpcSubnet.KIND,
            EncryptionKey.ID.kind(),
            IamRole.id(RoleKind.CLUSTER).kind());

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(
                LoadBalancers.NEEDS, Volumes.NEEDS, NetworkInterfaces.NEEDS, SecurityGroups.NEEDS, LogGroup.NEEDS);
    }

    /**
     * Adds the sweeps; none if nothing exists. Volumes and load balancers have only the name of their cluster: if a cluster with the
     * backend's name belongs to others, only the backend's VPC is swept.
     */
    @Override
    public List<Deletable<?>> arrange(AwsContext context, Inventory inventory, List<Deletable<?>> owned) {
        Observed<?> cluster = inventory.observed().get(Ids.CLUSTER);
        boolean foreign = cluster != null && cluster.ownership() == Observed.Ownership.FOREIGN;
        if (owned.isEmpty()) {
            return owned;
        }
        List<Deletable<?>> all = new ArrayList<>(sweeps(context, owned, foreign));
        all.addAll(owned);
        return all;
    }

    /** @param foreign whether a cluster with the backend's name belongs to others */
    private static List<Sweep> sweeps(AwsContext context, List<Deletable<?>> owned, boolean foreign) {
        Set<ResourceId> network = owned.stream()
                .map(Deletable::id)
                .filter(id -> PLACES.contains(id.kind()))
                .collect(Collectors.toSet());
        Set<ResourceId> groups = with(network, Sweep.SECURITY_GROUPS);
        List<Sweep> inNetwork =
                List.of(new NetworkInterfaces(context, groups, foreign), new SecurityGroups(context, network, foreign));
        if (foreign) {
            return inNetwork;
        }
        List<Sweep> all = new ArrayList<>(List.of(
                new LoadBalancers(context, with(with(groups, Sweep.NETWORK_INTERFACES), Ids.CLUSTER)),
                new Volumes(context, with(network, Ids.CLUSTER))));
        all.addAll(inNetwork);
        all.add(new LogGroup(context, network));
        return all;
    }

    private static Set<ResourceId> with(Set<ResourceId> ids, ResourceId more) {
        Set<ResourceId> all = new HashSet<>(ids);
        all.add(more);
        return all;
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(AwsContext context) {
        return context.findAsync(
                        "eks:DescribeCluster",
                        () -> context.eks()
                                .describeCluster(r -> r.name(context.name()))
                                .cluster())
                .thenCompose(cluster ->
                        cluster.filter(found -> !context.ownership().owns(found.tags()))
                                        .isPresent()
                                ? CompletableFuture.completedFuture(List.of())
                                : Futures.flat(sweeps(context, List.of(), false).stream()
                                        .map(sweep -> context.scheduler().call(sweep::leftovers))
                                        .toList()));
    }
}
