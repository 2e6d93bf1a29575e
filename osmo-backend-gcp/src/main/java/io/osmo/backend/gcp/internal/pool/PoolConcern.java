// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.gcp.internal.cluster.DesiredPool;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pools of a backend. */
public final class PoolConcern implements Concern<GcpContext> {
    @Override
    public List<Violation> validate(BackendSpec spec) {
        return PoolRules.validate(spec);
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(PoolReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return PoolRules.check(spec, inventory.attachment(Offers.class).orElseThrow());
    }

    @Override
    public List<String> warnings(GcpContext context, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.value() instanceof ObservedPool pool) {
                pool.shortage().ifPresent(text -> warnings.add(id + " exists without all of its nodes: " + text));
            }
        });
        spec.map(PoolRules::warnings).ifPresent(warnings::addAll);
        return warnings;
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        Offers offers = inventory.attachment(Offers.class).orElseThrow();
        Placement placement = ClusterConcern.placement(spec, inventory);
        boolean fresh = inventory.find(GkeCluster.ID, ObservedCluster.class).isEmpty();
        List<Resource<?>> pools = new ArrayList<>();
        ResourceId before = GkeCluster.ID;
        for (NodePool pool : DesiredPool.ordered(spec)) {
            MachineShape shape = offers.shapeOf(pool);
            GkeNodePool wanted = new GkeNodePool(
                    context,
                    placement.location(),
                    new DesiredPool(context, spec, pool, offers, placement).nodePool(),
                    spec.kubernetesVersion(),
                    Set.of(before),
                    fresh && pools.isEmpty(),
                    "node pool " + pool.name() + ", " + pool.scale().min() + " to "
                            + pool.scale().max() + " " + text(shape));
            pools.add(wanted);
            before = wanted.id();
        }
        return pools;
    }

    private static String text(MachineShape shape) {
        return shape.machineType()
                + shape.attached()
                        .map(type -> " with " + shape.count() + " " + type)
                        .orElse("");
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext context, ResourceId id, Object observed) {
        return observed instanceof ObservedPool pool ? Optional.of(new GkeNodePool(context, pool)) : Optional.empty();
    }
}
