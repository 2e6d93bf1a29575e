// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cost;

import io.osmo.backend.spec.BackendRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the backend in a spec costs per hour, by the list prices of the cloud's own price service: with all pools at their minimum, and at
 * their maximum. Discounts, taxes, traffic, logs and backup storage are not included. Prices are never guessed: {@linkplain #missing()
 * missing} ones are listed, and the sums are then lower bounds. Immutable.
 *
 * @param currency currency of the prices, such as {@code USD}; empty if no price is known
 * @param source the price service
 * @param readAt when the prices were read; empty if they were not
 * @param lines what is billed and has a known price
 * @param missing what is billed and has no known price, with the reason, one sentence each
 */
public record CostEstimate(
        BackendRef ref,
        Optional<String> currency,
        String source,
        Optional<Instant> readAt,
        List<CostLine> lines,
        List<String> missing) {
    public CostEstimate {
        lines = List.copyOf(lines);
        missing = List.copyOf(missing);
    }

    /** The estimate when no price is known. */
    public static CostEstimate unknown(BackendRef ref, String source, String reason) {
        return new CostEstimate(ref, Optional.empty(), source, Optional.empty(), List.of(), List.of(reason));
    }

    /**
     * Reads the output of {@link #toJson()}.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static CostEstimate fromJson(String text) {
        return CostJson.read(text);
    }

    /** The sum of all lines per hour at minimum scale, in the {@link #currency()}. */
    public BigDecimal hourlyMinimum() {
        return sum(CostLine::minimum);
    }

    /** The sum of all lines per hour at maximum scale, in the {@link #currency()}. */
    public BigDecimal hourlyMaximum() {
        return sum(CostLine::maximum);
    }

    private BigDecimal sum(Function<CostLine, BigDecimal> part) {
        return lines.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Whether any price is known. */
    public boolean known() {
        return !lines.isEmpty();
    }

    /** Whether everything that is billed by the hour has a price. */
    public boolean complete() {
        return known() && missing.isEmpty();
    }

    /** The sums in one line, such as {@code $0.48 to $394.12 an hour (AWS Price List, read on 2026-11-29)}. */
    public String summary() {
        return new CostText(this).summary();
    }

    /** One line for each thing that is billed, and for each that has no price. */
    public List<String> details() {
        return new CostText(this).details();
    }

    /** The estimate for programs; amounts are decimal numbers as text. */
    public String toJson() {
        return CostJson.write(this);
    }

    /** The estimate for people. */
    @Override
    public String toString() {
        return "Cost of " + ref + ": " + summary() + "\n"
                + String.join(
                        "", details().stream().map(line -> "  " + line + "\n").toList());
    }
}
