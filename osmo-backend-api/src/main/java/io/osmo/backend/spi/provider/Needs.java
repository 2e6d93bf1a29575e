// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The permissions that the calls of one resource or reader need. It is a constant in the class that makes the calls, so that both are
 * changed together. An action may have another name than its call, and some calls need several: one that sets tags, passes a role or uses
 * another resource needs the permission for that too. Immutable.
 */
public final class Needs {
    /** Nothing. */
    public static final Needs NONE = new Needs("", List.of());

    private final String kind;
    private final List<Need> needs;

    private enum Verb {
        READ,
        GET,
        CREATE,
        UPDATE,
        UNDO,
        DELETE,
        DESTROY
    }

    private record Need(Verb verb, String action) {}

    private Needs(String kind, List<Need> needs) {
        this.kind = kind;
        this.needs = List.copyOf(needs);
    }

    /** For the resources of one kind, see {@link io.osmo.backend.resource.ResourceId}. */
    public static Needs of(String kind) {
        return new Needs(kind, List.of());
    }

    /** For a reader. */
    public static Needs reading(String... actions) {
        return NONE.read(actions);
    }

    /** Adds actions of reads. */
    public Needs read(String... actions) {
        return and(Verb.READ, Arrays.asList(actions));
    }

    /** Adds actions of reads that are made only without a spec: by get, and to plan a destruction. */
    public Needs get(String... actions) {
        return and(Verb.GET, Arrays.asList(actions));
    }

    public Needs create(String... actions) {
        return and(Verb.CREATE, Arrays.asList(actions));
    }

    public Needs update(String... actions) {
        return and(Verb.UPDATE, Arrays.asList(actions));
    }

    /** Adds actions that delete duplicates of an interrupted creation, and resources that were removed from the spec. */
    public Needs undo(String... actions) {
        return and(Verb.UNDO, Arrays.asList(actions));
    }

    /** Adds actions that delete resources that were removed from the spec, or all resources of a destroyed backend. */
    public Needs delete(String... actions) {
        return and(Verb.DELETE, Arrays.asList(actions));
    }

    /** Adds actions that delete resources only when the backend is destroyed. */
    public Needs destroy(String... actions) {
        return and(Verb.DESTROY, Arrays.asList(actions));
    }

    /** The deletions only, for resources that an earlier spec may have had. */
    public Needs removal() {
        Set<Verb> deleting = Set.of(Verb.UNDO, Verb.DELETE, Verb.DESTROY);
        return new Needs(
                kind,
                needs.stream().filter(need -> deleting.contains(need.verb())).toList());
    }

    private Needs and(Verb verb, Collection<String> actions) {
        List<Need> all = new ArrayList<>(needs);
        actions.forEach(action -> all.add(new Need(verb, action)));
        return new Needs(kind, all);
    }

    /** All actions. */
    public Set<String> all() {
        return needs.stream().map(Need::action).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The actions that a use needs. For verification, those are the reads of a plan only. */
    public Set<String> of(Use use) {
        return select(
                switch (use) {
                    case PLAN, VERIFY -> Set.of(Verb.READ, Verb.GET);
                    case APPLY -> Set.of(Verb.READ, Verb.CREATE, Verb.UPDATE, Verb.UNDO);
                    case UPKEEP -> Set.of(Verb.READ, Verb.CREATE, Verb.UPDATE, Verb.UNDO, Verb.DELETE);
                    case DESTROY -> Set.of(Verb.READ, Verb.GET, Verb.UNDO, Verb.DELETE, Verb.DESTROY);
                });
    }

    /** The actions of the reads of a plan with a spec. */
    Set<String> reads() {
        return select(Set.of(Verb.READ));
    }

    /** The actions that a change of a plan needs, if it is of this kind. */
    Set<String> of(String changed, Action change) {
        if (!kind.equals(changed)) {
            return Set.of();
        }
        return select(
                switch (change) {
                    case CREATE -> Set.of(Verb.CREATE, Verb.UPDATE, Verb.UNDO);
                    case UPDATE -> Set.of(Verb.UPDATE);
                    case REPLACE -> Set.of(Verb.CREATE, Verb.UPDATE, Verb.UNDO, Verb.DELETE, Verb.DESTROY);
                    case DELETE -> Set.of(Verb.UNDO, Verb.DELETE, Verb.DESTROY);
                    case WAIT -> Set.of();
                });
    }

    private Set<String> select(Set<Verb> verbs) {
        return needs.stream()
                .filter(need -> verbs.contains(need.verb()))
                .map(Need::action)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
