// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** An estimate for people. */
final class CostText {
    private static final int CENTS = 2;
    private static final int MOST_DIGITS = 5;

    /** Sums below this are shown with one more digit. */
    private static final BigDecimal SMALL = new BigDecimal("0.1");

    private final CostEstimate cost;

    CostText(CostEstimate cost) {
        this.cost = cost;
    }

    String summary() {
        if (!cost.known()) {
            return "not known";
        }
        String atLeast = cost.complete() ? "" : "at least ";
        return atLeast + total(cost.hourlyMinimum(), cost.hourlyMaximum()) + " an hour (" + cost.source()
                + cost.readAt()
                        .map(at -> ", read on " + LocalDate.ofInstant(at, ZoneOffset.UTC))
                        .orElse("")
                + ")";
    }

    List<String> details() {
        List<String> details = new ArrayList<>();
        int items = width(line -> line.item().length());
        int amounts = width(line -> amount(line).length());
        for (CostLine line : cost.lines()) {
            String text = String.format(
                    Locale.ROOT,
                    "%-" + Math.max(1, items) + "s  %-" + Math.max(1, amounts) + "s  %s",
                    line.item(),
                    amount(line),
                    total(line.minimum(), line.maximum()));
            details.add(line.note().isEmpty() ? text : text + " (" + line.note() + ")");
        }
        cost.missing().forEach(each -> details.add("Not included: " + each));
        return details;
    }

    private int width(ToIntFunction<CostLine> column) {
        return cost.lines().stream().mapToInt(column).max().orElse(0);
    }

    private String amount(CostLine line) {
        String count = line.least() == line.most() ? "" + line.least() : line.least() + " to " + line.most();
        return count + " " + (line.most() == 1 ? line.unit() : plural(line.unit())) + " at "
                + range(line.lowestPrice(), line.highestPrice(), this::price);
    }

    private static String plural(String unit) {
        return unit.contains(" of ") ? unit : unit + (unit.endsWith("s") ? "es" : "s");
    }

    private String total(BigDecimal least, BigDecimal most) {
        return range(least, most, amount -> money(amount, amount.compareTo(SMALL) < 0 ? 3 : CENTS));
    }

    private static String range(BigDecimal least, BigDecimal most, Function<BigDecimal, String> text) {
        return least.compareTo(most) == 0 ? text.apply(least) : text.apply(least) + " to " + text.apply(most);
    }

    /** Of one: with all digits that matter. */
    private String price(BigDecimal amount) {
        return money(amount, MOST_DIGITS);
    }

    /** With two digits after the point, or as many as there are up to a number of digits. */
    private String money(BigDecimal amount, int digits) {
        BigDecimal rounded = amount.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
        String text = rounded.setScale(Math.max(CENTS, rounded.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
        String currency = cost.currency().orElseThrow();
        return currency.equals("USD") ? "$" + text : text + " " + currency;
    }
}
