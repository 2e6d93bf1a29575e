// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reports what the backend will cost. Never fails: a missing price is a warning. Has no finding if the spec violates a rule, because
 * there is nothing to estimate.
 *
 * @param <C> one backend of one cloud
 */
public final class CostCheck<C extends ProviderContext> extends PreflightCheck<C> {
    private final Estimator<C> estimator;

    public CostCheck(PriceSource<C> source) {
        super("cost");
        this.estimator = new Estimator<>(source);
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<C> survey) {
        // A failure to read the cloud is reported by the checks that need the data.
        CompletableFuture<Boolean> valid =
                Futures.recover(survey.violations().thenApply(List::isEmpty), unreadable -> false);
        return valid.thenCompose(ok -> ok
                ? survey.inventory()
                        .thenApply(survey::settled)
                        .thenCompose(estimator::estimate)
                        .thenApply(cost -> List.of(finding(cost)))
                : none());
    }

    private PreflightFinding finding(CostEstimate cost) {
        return cost.complete()
                ? finding(cost, cost.summary(), "")
                : finding(
                        cost,
                        cost.summary() + "; " + String.join("; ", cost.missing()),
                        "This does not stop an apply. Look these prices up before you apply.");
    }
}
