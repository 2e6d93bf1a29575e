// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.spi.provider.cost.PriceBook;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The price of a rate for an hour, as the catalog has it.
 *
 * @see <a href="https://cloud.google.com/billing/docs/reference/rest/v1/services.skus/list">Cloud Billing: services.skus.list</a>
 */
record Sku(String code, String currency, BigDecimal price) {
    /** Of an entry of the catalog; empty if it is sold elsewhere, is no known rate, or has no price for an hour. */
    static Optional<Sku> of(Rate.Service service, String region, JsonNode entry) {
        JsonNode pricing = entry.path("pricingInfo").path(0).path("pricingExpression");
        return isSold(region, entry)
                ? Rate.of(
                                service,
                                entry.path("category").path("usageType").asText(),
                                entry.path("description").asText())
                        .flatMap(rate -> of(rate, pricing))
                : Optional.empty();
    }

    private static boolean isSold(String region, JsonNode entry) {
        for (JsonNode sold : entry.path("serviceRegions")) {
            if (sold.asText().equals(region) || sold.asText().equals("global")) {
                return true;
            }
        }
        return false;
    }

    /** Of prices that change with the amount, the first that is not free. */
    private static Optional<Sku> of(Rate rate, JsonNode pricing) {
        for (JsonNode tier : pricing.path("tieredRates")) {
            JsonNode money = tier.path("unitPrice");
            BigDecimal price = BigDecimal.valueOf(money.path("units").asLong())
                    .add(BigDecimal.valueOf(money.path("nanos").asLong(), 9));
            if (price.signum() > 0) {
                return hourly(price, pricing.path("usageUnit").asText())
                        .map(hour ->
                                new Sku(rate.code(), money.path("currencyCode").asText("USD"), hour));
            }
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> hourly(BigDecimal price, String unit) {
        return switch (unit) {
            case "h", "GiBy.h" -> Optional.of(price.stripTrailingZeros());
            case "GiBy.mo" -> Optional.of(PriceBook.hourOf(price));
            default -> Optional.empty();
        };
    }
}
