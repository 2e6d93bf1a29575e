// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.probe;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A check of probe results: one bad result is enough to fail, one missing result is enough not to pass. */
public abstract class ProbeCheck extends AbstractCheck {
    protected ProbeCheck(String id, String title, Requirement requirement, Severity severity) {
        super(id, title, requirement, severity, Vantage.PROBE);
    }

    protected ProbeCheck(String id, String title, Severity severity) {
        super(id, title, severity, Vantage.PROBE);
    }

    protected abstract Finding judge(ProbeFacts facts, Evidence evidence);

    @Override
    protected final Finding judge(Evidence evidence) {
        return given(evidence.snapshot().probes(), facts -> judge(facts, evidence));
    }

    /** Answers that pools got from these targets. */
    protected static List<ReachFacts> reaches(ProbeFacts facts, Target... targets) {
        return facts.reaches().stream()
                .filter(r -> List.of(targets).contains(r.target()))
                .toList();
    }

    /**
     * Judges results one by one.
     *
     * @param results what was tried; skipped when there is none
     * @param noun what the results are about, in the plural
     * @param result the outcome, which may be unknown
     * @param good whether an outcome is good
     * @param show a bad outcome in words
     * @param next what to do about a bad outcome
     */
    protected final <T, R> Finding all(
            List<T> results,
            String noun,
            Function<T, Fact<R>> result,
            Predicate<R> good,
            Function<R, String> show,
            Function<R, String> next) {
        if (results.isEmpty()) {
            return skipped("no " + noun);
        }
        List<T> bad = results.stream()
                .filter(t -> result.apply(t).known().filter(good.negate()).isPresent())
                .toList();
        if (!bad.isEmpty()) {
            List<Ending> endings = bad.stream()
                    .flatMap(t -> result.apply(t).known().stream()
                            .map(r -> new Ending(t.toString(), show.apply(r), next.apply(r))))
                    .toList();
            return breach(Endings.observed(endings), Endings.next(endings)).about(bad);
        }
        List<T> missing =
                results.stream().filter(t -> result.apply(t).known().isEmpty()).toList();
        if (!missing.isEmpty()) {
            List<Ending> endings = missing.stream()
                    .flatMap(t -> result.apply(t) instanceof Fact.Unknown<R> unknown
                            ? Stream.of(new Ending(t.toString(), unknown.reason(), unknown.remedy()))
                            : Stream.empty())
                    .toList();
            return unknown(new Fact.Unknown<>(Endings.observed(endings), Endings.next(endings)))
                    .about(missing);
        }
        return pass("all " + results.size() + " " + noun);
    }
}
