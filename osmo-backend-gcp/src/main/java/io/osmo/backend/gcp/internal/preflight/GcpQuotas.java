// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.OffersReader;
import io.osmo.backend.gcp.internal.catalog.QuotaMetrics;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Survey;
import io.osmo.backend.spi.provider.quota.Candidates;
import io.osmo.backend.spi.provider.quota.MachineNeed;
import io.osmo.backend.spi.provider.quota.QuotaSource;
import io.osmo.backend.spi.provider.quota.SoldMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Google counts CPUs by family, GPUs by model and all together, preemptible ones apart, disks, and objects of the network. */
final class GcpQuotas implements QuotaSource<GcpContext, GcpQuotaBook> {
    @Override
    public CompletableFuture<GcpQuotaBook> read(GcpContext context) {
        CompletableFuture<Fact<Map<String, com.google.cloud.compute.v1.Quota>>> region =
                Facts.of(QuotaMetrics.read(context));
        CompletableFuture<Fact<JsonNode>> project = Facts.of(context.async(
                "compute.projects.get",
                () -> context.rest().get(GcpService.COMPUTE, "/compute/v1/projects/" + context.project())));
        return region.thenCombine(
                project,
                (ofRegion, ofProject) -> new GcpQuotaBook(
                        context.project(), context.region(), ofRegion, ofProject.map(GcpQuotas::byMetric)));
    }

    private static Map<String, JsonNode> byMetric(JsonNode project) {
        Map<String, JsonNode> quotas = new HashMap<>();
        project.path("quotas").forEach(quota -> quotas.put(quota.path("metric").asText(), quota));
        return quotas;
    }

    @Override
    public List<MachineNeed> machines(Survey<GcpContext> survey, Inventory inventory, GcpQuotaBook book) {
        return inventory
                .attachment(Offers.class)
                .map(offers -> machines(survey, inventory, offers, book))
                .orElse(List.of());
    }

    private static List<MachineNeed> machines(
            Survey<GcpContext> survey, Inventory inventory, Offers offers, GcpQuotaBook book) {
        List<MachineNeed> needs = new ArrayList<>();
        for (PoolConcern.Machines pool : PoolConcern.machines(survey.context(), survey.spec(), inventory, offers)) {
            Optional<Machine> machine = offers.machineOf(pool.shape());
            if (survey.changes(pool.id()) && machine.isPresent()) {
                int surge = survey.rolls(pool.id())
                        ? pool.wanted().getUpgradeSettings().getMaxSurge()
                        : 0;
                boolean other = pool.leaves().isPresent();
                long nodes = other
                        ? pool.pool().scale().max()
                        : Math.max(0, pool.pool().scale().max() - pool.nodes()) + surge;
                needs.add(new MachineNeed(
                        pool.pool().name(),
                        sold(pool.shape(), machine.get(), offers.zonesOf(pool.shape()), book),
                        nodes,
                        pool.pool().spot(),
                        disk(pool, book),
                        freed(pool, pool.nodes() - surge, book)));
            }
        }
        return needs;
    }

    /** GKE changes the machine type of a node pool in place, node by node: the nodes that are there give back what they take. */
    private static Map<String, Long> freed(PoolConcern.Machines pool, long nodes, GcpQuotaBook book) {
        Map<String, Long> freed = new HashMap<>();
        pool.leaves()
                .ifPresent(config -> QuotaMetrics.draws(config, book.ofRegion())
                        .forEach((metric, amount) -> freed.put(metric, amount * Math.max(0, nodes))));
        return freed;
    }

    private static Map<String, Long> disk(PoolConcern.Machines pool, GcpQuotaBook book) {
        return QuotaMetrics.disk(pool.wanted().getConfig().getDiskType())
                .filter(book.ofRegion()::containsKey)
                .map(metric -> Map.of(metric, (long) pool.wanted().getConfig().getDiskSizeGb()))
                .orElse(Map.of());
    }

