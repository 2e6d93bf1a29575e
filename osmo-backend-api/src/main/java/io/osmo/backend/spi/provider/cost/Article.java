// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What one unit may be, such as a machine type of a pool.
 *
 * @param name for people
 * @param parts how much of each code of the price book makes one unit: a machine type has a price of its own on some clouds, and is
 *     billed by CPU, memory and GPU on others; empty when that is not known
 */
public record Article(String name, Map<String, BigDecimal> parts) {
    public Article {
        parts = Map.copyOf(parts);
    }

    /** With a price of its own. */
    public static Article of(String name, String code) {
        return new Article(name, Map.of(code, BigDecimal.ONE));
    }

    /** The price of one unit for an hour; empty when a part has none. */
    Optional<BigDecimal> price(PriceBook book) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> part : parts.entrySet()) {
            Optional<BigDecimal> price = book.price(part.getKey());
            if (price.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(price.get().multiply(part.getValue()));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(sum);
    }
}
