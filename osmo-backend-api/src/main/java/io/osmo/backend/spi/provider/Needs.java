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
 * The actions that the calls of one resource or reader need. It is a constant beside those calls: whoever adds a call adds its action
 * there. An action is not always the name of its call, and some calls need several: a call that tags, passes a role or uses something
 * needs the right to do that too. Immutable.
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

    /** Of the resources of one kind, see {@link io.osmo.backend.resource.ResourceId}. */
    public static Needs of(String kind) {
        return new Needs(kind, List.of());
    }

    /** Of a reader. */
    public static Needs reading(String... actions) {
        return NONE.read(actions);
    }

    /** What its reads need. */
    public Needs read(String... actions) {
        return and(Verb.READ, Arrays.asList(actions));
    }

    /** What only a reading without a spec calls: get, and the plan of a destruction. */
    public Needs get(String... actions) {
        return and(Verb.GET, Arrays.asList(actions));
    }

    public Needs create(String... actions) {
        return and(Verb.CREATE, Arrays.asList(actions));
    }

    public Needs update(String... actions) {
        return and(Verb.UPDATE, Arrays.asList(actions));
    }

    /** Deletion of what an interrupted creation has left twice, and of what is taken out of the spec. */
    public Needs undo(String... actions) {
        return and(Verb.UNDO, Arrays.asList(actions));
    }

    /** Deletion of what is taken out of the spec, and by a destruction. */
    public Needs delete(String... actions) {
        return and(Verb.DELETE, Arrays.asList(actions));
    }

    /** Deletion by a destruction only. */
    public Needs destroy(String... actions) {
        return and(Verb.DESTROY, Arrays.asList(actions));
    }

    /** Only its deletions, for what the spec does not ask for and an earlier one may have. */
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

    /** All actions, whatever they are needed for. */
    public Set<String> all() {
        return needs.stream().map(Need::action).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The actions that a use needs. What verification needs beyond the reads of a plan is not known here. */
    public Set<String> of(Use use) {
        return select(
                switch (use) {
                    case PLAN, VERIFY -> Set.of(Verb.READ, Verb.GET);
                    case APPLY -> Set.of(Verb.READ, Verb.CREATE, Verb.UPDATE, Verb.UNDO);
                    case UPKEEP -> Set.of(Verb.READ, Verb.CREATE, Verb.UPDATE, Verb.UNDO, Verb.DELETE);
                    case DESTROY -> Set.of(Verb.READ, Verb.GET, Verb.UNDO, Verb.DELETE, Verb.DESTROY);
                });
    }

    /** The actions that a plan with a spec reads with. */
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
