// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.ChosenZones;
import io.osmo.backend.aws.internal.catalog.ImageType;
import io.osmo.backend.aws.internal.catalog.OffersReader;
import io.osmo.backend.aws.internal.network.SubnetReader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * Reads what the region sells when a plan may depend on it. It does not when the backend has its zones, and each pool a node group in
 * zones and of types that the spec lists, or of any types if it lists none: a plan that changes nothing makes no call for what it would
 * not look at. GPU pools and pools with adapters take zones and network cards from what is sold, and pools on Arm their image.
 */
final class NeededOffers implements Reader<AwsContext> {
    static final Reader<AwsContext> INSTANCE = new NeededOffers();

    private NeededOffers() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return OffersReader.INSTANCE.needs(spec);
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        Optional<BackendSpec> spec = observation.spec();
        if (spec.isEmpty() || observation.survey() || !mayBeSettled(spec.get())) {
            return observation.of(OffersReader.INSTANCE);
        }
        return Reading.all(List.of(observation.of(NodeGroups.READER), observation.of(SubnetReader.INSTANCE)))
                .thenCompose(found -> isSettled(observation.context(), spec.get(), found.toInventory())
                        ? CompletableFuture.completedFuture(Reading.empty())
                        : observation.of(OffersReader.INSTANCE));
    }

    private static boolean mayBeSettled(BackendSpec spec) {
        EksSettings settings = EksSettings.of(spec.settings());
        return spec.pools().stream()
                .allMatch(pool -> pool.role() != PoolRole.GPU
                        && !settings.pool(pool.name()).efa());
    }

    private static boolean isSettled(AwsContext context, BackendSpec spec, Inventory found) {
        return hasZones(spec, found) && spec.pools().stream().allMatch(pool -> hasGroup(context, pool, found));
    }

    private static boolean hasZones(BackendSpec spec, Inventory found) {
        Network network = spec.network();
        if (network.existingId().isPresent()) {
            return true;
        }
        TreeSet<String> zones = new TreeSet<>(ChosenZones.withSubnets(found));
        return zones.containsAll(network.zones())
                && spec.pools().stream().allMatch(pool -> zones.containsAll(pool.zones()))
                && (!network.zones().isEmpty() || zones.size() >= network.zoneCount());
    }

    private static boolean hasGroup(AwsContext context, NodePool pool, Inventory found) {
        List<Nodegroup> live = PoolGroups.of(context, pool.name(), found).all().stream()
                .filter(PoolGroups::isLive)
                .toList();
        return !live.isEmpty()
                && live.stream()
                        .allMatch(group -> !group.instanceTypes().isEmpty()
                                && (pool.instanceTypes().isEmpty()
                                        || pool.instanceTypes().containsAll(group.instanceTypes()))
                                && !ImageType.isArm(group.amiTypeAsString())
                                && DesiredPool.zones(group, found).containsAll(pool.zones()));
    }
}
