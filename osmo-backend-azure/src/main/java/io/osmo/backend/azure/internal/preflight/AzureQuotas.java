// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.OsDisk;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.catalog.Usages;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Survey;
import io.osmo.backend.spi.provider.quota.Candidates;
import io.osmo.backend.spi.provider.quota.MachineNeed;
import io.osmo.backend.spi.provider.quota.Quota;
import io.osmo.backend.spi.provider.quota.QuotaBook;
import io.osmo.backend.spi.provider.quota.QuotaSource;
import io.osmo.backend.spi.provider.quota.SoldMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Azure counts vCPUs, by family, of the whole region, and of spot machines apart; and objects of the network. */
final class AzureQuotas implements QuotaSource<AzureContext, QuotaBook> {
    private static final String ASK_AT = "Quotas in the Azure portal (aka.ms/quotas)";
    private static final Set<String> NETWORK = Set.of(Usages.NETWORKS, Usages.ADDRESSES);

    @Override
    public CompletableFuture<QuotaBook> read(AzureContext context) {
        CompletableFuture<Fact<Usages>> compute = Facts.of(Usages.compute(context));
        CompletableFuture<Fact<Usages>> network = Facts.of(Usages.network(context));
        return compute.thenCombine(
                network,
                (vcpus, objects) -> code -> quota(context.region(), code, NETWORK.contains(code) ? objects : vcpus));
    }

    private static Quota quota(String region, String code, Fact<Usages> usages) {
        Fact<Usages.Usage> usage = usages.flatMap(all -> all.of(code)
                .<Fact<Usages.Usage>>map(Fact::of)
                .orElseGet(() -> Fact.unknown("Azure lists no such quota for the region")));
        return new Quota(
                code, what(code), region, usage.map(Usages.Usage::limit), usage.map(Usages.Usage::used), ASK_AT);
    }

    private static String what(String code) {
        return switch (code) {
            case Usages.TOTAL -> "vCPUs of all families";
            case Usages.SPOT -> "vCPUs of spot machines";
            case Usages.DISKS -> "premium managed disks";
            case Usages.NETWORKS -> "virtual networks";
            case Usages.ADDRESSES -> "public IP addresses";
            default -> "vCPUs of one machine family";
        };
    }

    @Override
    public List<MachineNeed> machines(Survey<AzureContext> survey, Inventory inventory, QuotaBook book) {
        return inventory
                .attachment(Offers.class)
                .map(offers -> machines(survey, inventory, offers, book))
                .orElse(List.of());
    }

    private static List<MachineNeed> machines(
            Survey<AzureContext> survey, Inventory inventory, Offers offers, QuotaBook book) {
        List<MachineNeed> needs = new ArrayList<>();
        for (PoolConcern.Machines pool : PoolConcern.machines(survey.context(), survey.spec(), inventory)) {
            if (survey.changes(pool.id())) {
                long growth = Math.max(0, pool.scale().max() - pool.nodes());
                long surge = survey.rolls(pool.id()) ? pool.surge() : 0;
                offers.size(pool.size())
                        .ifPresent(size -> needs.add(new MachineNeed(
                                pool.name(),
                                sold(size),
                                growth + surge,
                                pool.spot(),
                                disks(size, pool.osDisk(), book),
                                Map.of())));
            }
        }
        return needs;
    }

    /** A node takes a premium disk unless its OS disk is on the host. Not every region names the quota alike. */
    private static Map<String, Long> disks(VmSize size, OsDisk disk, QuotaBook book) {
        boolean counted = size.premiumDisks() && disk != OsDisk.EPHEMERAL;
        return counted && book.of(Usages.DISKS).limit().known().isPresent() ? Map.of(Usages.DISKS, 1L) : Map.of();
    }

    private static SoldMachine sold(VmSize size) {
        return new SoldMachine(
                size.name(),
                size.gpu(),
                size.gpus(),
                size.vcpus(),
                size.memoryMib(),
                size.zones().stream().sorted().toList(),
                draws(size, false),
                draws(size, true));
    }

    private static Map<String, Long> draws(VmSize size, boolean spot) {
        return size.quotas(spot).stream().collect(Collectors.toMap(quota -> quota, quota -> (long) size.vcpus()));
    }

    @Override
    public Map<String, Long> objects(ResourceId created, Survey<AzureContext> survey) {
        return switch (created.kind()) {
            case "virtual-network" -> Map.of(Usages.NETWORKS, 1L);
            case "public-ip" -> Map.of(Usages.ADDRESSES, 1L);
            default -> Map.of();
        };
    }

    @Override
    public Optional<SoldMachine> sold(NodePool pool, Inventory inventory, QuotaBook book) {
        return inventory
                .attachment(Offers.class)
                .flatMap(offers -> offers.size(PoolTypes.of(pool)))
                .map(AzureQuotas::sold);
    }

    /** Sizes of the same processor architecture: images of workflows are built for one. */
    @Override
    public CompletableFuture<Candidates> candidates(
            AzureContext context, Inventory inventory, SoldMachine wanted, QuotaBook book) {
        Optional<Offers> offers = inventory.attachment(Offers.class);
        String architecture = offers.flatMap(all -> all.size(wanted.type()))
                .map(VmSize::architecture)
                .orElse("");
        return CompletableFuture.completedFuture(new Candidates(
                offers.stream()
                        .flatMap(all -> all.sizes().values().stream())
                        .filter(size -> size.restriction().isEmpty()
                                && size.premiumDisks()
                                && size.architecture().equals(architecture))
                        .map(AzureQuotas::sold)
                        .toList(),
                inventory));
    }
}
