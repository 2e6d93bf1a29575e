// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.cost.CostLine;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Estimates what a backend costs. Prices are read in parallel with the cloud's resources and cached for 24 hours. If prices
 * cannot be read, the estimate says so and completes normally. Safe for concurrent use.
 *
 * @param <C> one backend of one cloud
 */
public final class Estimator<C extends ProviderContext> {
    private static final Duration AGE = Duration.ofHours(24);

    private final PriceSource<C> source;

    public Estimator(PriceSource<C> source) {
        this.source = source;
    }

    private record Question(String source, Set<String> codes) {}

    private record Prices(PriceBook book, Optional<Instant> at, String failure) {}

    /**
     * Estimates what a backend costs.
     *
     * @param survey the survey of a valid spec
     * @return fails with {@link io.osmo.backend.error.CloudException} if the cloud's resources cannot be read
     */
    public CompletableFuture<CostEstimate> estimate(Survey<C> survey) {
        C context = survey.context();
        Optional<String> unavailable = source.unavailable(context);
        if (unavailable.isPresent()) {
            return CompletableFuture.completedFuture(
                    CostEstimate.unknown(context.ref(), source.name(), unavailable.get()));
        }
        CompletableFuture<Prices> prices = prices(survey);
        return survey.inventory()
                .thenApply(inventory -> source.billed(context, survey.spec(), inventory, survey.wanted(inventory)))
                .thenCombine(prices, (billed, read) -> estimate(context, billed, read));
    }

    private CompletableFuture<Prices> prices(Survey<C> survey) {
        C context = survey.context();
        Set<String> codes = source.codes(context, survey.spec());
        CompletableFuture<Prices> read = context.cache()
                .get(
                        new Question(source.name(), codes),
                        Prices.class,
                        AGE,
                        () -> source.read(context, codes)
                                .thenApply(book -> new Prices(
                                        book, Optional.of(context.scheduler().now()), "")));
        return Futures.recover(
                read,
                refused -> new Prices(
                        new PriceBook("", Map.of()),
                        Optional.empty(),
                        "prices could not be read: " + refused.getMessage()));
    }

    private CostEstimate estimate(C context, List<Billed> billed, Prices prices) {
        if (!prices.failure().isEmpty()) {
            return CostEstimate.unknown(context.ref(), source.name(), prices.failure());
        }
        List<CostLine> lines = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (Billed each : billed) {
            if (each.most() > 0) {
                price(each, prices.book(), lines, missing);
            }
        }
        return new CostEstimate(
                context.ref(),
                Optional.of(prices.book().currency()),
                source.name(),
                prices.at(),
                lines,
                List.copyOf(missing));
    }

    /** Adds a line for the articles that have a price, and lists the others as missing. */
    private static void price(Billed billed, PriceBook book, List<CostLine> lines, Set<String> missing) {
        List<BigDecimal> known = new ArrayList<>();
        for (Article article : billed.articles()) {
            Optional<BigDecimal> price = article.price(book);
            price.ifPresentOrElse(
                    known::add, () -> missing.add("no price for " + article.name() + " (" + billed.item() + ")"));
        }
        if (billed.articles().isEmpty()) {
            missing.add("no price for " + billed.item() + (billed.note().isEmpty() ? "" : ": " + billed.note()));
        }
        if (!known.isEmpty()) {
            lines.add(new CostLine(
                    billed.item(),
                    billed.unit(),
                    billed.least(),
                    billed.most(),
                    known.stream().reduce(BigDecimal::min).orElseThrow(),
                    known.stream().reduce(BigDecimal::max).orElseThrow(),
                    billed.note()));
        }
    }
}
