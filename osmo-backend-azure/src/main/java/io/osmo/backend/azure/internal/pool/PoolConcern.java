// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.ExistingResource;
import io.osmo.backend.azure.internal.catalog.PoolSizes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pools of the spec, each an agent pool of the user mode. */
public final class PoolConcern implements Concern<AzureContext> {
    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(PoolReader.INSTANCE, ReservationReader.INSTANCE);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return PoolRules.validate(spec);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(PoolRules.check(spec, inventory));
        violations.addAll(PoolRules.checkReservations(spec, inventory));
        return violations;
    }

    @Override
    public List<String> warnings(AzureContext context, Optional<BackendSpec> spec, Inventory inventory) {
        return spec.map(PoolConcern::warnings).orElse(List.of());
    }

    private static List<String> warnings(BackendSpec spec) {
        List<String> warnings = new ArrayList<>();
        for (NodePool pool : spec.pools()) {
            if (pool.instanceTypes().size() > 1) {
                warnings.add("pool " + pool.name() + ": an agent pool has one VM size, so only " + PoolSizes.of(pool)
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
            wanted.add(new AgentPool(context, pool, subnet, version, zones(pool, spec, inventory)));
        }
        Reservations.scopes(spec).forEach(scope -> wanted.add(RoleAssignment.reservation(context, scope)));
        return wanted;
    }

    /** A pool keeps the zones that it has, unless the spec names others. */
    private static List<String> zones(NodePool pool, BackendSpec spec, Inventory inventory) {
        Optional<ArmObject> standing = inventory.find(AgentPool.id(pool.name()), ArmObject.class);
        if (pool.zones().isEmpty()
                && standing.isPresent()
                && standing.get().text("/properties/vmSize").equalsIgnoreCase(PoolSizes.of(pool))) {
            List<String> zones = new ArrayList<>();
            standing.get().json().at("/properties/availabilityZones").forEach(zone -> zones.add(zone.asText()));
            return zones;
        }
        return DesiredCluster.zones(PoolSizes.of(pool), pool.zones(), spec, inventory);
    }

    /** Nodes that a pool of the spec has by now. */
    public static int nodes(NodePool pool, Inventory inventory) {
        return inventory
                .find(AgentPool.id(pool.name()), ArmObject.class)
                .map(found -> found.json().at("/properties/count").asInt())
                .orElse(0);
    }

    /** Whether all pools of the spec exist with the VM size it names, so that what is offered does not matter. */
    public static boolean allExist(BackendSpec spec, Inventory inventory) {
        return spec.pools().stream()
                .allMatch(pool -> inventory
                        .find(AgentPool.id(pool.name()), ArmObject.class)
                        .filter(found -> found.text("/properties/vmSize").equalsIgnoreCase(PoolSizes.of(pool)))
                        .isPresent());
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        return id.kind().equals(AgentPool.KIND)
                ? Optional.of(new ExistingPool(context, id, ((ArmObject) observed).id()))
                : Optional.empty();
    }

    /** A pool to be deleted, alone or with its cluster. */
    private static final class ExistingPool extends ExistingResource {
        ExistingPool(AzureContext context, ResourceId id, String armId) {
            super(
                    context,
                    id,
                    ArmType.AGENT_POOL,
                    armId,
                    Set.of(AksCluster.ID),
                    Timing.seconds(180, 90, 180, 5, 60),
                    "agent pool of " + id.name());
        }

        @Override
        public Optional<ResourceId> deletedWith() {
            return Optional.of(AksCluster.ID);
        }
    }
}
