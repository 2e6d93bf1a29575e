// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cost;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.cost.PriceBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;

/**
 * Reads the Price List with its Query API: one query for all instance types, and one for each other product.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html">GetProducts</a>
 */
final class PriceList {
    /** What the calls below need. */
    static final Needs NEEDS = Needs.reading("pricing:GetProducts");

    private static final int PAGE = 100;

    /** Instance types in one filter, which takes 1,024 characters. */
    private static final int TYPES = 40;

    private PriceList() {}

    static CompletableFuture<PriceBook> read(AwsContext context, Set<String> codes) {
        List<ListPrice> wanted = codes.stream().sorted().map(ListPrice::of).toList();
        List<String> types = wanted.stream()
                .flatMap(price -> price.machine().stream())
                .sorted()
                .toList();
        List<CompletableFuture<List<Product>>> queries = new ArrayList<>();
        for (int from = 0; from < types.size(); from += TYPES) {
            queries.add(machines(context, types.subList(from, Math.min(types.size(), from + TYPES))));
        }
        wanted.stream()
                .filter(price -> price.machine().isEmpty())
                .forEach(price -> queries.add(
                        query(context, price.service(), filter(FilterType.CONTAINS, "usagetype", price.usage()))));
        return Futures.flat(queries).thenApply(products -> book(wanted, products));
    }

    private static CompletableFuture<List<Product>> machines(AwsContext context, List<String> types) {
        return query(
                context,
                "AmazonEC2",
                filter(FilterType.ANY_OF, "instanceType", String.join(",", types)),
                filter(FilterType.EQUALS, "operatingSystem", "Linux"),
                filter(FilterType.EQUALS, "tenancy", "Shared"),
                filter(FilterType.EQUALS, "preInstalledSw", "NA"),
                filter(FilterType.EQUALS, "capacitystatus", "Used"));
    }

    private static CompletableFuture<List<Product>> query(AwsContext context, String service, Filter... filters) {
        List<Filter> all = Stream.concat(
                        Stream.of(filter(FilterType.EQUALS, "regionCode", context.region())), Stream.of(filters))
                .toList();
        return context.async(
                "pricing:GetProducts",
                () -> context
                        .clients()
                        .pricing()
                        .getProductsPaginator(
                                r -> r.serviceCode(service).filters(all).maxResults(PAGE))
                        .priceList()
                        .stream()
                        .flatMap(entry -> Product.of(entry).stream())
                        .toList());
    }

    private static Filter filter(FilterType type, String field, String value) {
        return Filter.builder().type(type).field(field).value(value).build();
    }

    /** Leaves out products with several prices, because it is not known which one applies. */
    private static PriceBook book(List<ListPrice> wanted, Collection<Product> products) {
        Map<String, BigDecimal> prices = new HashMap<>();
        Set<String> currencies = new HashSet<>();
        for (ListPrice price : wanted) {
            List<Product> found = products.stream()
                    .filter(product -> price.matches(product.usageType()))
                    .distinct()
                    .toList();
            if (found.size() == 1) {
                prices.put(price.code(), found.get(0).price());
                currencies.add(found.get(0).currency());
            }
        }
        return new PriceBook(currencies.stream().findFirst().orElse("USD"), prices);
    }
}
