// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.cloud.compute.v1.AcceleratorType;
import com.google.cloud.compute.v1.AcceleratorTypesScopedList;
import com.google.cloud.compute.v1.AggregatedListAcceleratorTypesRequest;
import com.google.cloud.compute.v1.AggregatedListMachineTypesRequest;
import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.MachineTypesScopedList;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a region sells of the types of a spec. */
public final class OffersReader implements Reader<GcpContext> {
    public static final OffersReader INSTANCE = new OffersReader();

    private OffersReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("compute.regions.get", "compute.machineTypes.list", "compute.acceleratorTypes.list");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        return observation
                .spec()
                .map(spec ->
                        offers(observation.context(), types(spec)).thenApply(o -> Reading.attachment(Offers.class, o)))
                .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty()));
    }

    private static Set<String> types(BackendSpec spec) {
        return spec.pools().stream()
                .flatMap(pool -> MachineShape.allOf(pool).stream())
                .map(type -> MachineShape.parse(type).machineType())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param types names of machine types */
    public static CompletableFuture<Offers> offers(GcpContext context, Set<String> types) {
        return context.cache().get(List.of(Offers.class, Set.copyOf(types)), Offers.class, () -> read(context, types));
    }

    /** All types of a machine family, such as {@code a3}, that the region sells. */
    public static CompletableFuture<Offers> family(GcpContext context, String family) {
        return context.cache()
                .get(List.of(Offers.class, family), Offers.class, () -> read(context, "name eq \"" + family + "-.*\""));
    }

    /** All types of a size, such as {@code standard-8}, that the region sells, whatever their family. */
    public static CompletableFuture<Offers> size(GcpContext context, String size) {
        return context.cache()
                .get(
                        List.of(Offers.class, "size", size),
                        Offers.class,
                        () -> read(context, "name eq \"[a-z0-9]*-" + size + "\""));
    }

    private static CompletableFuture<Offers> read(GcpContext context, Set<String> types) {
        return read(
                context,
                types.stream().sorted().map(name -> "(name = \"" + name + "\")").collect(Collectors.joining(" OR ")));
    }

    private static CompletableFuture<Offers> read(GcpContext context, String filter) {
        GcpClients clients = context.clients();
        AggregatedListMachineTypesRequest named = AggregatedListMachineTypesRequest.newBuilder()
                .setProject(context.project())
                .setFilter(filter)
                .setReturnPartialSuccess(true)
                .build();
        AggregatedListAcceleratorTypesRequest all = AggregatedListAcceleratorTypesRequest.newBuilder()
                .setProject(context.project())
                .setReturnPartialSuccess(true)
                .build();
        CompletableFuture<List<String>> zones = context.async(
                "compute.regions.get",
                () -> clients.regions().get(context.project(), context.region()).getZonesList().stream()
                        .map(OffersReader::name)
                        .toList());
        CompletableFuture<List<Listed<MachineType>>> machines = context.async(
                "compute.machineTypes.list",
                () -> listed(
                        clients.machineTypes().aggregatedList(named).iterateAll(),
                        MachineTypesScopedList::getMachineTypesList,
                        (type, zone) -> new Listed<>(
                                type,
                                type.getName(),
                                zone,
                                Optional.of(type.getDeprecated()).filter(status -> type.hasDeprecated()))));
        CompletableFuture<List<Listed<AcceleratorType>>> accelerators = context.async(
                "compute.acceleratorTypes.list",
                () -> listed(
                        clients.acceleratorTypes().aggregatedList(all).iterateAll(),
                        AcceleratorTypesScopedList::getAcceleratorTypesList,
                        (type, zone) -> new Listed<>(
                                type,
                                type.getName(),
                                zone,
                                Optional.of(type.getDeprecated()).filter(status -> type.hasDeprecated()))));
        return CompletableFuture.allOf(zones, machines, accelerators)
                .thenApply(done -> new Offers(
                        zones.join(),
                        machines.join().stream()
                                .map(each -> Machine.of(each.type()))
                                .collect(Collectors.toMap(Machine::name, machine -> machine, (one, same) -> one)),
                        zones(machines.join()),
                        zones(accelerators.join()),
                        deprecations(machines.join(), accelerators.join())));
    }

    /** A type in a zone that lists it. */
    private record Listed<T>(T type, String name, String zone, Optional<DeprecationStatus> status) {
        Optional<Deprecation> deprecation() {
            return status.map(Deprecation::of);
        }
    }

    private static <S, T> List<Listed<T>> listed(
            Iterable<Map.Entry<String, S>> scopes,
            Function<S, List<T>> types,
            BiFunction<T, String, Listed<T>> inZone) {
        List<Listed<T>> listed = new ArrayList<>();
        scopes.forEach(scope -> {
            if (scope.getKey().startsWith("zones/")) {
                types.apply(scope.getValue()).forEach(type -> listed.add(inZone.apply(type, name(scope.getKey()))));
            }
        });
        return listed;
    }

    private static <T> Map<String, Set<String>> zones(List<Listed<T>> listed) {
        return listed.stream()
                .filter(each -> each.deprecation().map(Deprecation::isSold).orElse(true))
                .collect(Collectors.groupingBy(Listed::name, Collectors.mapping(Listed::zone, Collectors.toSet())));
    }

    private static Map<String, Deprecation> deprecations(
            List<Listed<MachineType>> machines, List<Listed<AcceleratorType>> accelerators) {
        Map<String, Deprecation> known = new HashMap<>();
        Stream.<Listed<?>>concat(machines.stream(), accelerators.stream())
                .forEach(each -> each.deprecation().ifPresent(found -> known.putIfAbsent(each.name(), found)));
        return known;
    }

    private static String name(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
