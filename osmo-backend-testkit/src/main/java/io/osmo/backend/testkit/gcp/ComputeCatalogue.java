// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.compute.v1.AcceleratorType;
import com.google.cloud.compute.v1.Accelerators;
import com.google.cloud.compute.v1.DiskType;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.Zone;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/** What Compute sells where: regions, zones, machine types, accelerators, types of disks. */
final class ComputeCatalogue implements Emulation.Fallback {
    /** Letters of the zones by region. */
    private static final Map<String, String> REGIONS = new TreeMap<>(Map.of(
            "us-central1", "abcf",
            "us-east1", "bcd",
            "us-east4", "abc",
            "us-west1", "abc",
            "us-west4", "abc",
            "europe-west4", "abc",
            "asia-southeast1", "abc"));

    private static final List<String> DISKS =
            List.of("hyperdisk-balanced", "hyperdisk-extreme", "pd-balanced", "pd-ssd", "pd-standard");

    private final GcpProject project;
    private final ToDoubleBiFunction<String, String> usage;

    /** @param usage how much of a region is used of a metric */
    ComputeCatalogue(GcpProject project, ToDoubleBiFunction<String, String> usage) {
        this.project = project;
        this.usage = usage;
    }

    static boolean isRegion(String name) {
        return REGIONS.containsKey(name);
    }

    static boolean isZone(String name) {
        return name.length() > 2 && zones(name.substring(0, name.length() - 2)).contains(name);
    }

    /** The zones of a region; none for an unknown one. */
    static List<String> zones(String region) {
        return REGIONS.getOrDefault(region, "")
                .chars()
                .mapToObj(c -> region + "-" + (char) c)
                .toList();
    }

    @Override
    public Optional<Message> call(MethodDescriptor method, Message request) {
        String collection = Emulation.lower(method.getService().getName());
        Map<String, Message> all = switch (collection) {
            case "regions" -> regions();
            case "zones" -> perZone(this::zone);
            case "machineTypes" -> perZone(this::machineTypes);
            case "acceleratorTypes" -> perZone(this::acceleratorTypes);
            case "diskTypes" -> perZone(this::diskTypes);
            default -> Map.of();
        };
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String path = ComputeResources.path(method, request);
        return switch (method.getName()) {
            case "Get" ->
                Optional.of(Optional.ofNullable(all.get(path))
                        .orElseThrow(() -> GcpError.notFound("The resource '" + path + "' was not found")));
            case "List" -> {
                Map<String, Message> rows = new LinkedHashMap<>(all);
                rows.keySet().removeIf(p -> !p.substring(0, p.lastIndexOf('/')).equals(path));
                if (rows.isEmpty()) {
                    throw GcpError.invalid(
                            "Invalid value for field 'zone': '" + path.split("/", -1)[3] + "'. Unknown zone.");
                }
                yield Optional.of(ComputeLists.list(method, request, rows, project.pageSize()));
            }
            case "AggregatedList" -> Optional.of(ComputeLists.aggregated(method, request, all, project.pageSize()));
            default -> Optional.empty();
        };
    }

    private interface Rows {
        void add(String zonePath, String zone, Map<String, Message> rows);
    }

    private Map<String, Message> perZone(Rows source) {
        Map<String, Message> rows = new LinkedHashMap<>();
        REGIONS.keySet().stream()
                .flatMap(region -> zones(region).stream())
                .forEach(zone -> source.add("projects/" + project.id() + "/zones/" + zone, zone, rows));
        return rows;
    }

    private Map<String, Message> regions() {
        Map<String, Message> rows = new LinkedHashMap<>();
        for (String name : REGIONS.keySet()) {
            String path = "projects/" + project.id() + "/regions/" + name;
            Region.Builder region = Region.newBuilder()
                    .setName(name)
                    .setKind("compute#region")
                    .setStatus("UP")
                    .setSelfLink(ComputeResources.url(path))
                    .addAllQuotas(GcpQuotas.ofRegion(project, metric -> usage.applyAsDouble(name, metric)));
            zones(name)
                    .forEach(zone ->
                            region.addZones(ComputeResources.url("projects/" + project.id() + "/zones/" + zone)));
            rows.put(path, region.build());
        }
        return rows;
    }

    private void zone(String path, String zone, Map<String, Message> rows) {
        rows.put(
                path,
                Zone.newBuilder()
                        .setName(zone)
                        .setKind("compute#zone")
                        .setStatus("UP")
                        .setRegion(ComputeResources.url(
                                "projects/" + project.id() + "/regions/" + zone.substring(0, zone.length() - 2)))
                        .setSelfLink(ComputeResources.url(path))
                        .build());
    }

    private void machineTypes(String zonePath, String zone, Map<String, Message> rows) {
        new TreeMap<>(MachineFacts.all())
                .values().stream().filter(facts -> facts.isSoldIn(zone)).forEach(facts -> {
                    String path = zonePath + "/machineTypes/" + facts.name();
                    MachineType.Builder type = MachineType.newBuilder()
                            .setName(facts.name())
                            .setKind("compute#machineType")
                            .setZone(zone)
                            .setGuestCpus(facts.cpus())
                            .setMemoryMb(facts.memoryMib())
                            .setArchitecture(facts.arm() ? "ARM64" : "X86_64")
                            .setIsSharedCpu(false)
                            .setMaximumPersistentDisks(128)
                            .setSelfLink(ComputeResources.url(path));
                    if (facts.gpuType() != null) {
                        type.addAccelerators(Accelerators.newBuilder()
                                .setGuestAcceleratorType(facts.gpuType())
                                .setGuestAcceleratorCount(facts.gpus()));
                    }
                    rows.put(path, type.build());
                });
    }

    private void acceleratorTypes(String zonePath, String zone, Map<String, Message> rows) {
        MachineFacts.accelerators().values().stream()
                .filter(gpu -> gpu.zones().contains(zone.substring(zone.length() - 1)))
                .forEach(gpu -> {
                    String path = zonePath + "/acceleratorTypes/" + gpu.name();
                    rows.put(
                            path,
                            AcceleratorType.newBuilder()
                                    .setName(gpu.name())
                                    .setKind("compute#acceleratorType")
                                    .setZone(ComputeResources.url(zonePath))
                                    .setMaximumCardsPerInstance(gpu.perMachine())
                                    .setSelfLink(ComputeResources.url(path))
                                    .build());
                });
    }

    private void diskTypes(String zonePath, String zone, Map<String, Message> rows) {
        for (String disk : DISKS) {
            String path = zonePath + "/diskTypes/" + disk;
            rows.put(
                    path,
                    DiskType.newBuilder()
                            .setName(disk)
                            .setKind("compute#diskType")
                            .setZone(ComputeResources.url(zonePath))
                            .setSelfLink(ComputeResources.url(path))
                            .build());
        }
    }
}
