// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Runs all checks of a provider concurrently. If credentials are refused, there is one finding for that instead of one for each check.
 * For a plan that changes nothing, only the credentials are checked. Stateless.
 *
 * @param <C> one backend of one cloud
 */
public final class Preflight<C extends ProviderContext> {
    private final PreflightCheck<C> identity;
    private final List<PreflightCheck<C>> checks;
    private final Completion<C> completion;

    /**
     * @param identity the check of the credentials
     * @param checks the other checks, in the order of the report; rules that none of them covers are checked at the end
     */
    public Preflight(PreflightCheck<C> identity, List<PreflightCheck<C>> checks) {
        this(identity, checks, (survey, findings) -> CompletableFuture.completedFuture(findings));
    }

    /** @param completion what is added to the findings of all checks */
    public Preflight(PreflightCheck<C> identity, List<PreflightCheck<C>> checks, Completion<C> completion) {
        this.identity = identity;
        List<PreflightCheck<C>> all = new ArrayList<>(checks);
        all.add(new OtherRulesCheck<>(checks));
        this.checks = List.copyOf(all);
        this.completion = completion;
    }

    /** Findings in the order of the checks. {@code CloudException}s become findings. */
    CompletableFuture<List<PreflightFinding>> run(Survey<C> survey) {
        // Started first, so that it does not wait for a thread.
        CompletableFuture<List<PreflightFinding>> who = ask(identity, survey);
        CompletableFuture<List<PreflightFinding>> asked = survey.changesAnything()
                ? Futures.flat(checks.stream().map(check -> ask(check, survey)).toList())
                : CompletableFuture.completedFuture(List.of());
        return who.thenCompose(told -> all(told, asked))
                .thenCompose(findings -> Futures.recover(completion.complete(survey, findings), refused -> findings));
    }

    private CompletableFuture<List<PreflightFinding>> all(
            List<PreflightFinding> told, CompletableFuture<List<PreflightFinding>> asked) {
        boolean known = told.stream()
                .noneMatch(finding -> finding.status() == Status.FAIL || finding.status() == Status.UNKNOWN);
        // Otherwise the others fail for the same reason, so they are not waited for.
        CompletableFuture<List<PreflightFinding>> answers =
                known ? asked : CompletableFuture.completedFuture(List.of(unasked()));
        return answers.thenApply(findings -> {
            List<PreflightFinding> all = new ArrayList<>(told);
            // Checks that share an observation or a rule have the same failure, which is reported once.
            findings.stream().filter(finding -> !repeats(all, finding)).forEach(all::add);
            return List.copyOf(all);
        });
    }

    private static boolean repeats(List<PreflightFinding> told, PreflightFinding finding) {
        return (finding.status() == Status.UNKNOWN || finding.status() == Status.FAIL)
                && told.stream()
                        .anyMatch(other -> other.status() == finding.status()
                                && other.message().equals(finding.message()));
    }

    private CompletableFuture<List<PreflightFinding>> ask(PreflightCheck<C> check, Survey<C> survey) {
        return Futures.recover(
                check.run(survey),
                refused -> List.of(check.unknown(String.valueOf(refused.getMessage()), refused.remedy())));
    }

    private PreflightFinding unasked() {
        return new PreflightFinding(
                "preflight.cloud",
                Status.UNKNOWN,
                Optional.empty(),
                "not answered without working credentials: "
                        + checks.stream()
                                .map(check -> check.id().substring("preflight.".length()))
                                .collect(Collectors.joining(", ")),
                "Fix the credentials, then run the preflight again.");
    }
}
