// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.verifier;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.internal.catalog.CheckIds;
import io.osmo.backend.verify.internal.catalog.StandardCatalog;
import io.osmo.backend.verify.report.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The checks that a verifier runs.
 *
 * @param selected checks to run
 * @param known the requirement of each check that there is, by id, including checks that were not selected
 * @param catalog which checks there are, for reports
 */
public record CheckSet(List<Check> selected, Map<String, Optional<Requirement>> known, Catalog catalog) {
    public CheckSet {
        selected = List.copyOf(selected);
        known = Map.copyOf(known);
    }

    /** The standard catalog, and what {@link ServiceLoader} finds. */
    public static CheckSet standard() {
        List<Check> checks = new ArrayList<>(StandardCatalog.checks());
        ServiceLoader.load(Check.class).forEach(checks::add);
        return new CheckSet(checks, requirements(checks), Catalog.of(checks));
    }

    /** @throws IllegalArgumentException when an id is taken */
    public CheckSet with(Collection<Check> added) {
        List<Check> all = new ArrayList<>(selected);
        all.addAll(added);
        Map<String, Optional<Requirement>> more = new HashMap<>(known);
        more.putAll(requirements(all));
        return new CheckSet(all, more, catalog.with(added));
    }

    /** @throws IllegalArgumentException naming each id that no check has; when no check is left */
    public CheckSet only(List<String> ids) {
        requireKnown(ids);
        return select(check -> CheckIds.matchesAny(ids, check.id()));
    }

    /** @throws IllegalArgumentException naming each id that no check has; when no check is left */
    public CheckSet without(List<String> ids) {
        requireKnown(ids);
        return select(check -> !CheckIds.matchesAny(ids, check.id()));
    }

    /** @throws IllegalArgumentException when no check is left */
    public CheckSet select(Predicate<? super Check> selection) {
        List<Check> left = selected.stream().filter(selection).toList();
        if (left.isEmpty()) {
            throw new IllegalArgumentException("the selection leaves none of the " + selected.size() + " checks");
        }
        return new CheckSet(left, known, catalog);
    }

    /** @throws IllegalArgumentException naming each id that no check has, selected or not */
    public void requireKnown(List<String> ids) {
        CheckIds.requireKnown(ids, known.keySet());
    }

    /** Requirements of which at least one check was not selected. */
    public Set<Requirement> partial() {
        Set<String> ids = selected.stream().map(Check::id).collect(Collectors.toSet());
        return known.entrySet().stream()
                .filter(check -> !ids.contains(check.getKey()))
                .flatMap(check -> check.getValue().stream())
                .collect(Collectors.toSet());
    }

    private static Map<String, Optional<Requirement>> requirements(List<Check> checks) {
        Map<String, Optional<Requirement>> requirements = new HashMap<>();
        checks.forEach(check -> {
            if (requirements.put(check.id(), check.requirement()) != null) {
                throw new IllegalArgumentException("two checks have the id " + check.id());
            }
        });
        return requirements;
    }
}
