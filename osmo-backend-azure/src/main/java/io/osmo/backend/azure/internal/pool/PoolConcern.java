// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.Standing;
import io.osmo.backend.azure.internal.Tags;
import io.osmo.backend.azure.internal.Timings;
import io.osmo.backend.azure.internal.catalog.PoolSizes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterWish;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import io.osmo.backend.spi.support.Concern;
import io.osmo.backend.spi.support.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The pools of the spec, each an agent pool of the user mode. */
public final class PoolConcern implements Concern<AzureContext> {
    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(PoolConcern::read, PoolConcern::reservations);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return PoolRules.validate(spec);
    }

    private static CompletableFuture<Reading> read(AzureContext azure, Optional<BackendSpec> spec) {
        return azure.async(() -> {
            Reading reading = Reading.empty();
            for (JsonNode json : azure.arm()
                    .list(
                            ArmType.AGENT_POOL.action("read"),
                            azure.clusterId() + "/agentPools",
                            ArmType.AGENT_POOL.apiVersion())) {
                ArmObject object = ArmObject.of(json);
                if (!object.name().equals(SystemPool.NAME)) {
                    reading = reading.and(reading(azure, object, spec));
                }
            }
            return reading;
        });
    }

    private static CompletableFuture<Reading> reservations(AzureContext azure, Optional<BackendSpec> spec) {
        List<CompletableFuture<Reading>> parts = new ArrayList<>();
        spec.ifPresent(s -> Reservations.ids(s)
                .forEach(id -> parts.add(azure.find(ArmType.CAPACITY_RESERVATION_GROUP, id)
                        .thenApply(found -> Found.existing(PoolRules.reservationId(id), found)))));
        return Reading.all(parts);
    }

    /** A pool that others have added to the cluster is left alone unless it has a name that we would give. */
    private static Reading reading(AzureContext azure, ArmObject object, Optional<BackendSpec> spec) {
        ArmObject tagged = ArmObject.of(object.json().path("properties"));
        if (azure.tags().owns(tagged.tags()) && tagged.tags().containsKey(Tags.RESOURCE)) {
            return Found.ours(ResourceId.parse(tagged.tags().get(Tags.RESOURCE)), object);
        }
        return spec.stream()
                .flatMap(s -> s.pools().stream())
                .filter(pool -> PoolNames.of(pool.name()).equals(object.name()))
                .map(pool -> Found.named(azure, AgentPool.id(pool.name()), Optional.of(object)))
                .findFirst()
                .orElseGet(Reading::empty);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(PoolRules.check(spec, inventory));
        violations.addAll(PoolRules.checkReservations(spec, inventory));
        return violations;
    }

    /** What the host should know before it applies. */
    public static List<String> warnings(BackendSpec spec) {
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
    public List<Resource<?>> wanted(AzureContext azure, BackendSpec spec, Inventory inventory) {
        String subnet = NodeSubnet.of(azure, spec, inventory).id();
        String version = ClusterWish.version(spec, inventory);
        List<Resource<?>> wanted = new ArrayList<>();
        for (NodePool pool : spec.pools()) {
            wanted.add(new AgentPool(azure, pool, subnet, version, zones(pool, spec, inventory)));
        }
        Reservations.scopes(spec).forEach(scope -> wanted.add(RoleAssignment.reservation(azure, scope)));
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
        return ClusterWish.zones(PoolSizes.of(pool), pool.zones(), spec, inventory);
    }

    /** Nodes that a pool of the spec has by now. */
    public static int nodes(NodePool pool, Inventory inventory) {
        return inventory
                .find(AgentPool.id(pool.name()), ArmObject.class)
                .map(found -> found.json().at("/properties/count").asInt())
                .orElse(0);
    }

    /** Whether all pools of the spec stand with the size that it names, so that nothing need be known of what is offered. */
    public static boolean allStand(BackendSpec spec, Inventory inventory) {
        return spec.pools().stream()
                .allMatch(pool -> inventory
                        .find(AgentPool.id(pool.name()), ArmObject.class)
                        .filter(found -> found.text("/properties/vmSize").equalsIgnoreCase(PoolSizes.of(pool)))
                        .isPresent());
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext azure, ResourceId id, Object observed) {
        return id.kind().equals(AgentPool.KIND)
                ? Optional.of(new StandingPool(azure, id, ((ArmObject) observed).id()))
                : Optional.empty();
    }

    /** A pool to be deleted, alone or with its cluster. */
    private static final class StandingPool extends Standing {
        StandingPool(AzureContext azure, ResourceId id, String armId) {
            super(
                    azure,
                    id,
                    ArmType.AGENT_POOL,
                    armId,
                    Set.of(AksCluster.ID),
                    Timings.seconds(180, 90, 180, 5, 60),
                    "agent pool of " + id.name());
        }

        @Override
        public Optional<ResourceId> deletedWith() {
            return Optional.of(AksCluster.ID);
        }
    }
}
