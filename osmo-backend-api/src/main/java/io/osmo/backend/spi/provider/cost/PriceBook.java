// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prices read from a price service. Immutable.
 *
 * @param currency currency of all prices, such as {@code USD}
 * @param prices price of one unit per hour, by code. Codes without a price are absent. A price with more than 9 digits before the
 *     decimal point or more than 40 after it is removed as implausible
 */
public record PriceBook(String currency, Map<String, BigDecimal> prices) {
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(730);

    /** No real price has this many digits; formatting a number with a huge exponent, such as 1e999999999, would exhaust the memory. */
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

    /** The price of one unit per hour; empty if it is not known. */
    public Optional<BigDecimal> price(String code) {
        return Optional.ofNullable(prices.get(code));
    }

    /** Converts a price per month to a price per hour. The clouds' price calculators count 730 hours per month. */
    public static BigDecimal hourOf(BigDecimal month) {
        return month.divide(HOURS_OF_A_MONTH, MathContext.DECIMAL64);
    }
}
