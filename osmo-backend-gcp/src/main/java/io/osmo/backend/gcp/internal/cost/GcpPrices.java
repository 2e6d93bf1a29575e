// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cost;

import io.osmo.backend.gcp.ClusterLocation;
import io.osmo.backend.gcp.PoolSettings;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.gcp.internal.network.CloudRouter;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/** What Google Cloud bills by the hour: the control plane, nodes and their disks, and Cloud NAT. */
public final class GcpPrices implements PriceSource<GcpContext> {
    public static final GcpPrices INSTANCE = new GcpPrices();

    /**
     * Cloud NAT bills for each machine that uses it, up to this many.
     *
     * @see <a href="https://cloud.google.com/nat/pricing">Cloud NAT pricing</a>
     */
    private static final int MOST_NAT_MACHINES = 32;

    private GcpPrices() {}

    @Override
    public String name() {
        return "Cloud Billing Catalog";
    }

    /** The catalog is always read as a whole, so all specs have the same codes. */
    @Override
    public Set<String> codes(GcpContext context, BackendSpec spec) {
        return new TreeSet<>(Rate.codes());
    }

    @Override
    public CompletableFuture<PriceBook> read(GcpContext context, Set<String> codes) {
        return Catalog.read(context, codes);
    }

    @Override
    public List<Billed> billed(GcpContext context, BackendSpec spec, Inventory inventory, Set<ResourceId> wanted) {
        Offers offers = inventory.attachment(Offers.class).orElseThrow();
        boolean regional = ClusterConcern.placement(spec, inventory).kind() == ClusterLocation.REGIONAL;
        List<Billed> billed = new ArrayList<>();
        billed.add(Billed.of(
                "control plane",
                "cluster",
                1,
                Article.of("a GKE cluster", regional ? Rate.REGIONAL_CLUSTER : Rate.ZONAL_CLUSTER)));
        if (wanted.contains(CloudRouter.ID)) {
            nat(billed, spec);
        }
        for (NodePool pool : spec.pools()) {
            PoolSettings settings = context.settings().pool(pool.name());
            billed.add(nodes(offers, pool, settings));
            String disk =
                    settings.diskType().orElseGet(() -> offers.shapeOf(pool).diskType());
            billed.add(Billed.disks(pool, Article.of("a GB of " + disk, Rate.disk(disk))));
        }
        return billed;
    }

    private static void nat(List<Billed> billed, BackendSpec spec) {
        billed.add(new Billed(
                "network",
                "node",
                natMachines(spec, pool -> pool.scale().min()),
                natMachines(spec, pool -> pool.scale().max()),
                List.of(Article.of("a node behind Cloud NAT", Rate.NAT_MACHINE)),
                "behind Cloud NAT, which bills 32 at most"));
        billed.add(new Billed(
                "network",
                "NAT address",
                1,
                1,
                List.of(Article.of("an address of Cloud NAT", Rate.NAT_ADDRESS)),
                "more when nodes need more ports"));
    }

    private static long natMachines(BackendSpec spec, ToIntFunction<NodePool> nodes) {
        return Math.min(MOST_NAT_MACHINES, spec.pools().stream().mapToInt(nodes).sum());
    }

    private static Billed nodes(Offers offers, NodePool pool, PoolSettings settings) {
        List<Article> articles = Billed.variants(pool).stream()
                .flatMap(variant ->
                        MachineShape.typesOf(variant).stream().map(type -> MachineParts.article(offers, variant, type)))
                .distinct()
                .toList();
        Billed nodes = Billed.nodes(pool, articles, "spot prices vary");
        return settings.flexStart()
                ? new Billed(
                        nodes.item(),
                        nodes.unit(),
                        nodes.least(),
                        nodes.most(),
                        List.of(),
                        "flex-start has prices of its own")
                : nodes;
    }
}
