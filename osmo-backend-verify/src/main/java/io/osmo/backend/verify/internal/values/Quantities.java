// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/** Kubernetes quantities, such as {@code 3920m} and {@code 16074012Ki}, as numbers. */
public final class Quantities {
    private static final ParseCache<OptionalLong> MILLIS = new ParseCache<>(text -> number(text, new BigDecimal(1000)));
    private static final ParseCache<OptionalLong> AMOUNTS = new ParseCache<>(text -> number(text, BigDecimal.ONE));

    private static final int LONGEST = 64;
    private static final int MOST_DIGITS = 100;

    private Quantities() {}

    /** CPU in thousandths, rounded up as Kubernetes does; empty when the text is not a quantity. */
    public static OptionalLong millis(String quantity) {
        return MILLIS.of(quantity);
    }

    /** Bytes, or a plain number such as GPUs, rounded up; empty when the text is not a quantity. */
    public static OptionalLong amount(String quantity) {
        return AMOUNTS.of(quantity);
    }

    private static OptionalLong number(String quantity, BigDecimal factor) {
        if (quantity.isBlank() || quantity.length() > LONGEST) {
            return OptionalLong.empty();
        }
        try {
            BigDecimal amount = Quantity.getAmountInBytes(Quantity.parse(quantity.trim()));
            // To write out 1e999999999 takes a gigabyte.
            if (Math.abs((long) amount.precision() - amount.scale()) > MOST_DIGITS || amount.scale() > MOST_DIGITS) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(
                    amount.multiply(factor).setScale(0, RoundingMode.CEILING).longValueExact());
        } catch (IllegalArgumentException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** Bytes for display, in GiB with one decimal. */
    public static String gib(long bytes) {
        return BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1L << 30), 1, RoundingMode.HALF_UP) + " GiB";
    }
}
