// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Whether the nodes are those that the pools of the spec expect. */
final class PoolsCheck extends PreflightCheck<ExistingContext> {
    PoolsCheck() {
        super("pools", Requirement.CN_1);
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<ExistingContext> survey) {
        return survey.inventory()
                .thenApply(inventory -> ExpectedPool.all(survey.spec(), inventory)
                        .flatMap(pool -> Stream.concat(Stream.of(finding(pool)), remarks(pool)))
                        .toList());
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    private PreflightFinding finding(ExpectedPool pool) {
        return pool.problem()
                .map(problem -> fail(problem.text(), sentence(problem.remedy() + ", or correct the spec")))
                .orElseGet(() -> pass(pool.describe()));
    }

    private Stream<PreflightFinding> remarks(ExpectedPool pool) {
        return pool.remarks().map(remark -> warn(remark.text(), sentence(remark.remedy())));
    }
}
