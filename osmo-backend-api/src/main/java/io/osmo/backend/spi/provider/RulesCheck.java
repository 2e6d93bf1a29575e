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
 * Checks the rules for certain fields of the spec that a plan checks against the cloud's answers. Each violation is a failure; without
 * one the check passes.
 *
 * @param <C> one backend of one cloud
 */
public abstract class RulesCheck<C extends ProviderContext> extends PreflightCheck<C> {
    private final List<String> paths;
    private final List<Reader<C>> readers;
    private final String passed;

    /**
     * @param passed message if there is no violation
     * @param paths prefixes of the paths of the fields that are checked
     */
    protected RulesCheck(String name, Requirement requirement, String passed, List<String> paths) {
        this(name, Optional.of(requirement), passed, paths, List.of());
    }

    protected RulesCheck(String name, Optional<Requirement> requirement, String passed, List<String> paths) {
        this(name, requirement, passed, paths, List.of());
    }

    /** @param readers the readers that the rules depend on; all readers if empty */
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

    /** A check that reports violations, and one message if there are none. */
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
            Survey<C> settled = survey.settled(inventory);
            List<Violation> broken =
                    settled.check(inventory).stream().filter(this::judges).toList();
            return broken.isEmpty()
                    ? passed(settled, inventory)
                    : broken.stream().map(this::fail).toList();
        });
    }

    /** Whether a violation belongs to this check. Default: if its path has one of the prefixes. Pure. */
    protected boolean judges(Violation violation) {
        return paths.stream().anyMatch(violation.path()::startsWith);
    }

    /** The findings if there is no violation; empty if the check does not apply to the spec. Pure. */
    protected List<PreflightFinding> passed(Survey<C> survey, Inventory inventory) {
        return List.of(pass(passed));
    }
}
