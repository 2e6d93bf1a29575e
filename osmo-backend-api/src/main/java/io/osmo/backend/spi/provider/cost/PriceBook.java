// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

/**
 * Prices as a service gave them. Immutable.
 *
 * @param prices of one unit for an hour, by code; a code without a price is left out
 */
public record PriceBook(String currency, Map<String, BigDecimal> prices) {
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(730);

    public PriceBook {
        prices = Map.copyOf(prices);
    }

    public Optional<BigDecimal> price(String code) {
        return Optional.ofNullable(prices.get(code));
    }

    /** The hour of what is billed by the month: clouds count 730 hours. */
    public static BigDecimal hourOf(BigDecimal month) {
        return month.divide(HOURS_OF_A_MONTH, MathContext.DECIMAL64);
    }
}
