// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prices as a service gave them. Immutable.
 *
 * @param prices of one unit for an hour, by code; a code without a price is left out, and so is one whose price cannot be
 */
public record PriceBook(String currency, Map<String, BigDecimal> prices) {
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(730);

    /** Digits before the point, and after it: no service has had a price of such a size, and to write out larger ones fills the memory. */
    private static final int MOST_DIGITS = 9;

    private static final int MOST_DECIMALS = 40;

    public PriceBook {
        Map<String, BigDecimal> possible = new HashMap<>(prices);
        possible.values().removeIf(price -> !isPossible(price));
        prices = Map.copyOf(possible);
    }

    private static boolean isPossible(BigDecimal price) {
        return (long) price.precision() - price.scale() <= MOST_DIGITS && price.scale() <= MOST_DECIMALS;
    }

    public Optional<BigDecimal> price(String code) {
        return Optional.ofNullable(prices.get(code));
    }

    /** The hour of what is billed by the month: clouds count 730 hours. */
    public static BigDecimal hourOf(BigDecimal month) {
        return month.divide(HOURS_OF_A_MONTH, MathContext.DECIMAL64);
    }
}
