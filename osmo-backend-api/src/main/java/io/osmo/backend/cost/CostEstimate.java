// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cost;

import io.osmo.backend.spec.BackendRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a backend costs an hour as its spec wants it, by the list prices of the cloud's own price service: while all pools are at their
 * minimum, and at their maximum. Discounts, taxes, traffic, logs and backup storage are not in it. A price that was not found is never
 * guessed: it is {@linkplain #missing() named}, and the sums are then lower bounds. Immutable.
 *
 * @param currency as the price service states its prices, such as {@code USD}; empty when nothing is known
 * @param source the price service
 * @param readAt when the prices were read; empty when they were not
 * @param lines what is billed and has a price
 * @param missing what is billed and has none here, with the reason, a sentence each
 */
public record CostEstimate(
        BackendRef ref,
        String currency,
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
        return new CostEstimate(ref, "", source, Optional.empty(), List.of(), List.of(reason));
    }

    /**
     * Reads what {@link #toJson()} has written.
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static CostEstimate fromJson(String text) {
        return CostJson.read(text);
    }

    /** For an hour at minimum scale, in the {@link #currency()}: the sum of what has a price. */
    public BigDecimal hourlyMinimum() {
        return sum(CostLine::minimum);
    }

    /** For an hour at maximum scale, in the {@link #currency()}: the sum of what has a price. */
    public BigDecimal hourlyMaximum() {
        return sum(CostLine::maximum);
    }

    private BigDecimal sum(Function<CostLine, BigDecimal> part) {
        return lines.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Whether any price is known. */
    public boolean isKnown() {
        return !lines.isEmpty();
    }

    /** Whether everything that is billed by the hour has a price. */
    public boolean isComplete() {
        return isKnown() && missing.isEmpty();
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
