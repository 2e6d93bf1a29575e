// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cost;

import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.OsDisk;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.pool.OsDisks;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.cost.Article;
import io.osmo.backend.spi.provider.cost.Billed;
import io.osmo.backend.spi.provider.cost.PriceBook;
import io.osmo.backend.spi.provider.cost.PriceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What Azure bills by the hour: the control plane, nodes and their disks, and the network. */
public final class AzurePrices implements PriceSource<AzureContext> {
    public static final AzurePrices INSTANCE = new AzurePrices();

    private static final String EPHEMERAL = "free if AKS makes it ephemeral, which is not documented for this size";

    private AzurePrices() {}

    @Override
    public String name() {
        return "Azure Retail Prices";
    }

    /** The service has the prices of the public cloud and of that for the US government. */
    @Override
    public Optional<String> unavailable(AzureContext context) {
        String endpoint = context.clients().environment().getResourceManagerEndpoint();
        return Stream.of(AzureEnvironment.AZURE, AzureEnvironment.AZURE_US_GOVERNMENT)
                        .anyMatch(cloud -> cloud.getResourceManagerEndpoint().equals(endpoint))
                ? Optional.empty()
                : Optional.of("the cloud at " + endpoint + " has no public list of prices");
    }

    @Override
    public Set<String> codes(AzureContext context, BackendSpec spec) {
        AksSettings settings = context.settings();
        Set<String> codes = new TreeSet<>(List.of(
                Meter.CONTROL_PLANE.code(),
                Meter.disk(SystemPool.DISK_GIB).code(),
                Meter.machine(settings.systemInstanceType(), false)));
        if (spec.network().existingId().isEmpty()) {
            codes.addAll(List.of(Meter.NAT_GATEWAY.code(), Meter.ADDRESS.code()));
        }
        for (NodePool pool : spec.pools()) {
            codes.add(Meter.disk(pool.diskGib()).code());
            machines(pool).forEach(machine -> codes.addAll(machine.parts().keySet()));
        }
        return codes;
    }

    private static List<Article> machines(NodePool pool) {
        return Billed.variants(pool).stream()
                .map(variant -> machine(PoolTypes.of(variant), variant.spot()))
                .distinct()
                .toList();
    }

    private static Article machine(String size, boolean spot) {
        return Article.of(spot ? size + " as spot machine" : size, Meter.machine(size, spot));
    }

    @Override
    public CompletableFuture<PriceBook> read(AzureContext context, Set<String> codes) {
        return RetailPrices.read(context, codes);
    }

    @Override
    public List<Billed> billed(AzureContext context, BackendSpec spec, Inventory inventory, Set<ResourceId> wanted) {
        List<Billed> billed = new ArrayList<>();
        controlPlane(AksCluster.tier(context.settings(), spec)).ifPresent(billed::add);
        billed.add(Billed.of(
                "network", "NAT gateway", count(wanted, "nat-gateway"), article("a NAT gateway", Meter.NAT_GATEWAY)));
        billed.add(Billed.of(
                "network",
                "public address",
                count(wanted, "public-ip"),
                article("a public IPv4 address", Meter.ADDRESS)));
        AksSettings settings = context.settings();
        pool(
                billed,
                new Billed(
                        "pool " + SystemPool.NAME,
                        "node",
                        settings.systemNodes(),
                        SystemPool.most(settings),
                        List.of(machine(settings.systemInstanceType(), false)),
                        ""),
                SystemPool.DISK_GIB,
                OsDisks.ofSystemPool(context, spec, inventory));
        spec.pools()
                .forEach(pool -> pool(
                        billed,
                        Billed.nodes(pool, machines(pool), "spot prices vary"),
                        pool.diskGib(),
                        OsDisks.of(context, spec, pool, inventory)));
        return billed;
    }

    private static Optional<Billed> controlPlane(Tier tier) {
        return switch (tier) {
            case FREE -> Optional.empty();
            case STANDARD ->
                Optional.of(Billed.of("control plane", "cluster", 1, article("an AKS cluster", Meter.CONTROL_PLANE)));
            case PREMIUM ->
                Optional.of(new Billed(
                        "control plane", "cluster", 1, 1, List.of(), "that of the Premium tier is not read"));
        };
    }

    /** An ephemeral OS disk is part of the machine. */
    private static void pool(List<Billed> billed, Billed nodes, int diskGib, OsDisk osDisk) {
        billed.add(nodes);
        if (osDisk != OsDisk.EPHEMERAL) {
            Meter disk = Meter.disk(diskGib);
            billed.add(new Billed(
                    nodes.item(),
                    "disk",
                    nodes.least(),
                    nodes.most(),
                    List.of(article(disk.name(), disk)),
                    osDisk == OsDisk.UNKNOWN ? EPHEMERAL : ""));
        }
    }

    private static Article article(String name, Meter meter) {
        return Article.of(name, meter.code());
    }

    private static long count(Set<ResourceId> wanted, String kind) {
        return wanted.stream().filter(id -> id.kind().equals(kind)).count();
    }
}
