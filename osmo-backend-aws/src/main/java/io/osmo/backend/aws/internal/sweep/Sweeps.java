// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.After;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Puts the sweeps in their places: nodes go, then load balancers and volumes, then the cluster, then what it held in the
 * network and its log group, then subnets, VPC and key.
 */
public final class Sweeps {
    private static final ResourceId CLUSTER = ResourceId.of("eks-cluster", "main");
    private static final String NODE_GROUP = "node-group";

    private Sweeps() {}

    /** The same deletables, with the sweeps among them; none when nothing stands. */
    public static List<Deletable<?>> among(AwsContext aws, List<Deletable<?>> owned) {
        if (owned.isEmpty()) {
            return owned;
        }
        List<Deletable<?>> all = new ArrayList<>(sweeps(aws, owned));
        owned.forEach(deletable -> all.add(placed(deletable)));
        return all;
    }

    private static Deletable<?> placed(Deletable<?> deletable) {
        if (deletable.id().kind().equals(NODE_GROUP)) {
            return new After<>(deletable, Set.of(Sweep.LOAD_BALANCERS, Sweep.VOLUMES));
        }
        return deletable.id().equals(CLUSTER)
                ? new After<>(deletable, Set.of(Sweep.NETWORK_INTERFACES, Sweep.SECURITY_GROUPS, Sweep.LOG_GROUP))
                : deletable;
    }

    private static List<Sweep> sweeps(AwsContext aws, List<Deletable<?>> owned) {
        Set<ResourceId> network = owned.stream()
                .map(Deletable::id)
                .filter(id -> Set.of("vpc", "subnet", "kms-key").contains(id.kind()))
                .collect(Collectors.toSet());
        Set<ResourceId> groups = with(network, Sweep.SECURITY_GROUPS);
        return List.of(
                new LoadBalancers(aws, with(with(groups, Sweep.NETWORK_INTERFACES), CLUSTER)),
                new Volumes(aws, with(network, CLUSTER)),
                new NetworkInterfaces(aws, groups),
                new SecurityGroups(aws, network),
                new LogGroup(aws, Set.of()));
    }

    private static Set<ResourceId> with(Set<ResourceId> ids, ResourceId more) {
        Set<ResourceId> all = new HashSet<>(ids);
        all.add(more);
        return all;
    }

    /** What sweeps would still find. */
    public static CompletableFuture<List<Leftover>> leftovers(AwsContext aws) {
        return Reading.sequence(sweeps(aws, List.of()).stream()
                        .map(sweep -> aws.scheduler().call(sweep::leftovers))
                        .toList())
                .thenApply(found -> found.stream().flatMap(List::stream).toList());
    }
}
