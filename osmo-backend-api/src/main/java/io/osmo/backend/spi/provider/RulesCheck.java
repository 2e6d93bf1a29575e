// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The rules that a plan holds against the cloud's answers, as far as they judge certain fields of the spec: broken ones fail, else the
 * check passes.
 *
 * @param <C> one backend of one cloud
 */
public abstract class RulesCheck<C extends ProviderContext> extends PreflightCheck<C> {
    private final List<String> paths;
    private final List<Reader<C>> readers;
    private final String passed;

    /**
     * @param passed what is told when no rule is broken
     * @param paths beginnings of the paths of the fields that are judged
     */
    protected RulesCheck(String name, Requirement requirement, String passed, List<String> paths) {
        this(name, Optional.of(requirement), passed, paths, List.of());
    }

    protected RulesCheck(String name, Optional<Requirement> requirement, String passed, List<String> paths) {
        this(name, requirement, passed, paths, List.of());
    }

    /** @param readers what the rules need to know; everything when none is named */
    protected RulesCheck(
            String name,
            Optional<Requirement> requirement,
            String passed,
            List<String> paths,
            List<Reader<C>> readers) {
        super(name, requirement);
        this.passed = passed;
        this.paths = List.copyOf(paths);
        this.readers = List.copyOf(readers);
    }

    /** A check that tells only whether a rule is broken. */
    public static <C extends ProviderContext> RulesCheck<C> of(
            String name, Requirement requirement, String passed, List<String> paths) {
        return of(name, Optional.of(requirement), passed, paths);
    }

    public static <C extends ProviderContext> RulesCheck<C> of(
            String name, Optional<Requirement> requirement, String passed, List<String> paths) {
        return new RulesCheck<>(name, requirement, passed, paths) {};
    }

    @Override
    protected final CompletableFuture<List<PreflightFinding>> run(Survey<C> survey) {
        return survey.inventory(readers).thenApply(inventory -> {
            List<Violation> broken =
                    survey.check(inventory).stream().filter(this::judges).toList();
            return broken.isEmpty()
                    ? passed(survey, inventory)
                    : broken.stream().map(this::fail).toList();
        });
    }

    /** Whether a broken rule is of this check; by the beginning of its path unless a check knows better. Pure. */
    protected boolean judges(Violation violation) {
        return paths.stream().anyMatch(violation.path()::startsWith);
    }

    /** What is told when no rule is broken; none when the spec gives no reason to ask. Pure. */
    protected List<PreflightFinding> passed(Survey<C> survey, Inventory inventory) {
        return List.of(pass(passed));
    }
}
