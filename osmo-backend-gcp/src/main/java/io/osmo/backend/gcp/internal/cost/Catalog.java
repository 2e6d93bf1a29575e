// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.cost.PriceBook;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Reads the public prices of Google Cloud. The catalog has no filter but the service, so that all SKUs of three services are read, page
 * by page, and those of other regions are dropped at once. Needs no permission, but the project must have the Cloud Billing API enabled.
 *
 * @see <a href="https://cloud.google.com/billing/v1/how-tos/catalog-api">Cloud Billing Catalog API</a>
 */
final class Catalog {
    /** The most that the service gives at once. */
    private static final int PAGE = 5000;

    private static final int MOST_PAGES = 50;
    private static final String FIELDS = "nextPageToken,skus(description,category/usageType,serviceRegions,"
            + "pricingInfo/pricingExpression(usageUnit,tieredRates))";

    private Catalog() {}

    static CompletableFuture<PriceBook> read(GcpContext context, Set<String> codes) {
        return Futures.flat(Stream.of(Rate.Service.values())
                        .map(service -> context.async("cloudbilling.services.skus.list", () -> skus(context, service)))
                        .toList())
                .thenApply(skus -> book(
                        skus.stream().filter(sku -> codes.contains(sku.code())).toList()));
    }

    private static List<Sku> skus(GcpContext context, Rate.Service service) {
        String path = "/v1/services/" + service.id() + "/skus?currencyCode=USD&pageSize=" + PAGE + "&fields="
                + URLEncoder.encode(FIELDS, StandardCharsets.UTF_8);
        List<Sku> skus = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            JsonNode page = context.rest().get(GcpService.BILLING, path + after(token));
            page.path("skus")
                    .forEach(entry -> Sku.of(service, context.region(), entry).ifPresent(skus::add));
            token = page.path("nextPageToken").asText("");
            pages++;
        } while (!token.isEmpty() && pages < MOST_PAGES);
        return skus;
    }

    private static String after(String token) {
        return token.isEmpty() ? "" : "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    /** Leaves out rates with several prices, because it is not known which one applies. */
    private static PriceBook book(List<Sku> skus) {
        Map<String, Set<BigDecimal>> found = new HashMap<>();
        skus.forEach(sku ->
                found.computeIfAbsent(sku.code(), each -> new TreeSet<>()).add(sku.price()));
        Map<String, BigDecimal> prices = new HashMap<>();
        found.forEach((code, values) -> {
            if (values.size() == 1) {
                prices.put(code, values.iterator().next());
            }
        });
        return new PriceBook(skus.stream().map(Sku::currency).findFirst().orElse("USD"), prices);
    }
}
