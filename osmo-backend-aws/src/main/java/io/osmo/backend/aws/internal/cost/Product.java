// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * A product of the Price List with its price on demand, for an hour.
 *
 * @see <a href="https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html">AWS
 *     Billing: reading a service price list</a>
 */
record Product(String usageType, String currency, BigDecimal price) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of one entry of an answer; empty if it has no such price, or is sold elsewhere than in the region itself. */
    static Optional<Product> of(String entry) {
        try {
            JsonNode json = JSON.readTree(entry);
            JsonNode attributes = json.path("product").path("attributes");
            return attributes.path("locationType").asText("AWS Region").equals("AWS Region")
                    ? price(
                            json.path("terms").path("OnDemand"),
                            attributes.path("usagetype").asText())
                    : Optional.empty();
        } catch (JsonProcessingException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Product> price(JsonNode terms, String usageType) {
        for (JsonNode term : terms) {
            for (JsonNode dimension : term.path("priceDimensions")) {
                Iterator<Map.Entry<String, JsonNode>> amounts =
                        dimension.path("pricePerUnit").fields();
                // Of prices that fall with the amount, the first.
                if (dimension.path("beginRange").asText("0").equals("0") && amounts.hasNext()) {
                    Map.Entry<String, JsonNode> amount = amounts.next();
                    return ListPrice.hourly(
                                    new BigDecimal(amount.getValue().asText()),
                                    dimension.path("unit").asText())
                            .filter(price -> price.signum() > 0)
                            .map(price -> new Product(usageType, amount.getKey(), price));
                }
            }
        }
        return Optional.empty();
    }
}
