// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.NewestImages;
import io.osmo.backend.azure.internal.catalog.OsDisk;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.azure.internal.cluster.PoolRequest;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pools of the spec, each an agent pool of the user mode, and the system pool of a cluster that exists. */
public final class PoolConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(AgentPool.NEEDS, AgentPool.SYSTEM_NEEDS);
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
    public List<List<String>> choices(AzureContext context, NodePool pool, Inventory inventory) {
        return ExistingPool.standing(pool.name(), inventory)
                .map(size -> List.of(List.of(size)))
                .orElseGet(() -> PoolTypes.choices(pool));
    }

    @Override
    public List<Violation> checkTypes(BackendSpec spec, Inventory inventory) {
        return PoolRules.check(spec, inventory);
    }

    @Override
    public List<Reader<AzureContext>> choosers() {
        return List.of(PoolReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(checkTypes(spec, inventory));
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
            ExistingPool.generations(Optional.of(pool.name()), inventory).values().stream()
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
        for (DesiredPool desired : desired(context, spec, inventory)) {
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
        Reservations.scopes(spec).stream()
                .filter(scope -> isReserved(scope, context, spec, inventory))
                .forEach(scope -> wanted.add(RoleAssignment.reservation(context, scope)));
        return wanted;
    }

    /** Whether a role is needed at a scope: not where the group that only an alternative names is gone, unless the role is still there. */
    private static boolean isReserved(String scope, AzureContext context, BackendSpec spec, Inventory inventory) {
        return inventory.observed().containsKey(RoleAssignment.reservationId(scope))
                || spec.pools().stream()
                        .flatMap(pool -> Reservations.of(pool, context.settings()).stream())
                        .anyMatch(id -> Reservations.scope(id).equalsIgnoreCase(scope))
                || Reservations.ids(spec).stream()
                        .filter(id -> Reservations.scope(id).equalsIgnoreCase(scope))
                        .anyMatch(id -> inventory.observed().containsKey(ReservationRules.id(id)));
    }

    /** The system pool is created with its cluster, and a resource of its own from then on. */
    private static List<DesiredPool> desired(AzureContext context, BackendSpec spec, Inventory inventory) {
        return Stream.concat(
                        ClusterConcern.keepsPools(inventory)
                                ? Stream.of(SystemPool.request(context.settings()))
                                : Stream.empty(),
                        spec.pools().stream().map(pool -> PoolRequest.of(pool, context.settings())))
                .map(request -> DesiredPool.of(context, spec, request, inventory))
                .toList();
    }

    /** Name of the agent pool that is to be the system pool. */
    public static String systemPool(AzureContext context, BackendSpec spec, Inventory inventory) {
        return DesiredPool.of(context, spec, SystemPool.request(context.settings()), inventory)
                .name();
    }

    /**
     * The machines of a pool of the spec or of the system pool, as they are wanted.
     *
     * @param id the agent pool; the cluster where the system pool is created with it
     * @param name of the pool in the spec, or of the system pool
     * @param osDisk what the disk of each is
     * @param nodes that the agent pool has by now; those of agent pools that it replaces are not among them
     * @param surge nodes that AKS adds for a while when it rolls the agent pool
     */
    public record Machines(
            ResourceId id, String name, Scale scale, boolean spot, String size, OsDisk osDisk, int nodes, long surge) {}

    public static List<Machines> machines(AzureContext context, BackendSpec spec, Inventory inventory) {
        List<Machines> machines = new ArrayList<>();
        if (!ClusterConcern.keepsPools(inventory)) {
            DesiredPool system = DesiredPool.of(context, spec, SystemPool.request(context.settings()), inventory);
            machines.add(new Machines(
                    AksCluster.ID,
                    SystemPool.NAME,
                    system.request().scale(),
                    false,
                    system.size(),
                    OsDisks.of(system, inventory),
                    0,
                    0));
        }
        for (DesiredPool desired : desired(context, spec, inventory)) {
            Optional<ArmObject> existing = inventory.find(desired.id(), ArmObject.class);
            machines.add(new Machines(
                    desired.id(),
                    desired.request().specPool().orElse(SystemPool.NAME),
                    desired.request().scale(),
                    desired.request().spot(),
                    desired.size(),
                    OsDisks.of(desired, inventory),
                    existing.map(ExistingPool::nodes).orElse(0),
                    existing.map(AgentPool::atOnce).orElse(0L)));
        }
        return machines;
    }

    /** Whether the cluster and all agent pools that the spec asks for exist, so that what is offered does not matter. */
    public static boolean allExist(AzureContext context, BackendSpec spec, Inventory inventory) {
        return ClusterConcern.keepsPools(inventory)
                && desired(context, spec, inventory).stream().allMatch(pool -> pool.isPresent(spec, inventory));
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        return ExistingPool.isPool(id)
                ? Optional.of(new ExistingPool(context, id, (ArmObject) observed))
                : Optional.empty();
    }
}
