// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cost;

import java.math.BigDecimal;

/**
 * One thing that is billed by the hour. Amounts are in the {@linkplain CostEstimate#currency() currency} of the estimate. Equal if the
 * amounts are, with however many decimals.
 *
 * @param item what it is, such as {@code pool gpu}
 * @param unit what is counted, such as {@code node} or {@code GB of disk}
 * @param least how many there are at minimum scale
 * @param most how many there are at maximum scale
 * @param lowestPrice of one for an hour: of the cheapest alternative
 * @param highestPrice of one for an hour: of the most expensive alternative
 * @param note what else to know of the price, such as that a spot price varies; often empty
 */
public record CostLine(
        String item, String unit, long least, long most, BigDecimal lowestPrice, BigDecimal highestPrice, String note) {
    public CostLine {
        lowestPrice = lowestPrice.stripTrailingZeros();
        highestPrice = highestPrice.stripTrailingZeros();
    }

    /** All of them for an hour, at minimum scale and the lowest price. */
    public BigDecimal minimum() {
        return lowestPrice.multiply(BigDecimal.valueOf(least));
    }

    /** All of them for an hour, at maximum scale and the highest price. */
    public BigDecimal maximum() {
        return highestPrice.multiply(BigDecimal.valueOf(most));
    }
}