    private static SoldMachine sold(MachineShape shape, Machine machine, List<String> zones, GcpQuotaBook book) {
        int gpus = shape.attached().isPresent() ? shape.count() : machine.gpus();
        return new SoldMachine(
                shape.machineType()
                        + shape.attached()
                                .map(type -> "+" + shape.count() + "x" + type)
                                .orElse(""),
                shape.attached().or(machine::accelerator).orElse(""),
                gpus,
                machine.vcpus(),
                machine.memoryMib(),
                zones,
                draws(shape, machine, gpus, false, book),
                draws(shape, machine, gpus, true, book));
    }

    private static Map<String, Long> draws(
            MachineShape shape, Machine machine, int gpus, boolean spot, GcpQuotaBook book) {
        Map<String, Long> draws = new HashMap<>(QuotaMetrics.draws(
                shape.machineType(),
                Optional.of(machine),
                shape.attached().map(type -> Map.of(type, (long) shape.count())).orElse(Map.of()),
                spot,
                book.ofRegion()));
        if (gpus > 0) {
            draws.put(GcpQuotaBook.ALL_GPUS, (long) gpus);
        }
        if (book.ofProject().containsKey(GcpQuotaBook.ALL_CPUS)) {
            draws.put(GcpQuotaBook.ALL_CPUS, (long) machine.vcpus());
        }
        return draws;
    }

    @Override
    public Map<String, Long> objects(ResourceId created, Survey<GcpContext> survey) {
        return switch (created.kind()) {
            case "network" -> Map.of("NETWORKS", 1L);
            case "subnetwork" -> Map.of("SUBNETWORKS", 1L);
            case "router" -> Map.of("ROUTERS", 1L);
            default -> Map.of();
        };
    }

    @Override
    public Optional<SoldMachine> sold(NodePool pool, Inventory inventory, GcpQuotaBook book) {
        return inventory.attachment(Offers.class).flatMap(offers -> {
            MachineShape shape = offers.shapeOf(pool);
            return offers.machineOf(shape).map(machine -> sold(shape, machine, offers.zonesOf(shape), book));
        });
    }

    /**
     * Types with the same accelerators are of one family; others of one size are of several, of which some take Hyperdisk only, on which
     * volumes of the default StorageClass cannot be. Accelerators that a spec attaches can be attached to the type that it names.
     */
    @Override
    public CompletableFuture<Candidates> candidates(
            GcpContext context, Inventory inventory, SoldMachine wanted, GcpQuotaBook book) {
        MachineShape shape = MachineShape.parse(wanted.type());
        Offers own = inventory.attachment(Offers.class).orElseThrow();
        if (shape.attached().isPresent()) {
            return CompletableFuture.completedFuture(new Candidates(List.of(), inventory));
        }
        String architecture = own.machineOf(shape).map(Machine::architecture).orElse("");
        CompletableFuture<Offers> others = wanted.gpus() > 0
                ? OffersReader.family(context, shape.family())
                : OffersReader.size(
                        context, shape.machineType().substring(shape.family().length() + 1));
        return others.thenApply(found -> {
            Offers all = own.and(found);
            return new Candidates(
                    found.machines().values().stream()
                            .filter(machine -> machine.architecture().equals(architecture)
                                    && MachineShape.parse(machine.name()).demandsHyperdisk()
                                            == shape.demandsHyperdisk())
                            .flatMap(machine -> sold(machine, all, book))
                            .toList(),
                    inventory.with(Offers.class, all));
        });
    }

    private static Stream<SoldMachine> sold(Machine machine, Offers offers, GcpQuotaBook book) {
        MachineShape shape = MachineShape.parse(machine.name());
        List<String> zones = offers.zonesOf(shape);
        return zones.isEmpty() ? Stream.empty() : Stream.of(sold(shape, machine, zones, book));
    }
}
