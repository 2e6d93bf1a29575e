// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * What an apply may do to running work and to data, as its plan says and its options allow.
 *
 * @param mayEmpty pools that may lose all of their nodes
 * @param keepsProtection whether the cluster stays protected against deletion
 */
record Permit(boolean everything, boolean data, Set<String> mayEmpty, boolean keepsProtection) {
    static final Permit NOTHING = new Permit(false, false, Set.of(), true);
    static final Permit EVERYTHING = new Permit(true, true, Set.of(), false);

    Permit {
        mayEmpty = Set.copyOf(mayEmpty);
    }

    /** @param pools names of all pools that there are or will be */
    static Permit of(Plan plan, ApplyOptions options, Collection<String> pools) {
        if (plan.kind() == Plan.Kind.DESTROY) {
            return EVERYTHING;
        }
        Set<String> mayEmpty = new HashSet<>();
        boolean data = false;
        for (Change change : plan.changes()) {
            if (change.disruption().exceeds(options.allowedDisruption())) {
                continue;
            }
            if (change.disruption().exceeds(Disruption.ROLLING)) {
                pool(change.resource().name(), pools, mayEmpty);
                change.takes().forEach(taken -> pool(taken.name(), pools, mayEmpty));
            }
            boolean removes = change.action() == Action.DELETE || change.action() == Action.REPLACE;
            data |= removes && change.disruption() == Disruption.DATA;
        }
        return new Permit(
                false,
                data,
                mayEmpty,
                plan.spec().filter(BackendSpec::deletionProtection).isPresent());
    }

    /**
     * The pool that a resource belongs to by its name, which is that of the pool or begins with it. A later agent pool of AKS has a
     * digest after its name, and no hyphens.
     */
    private static void pool(String resource, Collection<String> pools, Set<String> mayEmpty) {
        pools.stream()
                .filter(pool -> resource.equals(pool)
                        || resource.startsWith(pool + "-")
                        || resource.startsWith(pool + "/")
                        || resource.matches(pool.replace("-", "") + "[0-9a-f]{6}(/.*)?"))
                .max(Comparator.comparingInt(String::length))
                .ifPresent(mayEmpty::add);
    }
}
