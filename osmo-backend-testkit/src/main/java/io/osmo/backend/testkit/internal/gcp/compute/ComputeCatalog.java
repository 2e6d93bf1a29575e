// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.AcceleratorType;
import com.google.cloud.compute.v1.Accelerators;
import com.google.cloud.compute.v1.BundledLocalSsds;
import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.DiskType;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.Zone;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.GcpQuotas;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is sold where: regions, zones, machine types, accelerator types, disk types. */
final class ComputeCatalog implements Dispatcher.Fallback {
    private static final List<String> DISKS =
            List.of("hyperdisk-balanced", "hyperdisk-extreme", "pd-balanced", "pd-ssd", "pd-standard");

    private final GcpProject project;
    private final QuotaUsage usage;
    /** Rows by collection; they never change. */
    private final Map<String, Map<String, Message>> perZone = new HashMap<>();

    ComputeCatalog(GcpProject project, QuotaUsage usage) {
        this.project = project;
        this.usage = usage;
    }

    @Override
    public Optional<Message> call(MethodDescriptor method, Message request) {
        String collection = Dispatcher.lower(method.getService().getName());
        Map<String, Message> all = switch (collection) {
            case "projects" -> projects();
            case "regions" -> regions();
            case "zones" -> perZone(collection, this::zone);
            case "machineTypes" -> sold(perZone(collection, this::machineTypes));
            case "acceleratorTypes" -> ending(perZone(collection, this::acceleratorTypes));
            case "diskTypes" -> perZone(collection, this::diskTypes);
            default -> Map.of();
        };
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String path = ComputeCollections.path(method, request);
        return switch (method.getName()) {
            case "Get" ->
                Optional.of(Optional.ofNullable(all.get(path))
                        .orElseThrow(() -> GcpError.notFound("The resource '" + path + "' was not found")));
            case "List" -> {
                Map<String, Message> rows = new LinkedHashMap<>(all);
                rows.keySet().removeIf(p -> !p.substring(0, p.lastIndexOf('/')).equals(path));
                if (rows.isEmpty()) {
                    throw GcpError.invalid(
                            "Invalid value for field 'zone': '" + ResourceNames.scope(path) + "'. Unknown zone.");
                }
                yield Optional.of(ComputeLists.list(method, request, rows, project.pageSize()));
            }
            case "AggregatedList" -> Optional.of(ComputeLists.aggregated(method, request, all, project.pageSize()));
            default -> Optional.empty();
        };
    }

    private Map<String, Message> sold(Map<String, Message> machineTypes) {
        Map<String, Message> sold = new LinkedHashMap<>(machineTypes);
        sold.keySet().removeIf(path -> !project.isSold(ResourceNames.last(path)));
        return ending(sold);
    }

    /** Says of types that end from when on, and what to use instead. */
    private Map<String, Message> ending(Map<String, Message> types) {
        Map<String, Message> told = new LinkedHashMap<>(types);
        told.replaceAll((path, type) -> project.endingOf(ResourceNames.last(path))
                .map(ending -> DeprecationStatus.newBuilder()
                        .setState(project.isObsolete(ResourceNames.last(path)) ? "OBSOLETE" : "DEPRECATED")
                        .setObsolete(ending.obsolete() + "T00:00:00.000-08:00")
                        .setReplacement(ComputeResources.url(
                                path.substring(0, path.lastIndexOf('/') + 1) + ending.replacement()))
                        .build())
                .<Message>map(status -> type.toBuilder()
                        .setField(type.getDescriptorForType().findFieldByName("deprecated"), status)
                        .build())
                .orElse(type));
        return told;
    }

    private interface Rows {
        void add(String zonePath, String zone, Map<String, Message> rows);
    }

    private Map<String, Message> perZone(String collection, Rows source) {
        return perZone.computeIfAbsent(collection, key -> read(source));
    }

    private Map<String, Message> read(Rows source) {
        Map<String, Message> rows = new LinkedHashMap<>();
        Locations.regions().stream()
                .flatMap(region -> Locations.zones(region).stream())
                .forEach(zone -> source.add(project.path("zones/" + zone), zone, rows));
        return rows;
    }

    private Map<String, Message> projects() {
        String path = project.path("").replaceFirst("/$", "");
        return Map.of(
                path,
                Project.newBuilder()
                        .setName(project.id())
                        .setKind("compute#project")
                        .setSelfLink(ComputeResources.url(path))
                        .addAllQuotas(GcpQuotas.ofProject(project, usage::used))
                        .build());
    }

    private Map<String, Message> regions() {
        Map<String, Message> rows = new LinkedHashMap<>();
        for (String name : Locations.regions()) {
            String path = project.path("regions/" + name);
            Region.Builder region = Region.newBuilder()
                    .setName(name)
                    .setKind("compute#region")
                    .setStatus("UP")
                    .setSelfLink(ComputeResources.url(path))
                    .addAllQuotas(GcpQuotas.ofRegion(project, metric -> usage.used(name, metric)));
            Locations.zones(name).forEach(zone -> region.addZones(ComputeResources.url(project.path("zones/" + zone))));
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
                        .setRegion(ComputeResources.url(project.path("regions/" + Locations.regionOf(zone))))
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
                    if (facts.localSsds() > 0) {
                        type.setBundledLocalSsds(BundledLocalSsds.newBuilder()
                                .setDefaultInterface("NVME")
                                .setPartitionCount(facts.localSsds()));
                    }
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
                .filter(gpu -> gpu.isSoldIn(zone))
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
