// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cost;

import io.osmo.backend.aws.SupportType;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.client.PriceRegion;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Needs;
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

/** What AWS bills by the hour: the control plane, nodes and their disks, and the network. Prices are those on demand. */
public final class AwsPrices implements PriceSource<AwsContext> {
    public static final AwsPrices INSTANCE = new AwsPrices();

    /** What its calls need. */
    public static final Needs NEEDS = PriceList.NEEDS;

    /** The endpoint of S3, which is free. */
    private static final ResourceId GATEWAY = ResourceId.of("vpc-endpoint", "s3");

    private AwsPrices() {}

    @Override
    public String name() {
        return "AWS Price List";
    }

    @Override
    public Optional<String> unavailable(AwsContext context) {
        return PriceRegion.of(context.region()).isPresent()
                ? Optional.empty()
                : Optional.of("the partition of " + context.region() + " has no Price List");
    }

    @Override
    public Set<String> codes(AwsContext context, BackendSpec spec) {
        Set<String> codes = new TreeSet<>();
        Stream.of(ListPrice.CLUSTER, ListPrice.DISK).forEach(price -> codes.add(price.code()));
        if (spec.network().existingId().isEmpty()) {
            Stream.of(ListPrice.NAT_GATEWAY, ListPrice.ADDRESS).forEach(price -> codes.add(price.code()));
        }
        if (spec.network().privateServiceEndpoints()) {
            codes.add(ListPrice.ENDPOINT.code());
        }
        spec.pools().stream().flatMap(pool -> types(pool).stream()).forEach(type -> codes.add(machine(type)));
        return codes;
    }

    private static List<String> types(NodePool pool) {
        return Billed.variants(pool).stream()
                .flatMap(variant -> PoolTypes.of(variant).stream())
                .distinct()
                .toList();
    }

    private static String machine(String type) {
        return ListPrice.machine(type).code();
    }

    @Override
    public CompletableFuture<PriceBook> read(AwsContext context, Set<String> codes) {
        return PriceList.read(context, codes);
    }

    @Override
    public List<Billed> billed(AwsContext context, BackendSpec spec, Inventory inventory, Set<ResourceId> wanted) {
        long zones = NetworkLayout.of(spec, inventory).zones().size();
        long endpoints = count(wanted, "vpc-endpoint") - (wanted.contains(GATEWAY) ? 1 : 0);
        List<Billed> billed = new ArrayList<>(List.of(
                new Billed(
                        "control plane",
                        "cluster",
                        1,
                        1,
                        List.of(article("an EKS cluster", ListPrice.CLUSTER)),
                        context.settings().supportType() == SupportType.EXTENDED
                                ? "more while its version is in extended support"
                                : ""),
                Billed.of(
                        "network",
                        "NAT gateway",
                        count(wanted, "nat-gateway"),
                        article("a NAT gateway", ListPrice.NAT_GATEWAY)),
                Billed.of(
                        "network",
                        "public address",
                        count(wanted, "elastic-ip"),
                        article("a public IPv4 address", ListPrice.ADDRESS)),
                Billed.of(
                        "network",
                        "endpoint interface",
                        endpoints * zones,
                        article("an interface endpoint", ListPrice.ENDPOINT))));
        for (NodePool pool : spec.pools()) {
            billed.add(nodes(context, pool));
            billed.add(Billed.disks(pool, article("a GB of gp3", ListPrice.DISK)));
        }
        return billed;
    }

    private static Billed nodes(AwsContext context, NodePool pool) {
        Billed nodes = Billed.nodes(
                pool,
                types(pool).stream()
                        .map(type -> Article.of(type, machine(type)))
                        .toList(),
                "price on demand, spot is cheaper");
        return context.settings().pool(pool.name()).capacityBlock()
                ? new Billed(
                        nodes.item(),
                        nodes.unit(),
                        nodes.least(),
                        nodes.most(),
                        List.of(),
                        "its capacity block is paid in advance")
                : nodes;
    }

    private static Article article(String name, ListPrice price) {
        return Article.of(name, price.code());
    }

    private static long count(Set<ResourceId> wanted, String kind) {
        return wanted.stream().filter(id -> id.kind().equals(kind)).count();
    }
}
