// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Base class of checks that return one finding, with methods that create it. */
public abstract class AbstractCheck implements Check {
    private final String id;
    private final String title;
    private final Optional<Requirement> requirement;
    private final Severity severity;
    private final Set<Vantage> vantages;

    /** A check of a requirement. It is skipped unless the snapshot was read from all of these vantages. */
    protected AbstractCheck(String id, String title, Requirement requirement, Severity severity, Vantage... vantages) {
        this(id, title, Optional.of(requirement), severity, vantages);
    }

    /** A check of something that OSMO needs in addition to the requirements. */
    protected AbstractCheck(String id, String title, Severity severity, Vantage... vantages) {
        this(id, title, Optional.empty(), severity, vantages);
    }

    private AbstractCheck(
            String id, String title, Optional<Requirement> requirement, Severity severity, Vantage... vantages) {
        this.id = id;
        this.title = title;
        this.requirement = requirement;
        this.severity = severity;
        this.vantages = Set.of(vantages);
    }

    /** Judges the evidence. An exception becomes a finding with status UNKNOWN. */
    protected abstract Finding judge(Evidence evidence);

    @Override
    public final List<Finding> evaluate(Evidence evidence) {
        return List.of(judge(evidence));
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final Optional<Requirement> requirement() {
        return requirement;
    }

    @Override
    public final Severity severity() {
        return severity;
    }

    @Override
    public final Set<Vantage> vantages() {
        return vantages;
    }

    protected final Finding pass(String observed) {
        return finding(severity, Status.PASS, observed, "");
    }

    /** The expectation is not met: FAIL or WARN, depending on the check's severity. */
    protected final Finding breach(String observed, String next) {
        return breach(severity, observed, next);
    }

    /** The expectation is not met, with a severity other than the check's. */
    protected final Finding breach(Severity severity, String observed, String next) {
        return finding(severity, severity.breach(), observed, next);
    }

    protected final Finding unknown(String reason) {
        return unknown(new Fact.Unknown<>(reason, ""));
    }

    /** Unknown, with the reason and the remedy of an unknown fact. */
    protected final Finding unknown(Fact.Unknown<?> unread) {
        String next = unread.remedy().isEmpty() ? "Fix the cause, then verify again." : unread.remedy();
        return finding(severity, Status.UNKNOWN, unread.reason(), next);
    }

    protected final Finding skipped(String reason) {
        return finding(severity, Status.SKIPPED, reason, "");
    }

    /** Judges what was read; UNKNOWN with the reason when it was not. */
    protected final <T> Finding given(Fact<T> fact, Function<T, Finding> judgment) {
        if (fact instanceof Fact.Unknown<T> unknown) {
            return unknown(unknown);
        }
        return judgment.apply(fact.known().orElseThrow());
    }

    /**
     * The most common judgment: a condition must hold for each object.
     *
     * @param noun what the objects are, in the plural
     * @param good the condition
     * @param show what was observed on an object that does not meet the condition
     * @param next what to do about these objects
     */
    protected final <T> Finding each(
            Collection<T> objects, String noun, Predicate<T> good, Function<T, String> show, String next) {
        if (objects.isEmpty()) {
            return skipped("no " + noun);
        }
        List<T> bad = objects.stream().filter(good.negate()).toList();
        if (bad.isEmpty()) {
            return pass("all " + objects.size() + " " + noun);
        }
        String values = String.join(
                ", ", bad.stream().map(show).distinct().sorted().limit(3).toList());
        long distinct = bad.stream().map(show).distinct().count();
        return breach(
                        values + (distinct > 3 ? ", …" : "") + " (" + bad.size() + " of " + objects.size() + " " + noun
                                + ")",
                        next)
                .about(bad);
    }

    /** Like {@link #each}, for a condition on a fact of each object; UNKNOWN with the reason if one of the facts is unknown. */
    protected final <T, F> Finding eachKnown(
            Collection<T> objects,
            String noun,
            Function<T, Fact<F>> fact,
            Predicate<F> good,
            Function<T, String> show,
            String next) {
        for (T object : objects) {
            if (fact.apply(object) instanceof Fact.Unknown<F> unknown) {
                return unknown(unknown);
            }
        }
        return each(objects, noun, t -> fact.apply(t).known().filter(good).isPresent(), show, next);
    }

    private Finding finding(Severity severity, Status status, String observed, String next) {
        return new Finding(id, requirement, severity, status, observed, title, List.of(), 0, next);
    }

    @Override
    public final String toString() {
        return id;
    }
}
