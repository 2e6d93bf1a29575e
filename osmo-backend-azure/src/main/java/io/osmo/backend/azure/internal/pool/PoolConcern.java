// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.NewestImages;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pools of the spec, each an agent pool of the user mode. */
public final class PoolConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(AgentPool.NEEDS);
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(PoolReader.INSTANCE, ReservationReader.INSTANCE, NewestImageReader.INSTANCE);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return PoolRules.validate(spec);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(PoolRules.check(spec, inventory));
        violations.addAll(ReservationRules.check(spec, inventory));
        return violations;
    }

    @Override
    public List<String> warnings(AzureContext context, Optional<BackendSpec> spec, Inventory inventory) {
        return spec.map(s -> warnings(s, inventory)).orElse(List.of());
    }

    private static List<String> warnings(BackendSpec spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        if (spec.nodeImages() == NodeImages.KEEP) {
            warnings.addAll(NewestImages.warnings(inventory));
        }
        for (NodePool pool : spec.pools()) {
            ExistingPool.generations(pool.name(), inventory).values().stream()
                    .filter(ExistingPool::isStopped)
                    .map(stopped -> "agent pool " + stopped.name()
                            + " is stopped: applying starts it, and its nodes cost money again")
                    .forEach(warnings::add);
            ReservationRules.warning(pool, spec, inventory).ifPresent(warnings::add);
            if (pool.instanceTypes().size() > 1) {
                warnings.add("pool " + pool.name() + ": an agent pool has one VM size, so only " + PoolTypes.of(pool)
                        + " of " + pool.instanceTypes() + " is used");
            }
        }
        return warnings;
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        String subnet = NodeSubnet.of(context, spec, inventory).id();
        String version = DesiredCluster.version(spec, inventory);
        List<Resource<?>> wanted = new ArrayList<>();
        for (NodePool pool : spec.pools()) {
            DesiredPool desired = DesiredPool.of(context, spec, pool, inventory);
            wanted.add(new AgentPool(
                    context,
                    desired,
                    subnet,
                    version,
                    DesiredCluster.newPools(spec, inventory),
                    spec.nodeImages() == NodeImages.LATEST
                            ? NewestImages.of(desired.name(), inventory)
                            : Optional.empty()));
        }
        Reservations.scopes(spec).forEach(scope -> wanted.add(RoleAssignment.reservation(context, scope)));
        return wanted;
    }

    /**
     * The machines of a pool of the spec, as they are wanted.
     *
     * @param id the agent pool
     * @param nodes that the agent pool has by now; those of agent pools that it replaces are not among them
     * @param surge nodes that AKS adds for a while when it rolls the agent pool
     */
    public record Machines(ResourceId id, NodePool pool, String size, int nodes, long surge) {}

    public static List<Machines> machines(AzureContext context, BackendSpec spec, Inventory inventory) {
        return spec.pools().stream()
                .map(pool -> {
                    DesiredPool desired = DesiredPool.of(context, spec, pool, inventory);
                    Optional<ArmObject> existing = inventory.find(desired.id(), ArmObject.class);
                    return new Machines(
                            desired.id(),
                            pool,
                            desired.size(),
                            existing.map(ExistingPool::nodes).orElse(0),
                            existing.map(AgentPool::atOnce).orElse(0L));
                })
                .toList();
    }

    /** Whether all pools of the spec exist with a VM size and zones that it lists, so that what is offered does not matter. */
    public static boolean allExist(BackendSpec spec, Inventory inventory) {
        return spec.pools().stream().allMatch(pool -> DesiredPool.exists(spec, pool, inventory));
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        return id.kind().equals(AgentPool.KIND)
                ? Optional.of(new ExistingPool(context, id, (ArmObject) observed))
                : Optional.empty();
    }
}
