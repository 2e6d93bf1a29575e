// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.NodePool.Status;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Generations;
import io.osmo.backend.spi.provider.Generations.Fit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which generation of a pool the spec wants, and which it replaces. Pure.
 *
 * @param existing the wanted one, if it exists
 * @param replaced the ones that it takes the place of
 * @param running nodes of all that exist
 */
record PoolGenerations(int wanted, Optional<ObservedPool> existing, Set<ResourceId> replaced, int running) {
    /** @param keeping what is wanted of an existing pool */
    static PoolGenerations of(NodePool pool, Inventory inventory, Function<ObservedPool, DesiredPool> keeping) {
        SortedMap<Integer, ObservedPool> all = all(pool, inventory);
        boolean alive = all.values().stream().anyMatch(found -> !isGoing(found));
        Map<Integer, Fit> fits = new HashMap<>();
        all.forEach((generation, found) -> {
            // One that is being deleted already is not gone back to, unless it is the only one.
            if (!alive || !isGoing(found)) {
                fits.put(generation, fit(found, keeping.apply(found)));
            }
        });
        int wanted = all.isEmpty()
                ? lost(pool, inventory)
                : Generations.choose(fits, pool.replacement() == Replacement.SURGE)
                        .wanted();
        return new PoolGenerations(
                wanted,
                Optional.ofNullable(all.get(wanted)),
                all.entrySet().stream()
                        .filter(each -> each.getKey() != wanted)
                        .map(each -> GkeNodePool.id(each.getValue().pool().getName()))
                        .collect(Collectors.toSet()),
                all.values().stream()
                        .flatMap(found -> found.nodes().stream())
                        .mapToInt(Integer::intValue)
                        .sum());
    }

    /** The machine type of the latest generation of a pool that exists. */
    static Optional<String> standing(NodePool pool, Inventory inventory) {
        return all(pool, inventory).values().stream()
                .filter(found -> !isGoing(found))
                .map(found -> found.pool().getConfig().getMachineType())
                .filter(type -> !type.isEmpty())
                .reduce((earlier, later) -> later);
    }

    private static SortedMap<Integer, ObservedPool> all(NodePool pool, Inventory inventory) {
        return of(pool, inventory, Observed.Ownership.OURS);
    }

    /** A later generation that has lost its labels holds the work of the pool, so it is asked for, which is refused. */
    private static int lost(NodePool pool, Inventory inventory) {
        SortedMap<Integer, ObservedPool> lost = of(pool, inventory, Observed.Ownership.FOREIGN);
        return lost.isEmpty() ? 1 : lost.lastKey();
    }

    private static SortedMap<Integer, ObservedPool> of(
            NodePool pool, Inventory inventory, Observed.Ownership ownership) {
        SortedMap<Integer, ObservedPool> all = new TreeMap<>();
        inventory.observed().values().stream()
                .filter(found -> found.ownership() == ownership && found.value() instanceof ObservedPool)
                .map(found -> (ObservedPool) found.value())
                .forEach(each ->
                        PoolName.of(each.pool(), pool.name()).ifPresent(name -> all.put(name.generation(), each)));
        return all;
    }

    private static boolean isGoing(ObservedPool found) {
        return found.pool().getStatus() == Status.STOPPING;
    }

    private static Fit fit(ObservedPool found, DesiredPool desired) {
        if (found.pool().getStatus() == Status.ERROR) {
            return found.isEmpty() ? Fit.EMPTY : Fit.DIFFERS;
        }
        boolean replace = PoolComparison.of(found, desired.nodePool(), desired.surges()).list().stream()
                .anyMatch(change -> change.effect() == FieldChange.Effect.REPLACE);
        return replace ? Fit.DIFFERS : Fit.FITS;
    }
}
