// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that a cloud bills, such as a machine type.
 *
 * @param name display name
 * @param parts for each code of the {@link PriceBook}, how many of its units one article consists of. Some clouds have a price per
 *     machine type, which is a single part; others bill CPUs, memory and GPUs separately. Empty if the parts are not known
 */
public record Article(String name, Map<String, BigDecimal> parts) {
    public Article {
        parts = Map.copyOf(parts);
    }

    /** An article that has its own price. */
    public static Article of(String name, String code) {
        return new Article(name, Map.of(code, BigDecimal.ONE));
    }

    /** The price of one article per hour, in the currency of the price book; empty if the price of a part is missing. */
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
