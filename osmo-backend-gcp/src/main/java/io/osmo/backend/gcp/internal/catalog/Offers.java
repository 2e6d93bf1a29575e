// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import io.osmo.backend.spec.NodePool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a region sells of what a spec asks for.
 *
 * @param zones all zones of the region, sorted
 * @param machines machine types by name
 * @param machineZones zones that sell a machine type
 * @param acceleratorZones zones that sell an accelerator type
 * @param deprecations of machine types and accelerator types, sold or not, by name
 */
public record Offers(
        List<String> zones,
        Map<String, Machine> machines,
        Map<String, Set<String>> machineZones,
        Map<String, Set<String>> acceleratorZones,
        Map<String, Deprecation> deprecations) {
    public Offers {
        zones = zones.stream().sorted().toList();
        machines = Map.copyOf(machines);
        machineZones = Map.copyOf(machineZones);
        acceleratorZones = Map.copyOf(acceleratorZones);
        deprecations = Map.copyOf(deprecations);
    }

    /** These, and the types of others; zones are those of this one. */
    public Offers and(Offers others) {
        return new Offers(
                zones,
                together(machines, others.machines),
                together(machineZones, others.machineZones),
                together(acceleratorZones, others.acceleratorZones),
                together(deprecations, others.deprecations));
    }

    private static <T> Map<String, T> together(Map<String, T> own, Map<String, T> others) {
        Map<String, T> all = new HashMap<>(others);
        all.putAll(own);
        return all;
    }

    /** Zones that sell it, sorted. */
    public List<String> zonesOf(MachineShape shape) {
        Set<String> machine = machineZones.getOrDefault(shape.machineType(), Set.of());
        return zones.stream()
                .filter(machine::contains)
                .filter(zone -> shape.attached()
                        .map(type ->
                                acceleratorZones.getOrDefault(type, Set.of()).contains(zone))
                        .orElse(true))
                .toList();
    }

    /** The first type of a pool that all of its zones sell, or else that any zone sells; the first one when none is sold. */
    public MachineShape shapeOf(NodePool pool) {
        List<MachineShape> shapes =
                MachineShape.typesOf(pool).stream().map(MachineShape::parse).toList();
        List<MachineShape> sold =
                shapes.stream().filter(shape -> !zonesOf(shape).isEmpty()).toList();
        return sold.stream()
                .filter(shape -> zonesOf(shape).containsAll(pool.zones()))
                .findFirst()
                .or(() -> sold.stream().findFirst())
                .orElse(shapes.get(0));
    }

    /** How long machine type and accelerators are sold, a sentence each. */
    public List<String> deprecations(MachineShape shape, Predicate<Deprecation> those) {
        return Stream.concat(Stream.of(shape.machineType()), shape.attached().stream())
                .flatMap(name -> Optional.ofNullable(deprecations.get(name)).filter(those).stream()
                        .map(found -> name + " " + found))
                .toList();
    }

    public Optional<Machine> machineOf(MachineShape shape) {
        return Optional.ofNullable(machines.get(shape.machineType()));
    }
}
