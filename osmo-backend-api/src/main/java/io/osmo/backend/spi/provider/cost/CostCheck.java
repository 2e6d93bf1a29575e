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
 * What the backend will cost. Forbids nothing: that prices are not known is a warning. While the spec breaks rules there is nothing to
 * estimate, and no finding.
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
        // What cannot be observed is a finding of the checks that need it.
        CompletableFuture<Boolean> valid =
                Futures.recover(survey.violations().thenApply(List::isEmpty), unreadable -> false);
        return valid.thenCompose(
                ok -> ok ? estimator.estimate(survey).thenApply(cost -> List.of(finding(cost))) : none());
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
