// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.azure.internal.cluster.PoolRequest;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Generations;
import io.osmo.backend.spi.provider.Generations.Fit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The agent pool that a pool of the spec, or the system pool, becomes.
 *
 * @param generation which of the agent pools this is that take each other's place
 * @param size VM size: the one that the pool has while the spec still lists it
 * @param zones sorted; those that the pool has while the spec still lists them; empty in a region without zones
 * @param initial nodes at its creation, enough for the work of those that it replaces
 * @param replaced agent pools whose place this one takes
 * @param after what is ready before it is changed
 */
record DesiredPool(
        PoolRequest request,
        int generation,
        String size,
        List<String> zones,
        int initial,
        Set<ResourceId> replaced,
        Set<ResourceId> after) {
    DesiredPool {
        zones = List.copyOf(zones);
        replaced = Set.copyOf(replaced);
        after = Set.copyOf(after);
    }

    static DesiredPool of(AzureContext context, BackendSpec spec, PoolRequest request, Inventory inventory) {
        SortedMap<Integer, ArmObject> existing = ExistingPool.generations(request.specPool(), inventory);
        String subnet = NodeSubnet.of(context, spec, inventory).id();
        Map<Integer, Fit> fits = new TreeMap<>();
        existing.forEach((generation, found) -> {
            // What is being deleted has no future; it is created again under its own name only when nothing else
            // exists.
            if (!ExistingPool.isDeleting(found)) {
                fits.put(generation, fit(context, spec, request, generation, found, subnet, inventory));
            }
        });
        int wanted = Generations.choose(fits, request.replacement() == Replacement.SURGE)
                .wanted();
        while (wanted > 1 && !fits.containsKey(wanted) && existing.containsKey(wanted)) {
            wanted++;
        }
        if (existing.isEmpty()) {
            // One that has lost its tags holds the work of the pool, so it is asked for, which is refused.
            wanted = ExistingPool.foreignGeneration(request.specPool(), inventory)
                    .orElse(wanted);
        }
        Optional<ArmObject> present = Optional.ofNullable(existing.get(wanted));
        Set<ResourceId> replaced = new HashSet<>();
        int nodes = 0;
        for (Map.Entry<Integer, ArmObject> other : existing.entrySet()) {
            if (other.getKey() != wanted) {
                replaced.add(PoolNames.id(request.specPool(), other.getKey()));
                nodes += ExistingPool.nodes(other.getValue());
            }
        }
        return new DesiredPool(
                request,
                wanted,
                size(request, present),
                zones(spec, request, present, inventory),
                Math.max(
                        request.scale().initial(),
                        Math.min(nodes, request.scale().max())),
                replaced,
                present.filter(found -> !request.isSystem() && ExistingPool.isSystem(found))
                        .map(found -> of(context, spec, SystemPool.request(context.settings()), inventory))
                        .map(system -> Set.of(system.id()))
                        .orElse(Set.of()));
    }

    private static Fit fit(
            AzureContext context,
            BackendSpec spec,
            PoolRequest request,
            int generation,
            ArmObject found,
            String subnet,
            Inventory inventory) {
        Optional<ArmObject> present = Optional.of(found);
        DesiredPool kept = new DesiredPool(
                request,
                generation,
                size(request, present),
                zones(spec, request, present, inventory),
                request.scale().initial(),
                Set.of(),
                Set.of());
        return AgentPool.of(context, kept, subnet).needsReplacement(found) ? Fit.DIFFERS : Fit.FITS;
    }

    private static String size(PoolRequest request, Optional<ArmObject> present) {
        return present.map(found -> found.text("/properties/vmSize"))
                .flatMap(now -> request.sizes().stream()
                        .filter(type -> type.equalsIgnoreCase(now))
                        .findFirst())
                .orElseGet(() -> request.sizes().get(0));
    }

    private static List<String> zones(
            BackendSpec spec, PoolRequest request, Optional<ArmObject> present, Inventory inventory) {
        List<String> now = present.map(DesiredPool::zonesOf).orElse(List.of());
        return present.isPresent() && listsZones(spec, request, now)
                ? now
                : DesiredCluster.zones(size(request, present), request.zones(), spec, inventory);
    }

    /** Whether the spec lists all these zones, or names none. */
    private static boolean listsZones(BackendSpec spec, PoolRequest request, List<String> zones) {
        List<String> listed = request.zones().isEmpty() ? spec.network().zones() : request.zones();
        return listed.isEmpty()
                || !zones.isEmpty()
                        && listed.stream().map(DesiredCluster::zone).toList().containsAll(zones);
    }

    private static List<String> zonesOf(ArmObject found) {
        List<String> zones = new ArrayList<>();
        for (JsonNode zone : found.json().at("/properties/availabilityZones")) {
            zones.add(zone.asText());
        }
        zones.sort(null);
        return zones;
    }

    /** Whether an agent pool exists whose VM size and zones the spec lists, so that it does not matter what is sold. */
    static boolean exists(BackendSpec spec, PoolRequest request, Inventory inventory) {
        return ExistingPool.generations(request.specPool(), inventory).values().stream()
                .anyMatch(found -> isListed(spec, request, found));
    }

    private static boolean isListed(BackendSpec spec, PoolRequest request, ArmObject found) {
        return request.sizes().stream().anyMatch(type -> type.equalsIgnoreCase(found.text("/properties/vmSize")))
                && listsZones(spec, request, zonesOf(found));
    }

    /** Whether it is this very agent pool that exists so; otherwise one is created. */
    boolean isPresent(BackendSpec spec, Inventory inventory) {
        ArmObject found =
                ExistingPool.generations(request.specPool(), inventory).get(generation);
        return found != null && isListed(spec, request, found);
    }

    String name() {
        return PoolNames.of(request.specPool(), generation);
    }

    ResourceId id() {
        return PoolNames.id(request.specPool(), generation);
    }
}
