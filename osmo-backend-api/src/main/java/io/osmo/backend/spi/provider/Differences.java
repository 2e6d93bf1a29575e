// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.resource.FieldChange;
import java.util.ArrayList;
import java.util.List;

/** Collects the fields in which a resource differs from its desired state. Equal values are ignored. Not safe for concurrent use. */
public final class Differences {
    private final List<FieldChange> changes = new ArrayList<>();

    /** A field that can be changed in place. */
    public Differences inPlace(String field, Object observed, Object wanted) {
        return observed.equals(wanted) ? this : add(FieldChange.inPlace(field, observed, wanted));
    }

    /** A field that can only be changed by a replacement. */
    public Differences replacing(String field, Object observed, Object wanted) {
        return observed.equals(wanted) ? this : add(FieldChange.replacing(field, observed, wanted));
    }

    /**
     * A field of the spec that cannot be changed any more.
     *
     * @param path path in the spec, such as {@code network.cidr}
     */
    public Differences fixed(String path, Object observed, Object wanted) {
        return observed.equals(wanted) ? this : add(FieldChange.fixed(path, observed, wanted));
    }

    /** A field that cannot be changed, and about which the spec does not decide. */
    public Differences impossible(String field, Object observed, Object wanted) {
        return observed.equals(wanted) ? this : add(FieldChange.impossible(field, observed, wanted));
    }

    /** Adds a difference that was found by other means. */
    public Differences add(FieldChange change) {
        changes.add(change);
        return this;
    }

    public Differences addAll(List<FieldChange> found) {
        changes.addAll(found);
        return this;
    }

    /** Changes of a pool that is known to have no node and gets none by them: there is nothing that they could disturb. */
    public static List<FieldChange> withoutNodes(List<FieldChange> changes) {
        return changes.stream()
                .map(change -> change.effect() == FieldChange.Effect.IN_PLACE
                        ? FieldChange.inPlace(change.field(), change.before(), change.after())
                        : change)
                .toList();
    }

    /** All differences in the order in which they were added. */
    public List<FieldChange> list() {
        return List.copyOf(changes);
    }
}
