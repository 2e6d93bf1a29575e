// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.cloud.compute.v1.AggregatedListAcceleratorTypesRequest;
import com.google.cloud.compute.v1.AggregatedListMachineTypesRequest;
import com.google.cloud.compute.v1.MachineType;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Reads what a region sells of the types of a spec. */
public final class OffersReader implements Reader<GcpContext> {
    private static final String ZONES = "zones/";

    public static final OffersReader INSTANCE = new OffersReader();

    private OffersReader() {}

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
                .flatMap(pool -> MachineShape.typesOf(pool).stream())
                .map(type -> MachineShape.parse(type).machineType())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param types names of machine types */
    public static CompletableFuture<Offers> offers(GcpContext context, Set<String> types) {
        return context.cache().get(List.of(Offers.class, Set.copyOf(types)), Offers.class, () -> read(context, types));
    }

    private static CompletableFuture<Offers> read(GcpContext context, Set<String> types) {
        String filter =
                types.stream().sorted().map(name -> "(name = \"" + name + "\")").collect(Collectors.joining(" OR "));
        CompletableFuture<List<String>> zones = context.async(
                "compute.regions.get",
                () -> context.clients().regions().get(context.project(), context.region()).getZonesList().stream()
                        .map(OffersReader::name)
                        .sorted()
                        .toList());
        Map<String, Machine> machines = new HashMap<>();
        CompletableFuture<Map<String, Set<String>>> machineZones = context.async("compute.machineTypes.list", () -> {
            Map<String, Set<String>> where = new HashMap<>();
            context.clients()
                    .machineTypes()
                    .aggregatedList(AggregatedListMachineTypesRequest.newBuilder()
                            .setProject(context.project())
                            .setFilter(filter)
                            .setReturnPartialSuccess(true)
                            .build())
                    .iterateAll()
                    .forEach(entry -> {
                        for (MachineType type : entry.getValue().getMachineTypesList()) {
                            machines.put(type.getName(), Machine.of(type));
                            add(where, type.getName(), entry.getKey());
                        }
                    });
            return where;
        });
        CompletableFuture<Map<String, Set<String>>> acceleratorZones =
                context.async("compute.acceleratorTypes.list", () -> {
                    Map<String, Set<String>> where = new HashMap<>();
                    context.clients()
                            .acceleratorTypes()
                            .aggregatedList(AggregatedListAcceleratorTypesRequest.newBuilder()
                                    .setProject(context.project())
                                    .setReturnPartialSuccess(true)
                                    .build())
                            .iterateAll()
                            .forEach(entry -> entry.getValue()
                                    .getAcceleratorTypesList()
                                    .forEach(type -> add(where, type.getName(), entry.getKey())));
                    return where;
                });
        return CompletableFuture.allOf(zones, machineZones, acceleratorZones)
                .thenApply(nothing -> new Offers(zones.join(), machines, machineZones.join(), acceleratorZones.join()));
    }

    private static void add(Map<String, Set<String>> where, String type, String scope) {
        if (scope.startsWith(ZONES)) {
            where.computeIfAbsent(type, t -> new TreeSet<>()).add(name(scope));
        }
    }

    private static String name(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
