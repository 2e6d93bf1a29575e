// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Converts the {@link Needs} of a provider to permissions. Stateless.
 *
 * @param always what planning, listing and preflight need in addition to the readers of a backend
 * @param facts what verification needs in addition to that
 * @param writer writes the policies
 */
public record Rights(List<Needs> always, List<Needs> facts, PolicyWriter writer) {
    public Rights {
        always = List.copyOf(always);
        facts = List.copyOf(facts);
    }

    /** For a provider that calls no cloud. */
    public static Rights none() {
        return new Rights(List.of(), List.of(), request -> List.of());
    }

    /** The actions of one use. */
    public SortedSet<String> actions(Collection<Needs> needs, Use use) {
        SortedSet<String> actions = new TreeSet<>();
        always.forEach(need -> actions.addAll(need.all()));
        needs.forEach(need -> actions.addAll(need.of(use)));
        if (use == Use.VERIFY) {
            facts.forEach(need -> actions.addAll(need.all()));
        }
        return actions;
    }

    /** What creating a backend and resuming that needs. */
    static SortedSet<String> creation(Collection<Needs> needs) {
        SortedSet<String> actions = new TreeSet<>();
        needs.forEach(need -> actions.addAll(need.of(Use.APPLY)));
        return actions;
    }

    /** What applying a plan needs: to read as it does before it changes anything, and what its changes need. */
    static SortedSet<String> planned(Collection<Needs> needs, Plan plan) {
        SortedSet<String> actions = new TreeSet<>();
        for (Needs need : needs) {
            actions.addAll(need.reads());
            plan.changes()
                    .forEach(change -> actions.addAll(need.of(change.resource().kind(), change.action())));
        }
        return actions;
    }

    Permissions of(Collection<Needs> needs, Optional<BackendSpec> spec, BackendRef ref, Use use) {
        return permissions(ref, Optional.empty(), spec, use, actions(needs, use));
    }

    Permissions of(Collection<Needs> needs, Plan plan) {
        SortedSet<String> actions = actions(needs, Use.PLAN);
        actions.addAll(planned(needs, plan));
        return permissions(plan.ref(), plan.account(), plan.spec(), Use.of(plan), actions);
    }

    private Permissions permissions(
            BackendRef ref, Optional<String> account, Optional<BackendSpec> spec, Use use, SortedSet<String> actions) {
        List<PolicyDocument> documents = actions.isEmpty()
                ? List.of()
                : writer.write(new PolicyWriter.Request(ref, account, spec, use, actions));
        return Permissions.of(ref, use, actions, documents);
    }
}
