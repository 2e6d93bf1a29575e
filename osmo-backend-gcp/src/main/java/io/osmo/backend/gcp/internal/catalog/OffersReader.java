// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.cloud.compute.v1.AggregatedListAcceleratorTypesRequest;
import com.google.cloud.compute.v1.AggregatedListMachineTypesRequest;
import com.google.cloud.compute.v1.MachineType;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Reads what a region sells of the types of a spec; once a session, as it does not change under way. */
public final class OffersReader implements Reader {
    private static final String ZONES = "zones/";

    @Override
    public CompletableFuture<Reading> read(GcpContext gcp, Optional<BackendSpec> spec) {
        return spec.map(s -> offers(gcp, types(s)).thenApply(o -> Reading.attachment(Offers.class, o)))
                .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty()));
    }

    private static Set<String> types(BackendSpec spec) {
        return spec.pools().stream()
                .flatMap(pool -> MachineShape.typesOf(pool).stream())
                .map(type -> MachineShape.parse(type).machineType())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param types names of machine types */
    public static CompletableFuture<Offers> offers(GcpContext gcp, Set<String> types) {
        return gcp.cache().get("offers " + new TreeSet<>(types), () -> read(gcp, types));
    }

    private static CompletableFuture<Offers> read(GcpContext gcp, Set<String> types) {
        String filter =
                types.stream().sorted().map(name -> "(name = \"" + name + "\")").collect(Collectors.joining(" OR "));
        CompletableFuture<List<String>> zones = gcp.async(
                "compute.regions.get",
                () -> gcp.clients().regions().get(gcp.project(), gcp.region()).getZonesList().stream()
                        .map(OffersReader::name)
                        .sorted()
                        .toList());
        Map<String, Machine> machines = new HashMap<>();
        CompletableFuture<Map<String, Set<String>>> machineZones = gcp.async("compute.machineTypes.list", () -> {
            Map<String, Set<String>> where = new HashMap<>();
            gcp.clients()
                    .machineTypes()
                    .aggregatedList(AggregatedListMachineTypesRequest.newBuilder()
                            .setProject(gcp.project())
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
                gcp.async("compute.acceleratorTypes.list", () -> {
                    Map<String, Set<String>> where = new HashMap<>();
                    gcp.clients()
                            .acceleratorTypes()
                            .aggregatedList(AggregatedListAcceleratorTypesRequest.newBuilder()
                                    .setProject(gcp.project())
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
