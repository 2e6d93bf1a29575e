// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cost;

import java.math.BigDecimal;

/**
 * One item that is billed by the hour. Amounts are in the {@linkplain CostEstimate#currency() currency} of the estimate. Trailing zeros
 * of amounts do not affect equality.
 *
 * @param item name of the item, such as {@code pool gpu}
 * @param unit what is counted, such as {@code node} or {@code GB of disk}
 * @param least how many there are at minimum scale
 * @param most how many there are at maximum scale
 * @param lowestPrice price of one unit per hour, for the cheapest alternative
 * @param highestPrice price of one unit per hour, for the most expensive alternative
 * @param note a remark about the price, such as that a spot price varies; often empty
 */
public record CostLine(
        String item, String unit, long least, long most, BigDecimal lowestPrice, BigDecimal highestPrice, String note) {
    public CostLine {
        lowestPrice = lowestPrice.stripTrailingZeros();
        highestPrice = highestPrice.stripTrailingZeros();
    }

    /** The cost per hour at minimum scale and the lowest price. */
    public BigDecimal minimum() {
        return lowestPrice.multiply(BigDecimal.valueOf(least));
    }

    /** The cost per hour at maximum scale and the highest price. */
    public BigDecimal maximum() {
        return highestPrice.multiply(BigDecimal.valueOf(most));
    }
}
