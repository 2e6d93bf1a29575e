// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.PublicApi;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.cost.PriceBook;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Reads Azure's retail prices: one query for all VM sizes, and one for all other meters. Anyone may read them.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices">Azure Retail Prices</a>
 */
final class RetailPrices {
    private static final String ADDRESS = "https://prices.azure.com/api/retail/prices";
    private static final String VERSION = "2023-01-01-preview";
    private static final String OPERATION = "GET prices.azure.com/api/retail/prices";

    /** VM sizes per query; the length of a URL is limited. */
    private static final int SIZES = 15;

    private RetailPrices() {}

    static CompletableFuture<PriceBook> read(AzureContext context, Set<String> codes) {
        List<String> sizes = codes.stream()
                .flatMap(code -> Meter.size(code).stream())
                .distinct()
                .sorted()
                .toList();
        List<Meter> meters =
                codes.stream().flatMap(code -> Meter.of(code).stream()).sorted().toList();
        List<CompletableFuture<List<JsonNode>>> queries = new ArrayList<>();
        for (int from = 0; from < sizes.size(); from += SIZES) {
            queries.add(query(
                    context,
                    "serviceName eq 'Virtual Machines' and armRegionName eq '" + context.region() + "' and ("
                            + any("armSkuName", sizes.subList(from, Math.min(sizes.size(), from + SIZES)))
                            + ")"));
        }
        meters.forEach(meter -> queries.add(query(context, meter.filter(context.region()))));
        return Futures.flat(queries).thenApply(RetailPrices::book);
    }

    private static String any(String field, List<String> values) {
        return values.stream().map(value -> field + " eq '" + value + "'").collect(Collectors.joining(" or "));
    }

    private static CompletableFuture<List<JsonNode>> query(AzureContext context, String filter) {
        String query = "?api-version=" + VERSION + "&$filter="
                + URLEncoder.encode(filter + " and priceType eq 'Consumption'", StandardCharsets.UTF_8);
        return context.async(() -> new PublicApi(context.clients()).items(OPERATION, ADDRESS, query));
    }

    /** Leaves out codes with several prices, because it is not known which one applies. */
    static PriceBook book(List<JsonNode> items) {
        Map<String, Set<BigDecimal>> found = new HashMap<>();
        Set<String> currencies = new HashSet<>();
        for (JsonNode item : items) {
            Optional<String> code = Meter.code(item);
            Optional<BigDecimal> price = hourly(item);
            if (code.isPresent() && price.isPresent()) {
                found.computeIfAbsent(code.get(), each -> new TreeSet<>()).add(price.get());
                currencies.add(item.path("currencyCode").asText("USD"));
            }
        }
        Map<String, BigDecimal> prices = new HashMap<>();
        found.forEach((code, values) -> {
            if (values.size() == 1) {
                prices.put(code, values.iterator().next());
            }
        });
        return new PriceBook(currencies.stream().findFirst().orElse("USD"), prices);
    }

    private static Optional<BigDecimal> hourly(JsonNode item) {
        JsonNode retail = item.path("retailPrice");
        // A number that is too large for a double is infinite, which no decimal is.
        BigDecimal price = Double.isFinite(retail.doubleValue()) ? retail.decimalValue() : BigDecimal.ZERO;
        if (price.signum() <= 0 || item.path("tierMinimumUnits").asDouble(0) > 0) {
            return Optional.empty();
        }
        return switch (item.path("unitOfMeasure").asText()) {
            case "1 Hour" -> Optional.of(price);
            case "1/Month", "1 Month" -> Optional.of(PriceBook.hourOf(price));
            default -> Optional.empty();
        };
    }
}
