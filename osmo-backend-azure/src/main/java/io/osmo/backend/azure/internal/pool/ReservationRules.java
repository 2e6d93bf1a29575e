// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds the capacity reservation groups that a spec names against what its pools need. AKS makes a pool without its reservation, with
 * no more than a warning, when the group has none of its VM size: learn.microsoft.com/azure/aks/use-capacity-reservation-groups.
 */
final class ReservationRules {
    private static final int DIGITS = 12;

    private ReservationRules() {}

    /** Which of what was found is a capacity reservation group. */
    static ResourceId id(String group) {
        return ResourceId.of("capacity-reservation", Names.hash(DIGITS, group));
    }

    /** A pool that exists with a reservation has its machines. */
    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return PoolRules.each(
                        spec,
                        (pool, path) -> Reservations.of(pool, AksSettings.of(spec.settings()))
                                .filter(id -> !isUsed(id, pool, inventory))
                                .flatMap(id -> check(id, pool, path, spec, inventory))
                                .stream()
                                .toList())
                .stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static boolean isUsed(String id, NodePool pool, Inventory inventory) {
        return ExistingPool.generations(Optional.of(pool.name()), inventory).values().stream()
                .anyMatch(found ->
                        found.text("/properties/capacityReservationGroupID").equalsIgnoreCase(id));
    }

    private static Optional<Violation> check(
            String id, NodePool pool, String path, BackendSpec spec, Inventory inventory) {
        String at = pool.reservation().isPresent() ? path + ".reservation" : "settings.capacityReservationGroup";
        String size = PoolTypes.of(pool);
        Optional<ArmObject> group = inventory.find(id(id), ArmObject.class);
        if (group.isEmpty()) {
            return violation(
                    at,
                    id,
                    "a capacity reservation group that can be read and holds a reservation",
                    "Correct the id, allow this credential to read the group, or reserve machines of " + size
                            + " in it first.");
        }
        if (!region(group.get().text("/location")).equals(region(spec.region()))) {
            return violation(
                    at,
                    id,
                    "a capacity reservation group in " + spec.region() + ", not in "
                            + group.get().text("/location"),
                    "Name one of the region of the backend.");
        }
        List<JsonNode> matching = matching(group.get(), size);
        if (matching.isEmpty()) {
            return violation(
                    at,
                    id,
                    "a group with a reservation of " + size + " that is ready; it holds " + held(group.get()),
                    "Reserve machines of " + size + " in it first, or correct the VM size.");
        }
        Set<String> reserved = zones(matching);
        List<String> needed = DesiredCluster.zones(size, pool.zones(), spec, inventory);
        return needed.isEmpty() || reserved.containsAll(needed)
                ? Optional.empty()
                : violation(
                        at,
                        id,
                        "reservations of " + size + " in " + Zones.text(needed)
                                + ", where the pool has its nodes; they are in "
                                + (reserved.isEmpty() ? "no zone" : Zones.text(new TreeSet<>(reserved))),
                        "Give the pool the zones of the reservations (zones), or reserve machines in the others too.");
    }

    /** More nodes than are reserved is no error: Azure then gives machines as it has them. */
    static Optional<String> warning(NodePool pool, BackendSpec spec, Inventory inventory) {
        String size = PoolTypes.of(pool);
        return Reservations.of(pool, AksSettings.of(spec.settings()))
                .flatMap(id -> inventory.find(id(id), ArmObject.class))
                .map(group -> matching(group, size).stream()
                        .mapToInt(one -> one.at("/sku/capacity").asInt())
                        .sum())
                .filter(count -> count < pool.scale().max())
                .map(count -> "pool " + pool.name() + ": " + count + " machines of " + size + " are reserved for up to "
                        + pool.scale().max() + " nodes; the others depend on what Azure has available");
    }

    private static List<JsonNode> matching(ArmObject group, String size) {
        List<JsonNode> matching = new ArrayList<>();
        for (JsonNode one : group.json().path(ReservationReader.MEMBER)) {
            String state = one.at("/properties/provisioningState").asText("Succeeded");
            if (one.at("/sku/name").asText().equalsIgnoreCase(size)
                    && one.at("/sku/capacity").asInt() > 0
                    && state.equalsIgnoreCase("Succeeded")) {
                matching.add(one);
            }
        }
        return matching;
    }

    private static String held(ArmObject group) {
        Set<String> held = new TreeSet<>();
        group.json()
                .path(ReservationReader.MEMBER)
                .forEach(one -> held.add(one.at("/sku/capacity").asInt() + " "
                        + one.at("/sku/name").asText() + " ("
                        + one.at("/properties/provisioningState").asText("Succeeded") + ")"));
        return held.isEmpty() ? "none" : String.join(", ", held);
    }

    private static Set<String> zones(List<JsonNode> reservations) {
        Set<String> zones = new TreeSet<>();
        reservations.forEach(one -> one.path("zones").forEach(zone -> zones.add(zone.asText())));
        return zones;
    }

    private static String region(String name) {
        return name.replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static Optional<Violation> violation(String path, String given, String allowed, String remedy) {
        return Optional.of(new Violation(path, Optional.of("CN-1"), given, allowed, remedy));
    }
}
