// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.error.ResourceOutcome.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some resources of a plan failed; all that do not depend on them were applied. Each failure is a suppressed exception of this one. */
public final class PartialApplyException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<ResourceOutcome> outcomes;
    private final transient Optional<Diagnosis> diagnosis;

    /**
     * @param backend the backend as text
     * @param outcomes the outcome of each resource of the plan
     * @param failures what the failed resources threw
     * @param diagnosis why nodes of pools did not join; empty if no pool failed or the reason is not known
     */
    public PartialApplyException(
            String backend,
            List<ResourceOutcome> outcomes,
            List<? extends Throwable> failures,
            Optional<Diagnosis> diagnosis) {
        this(backend, outcomes, failures, diagnosis, Map.of());
    }

    /** @param untried why the last alternatives of pools without machines were not tried, by pool */
    public PartialApplyException(
            String backend,
            List<ResourceOutcome> outcomes,
            List<? extends Throwable> failures,
            Optional<Diagnosis> diagnosis,
            Map<String, String> untried) {
        super(
                backend + ": " + counts(outcomes)
                        + ResourceOutcome.list(outcomes, Status.FAILED)
                        + ResourceOutcome.list(outcomes, Status.ROLLED_BACK)
                        + diagnosis.map(found -> "\n" + found).orElse("").stripTrailing()
                        + untried(untried),
                "Remove the causes that are listed, then plan and apply again to resume.",
                null);
        this.outcomes = List.copyOf(outcomes);
        this.diagnosis = diagnosis;
        failures.forEach(this::addSuppressed);
    }

    private static String untried(Map<String, String> untried) {
        return untried.entrySet().stream()
                .map(each -> "\n  - fallback of pool " + each.getKey() + ", " + each.getValue())
                .collect(Collectors.joining());
    }

    private static String counts(List<ResourceOutcome> outcomes) {
        Map<Status, String> words = Map.of(
                Status.FAILED, "failed",
                Status.SKIPPED, "skipped",
                Status.CANCELLED, "cancelled",
                Status.ROLLED_BACK, "rolled back",
                Status.DONE, "done");
        return Stream.of(Status.FAILED, Status.SKIPPED, Status.CANCELLED, Status.ROLLED_BACK, Status.DONE)
                .filter(status -> ResourceOutcome.count(outcomes, status) > 0)
                .map(status -> ResourceOutcome.count(outcomes, status) + " " + words.get(status))
                .collect(Collectors.joining(", "));
    }

    /** Why nodes of pools did not join; empty if no pool failed or the reason is not known. */
    public Optional<Diagnosis> diagnosis() {
        return diagnosis;
    }

    /** The outcome of each resource of the plan, in the plan's order. */
    public List<ResourceOutcome> outcomes() {
        return outcomes;
    }
}
