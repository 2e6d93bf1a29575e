// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A resource that a backend needs. The engine reads it and creates it if it is absent, waits while it is pending, and updates and reads
 * it again until it no longer differs. So each change can be one small cloud call, and the next run completes what a crash between two
 * calls interrupted.
 */
public interface Resource<O> extends Deletable<O> {
    /** The differences between the observed and the desired state; empty if there are none. Pure. */
    List<FieldChange> compare(O observed, State state);

    /**
     * What a plan to create it records, such as the digest of what is installed. An apply is refused if a value has changed since. Pure.
     */
    default List<FieldChange> creation() {
        return List.of();
    }

    /**
     * Asks the cloud to create it, with ownership tags, and returns the answer once the request is accepted. Called only after a read has
     * found nothing.
     */
    O create(State state);

    /**
     * Makes one call that removes at least the first difference that can be changed in place. The engine then reads, waits and compares
     * again.
     */
    void update(O observed, List<FieldChange> changes, State state);

    /**
     * Why it may exist although the inventory does not contain it, for example because its cluster is stopped; empty if it is known to be
     * absent. Pure.
     */
    default Optional<String> unread(State state) {
        return Optional.empty();
    }

    /**
     * Why it must not be deleted and created again, and what to do instead, as sentences: it holds data, or others refer to it, as with a
     * key, a vault, a cluster or a network. Empty if it may be replaced.
     */
    default Optional<String> irreplaceable(O observed) {
        return Optional.empty();
    }

    /** Who owns a foreign object of this name, and what to do about it, for the message of the conflict; empty if not known. */
    default Optional<String> owner(O observed) {
        return Optional.empty();
    }

    /**
     * The resources that this one replaces, such as earlier generations of a node pool. They are drained and deleted only after this one
     * is ready. {@link #compare} and {@link #readiness} are also called with replaced resources of this
     * {@link #type()}, so that the plan can say why.
     */
    default Set<ResourceId> replaces() {
        return Set.of();
    }

    /**
     * The taints that a resource it {@linkplain #replaces replaces} does not have, as {@code key=value:Effect}: pods that do not tolerate
     * them cannot move here. Pure.
     *
     * @param replaced the replaced resource as it was observed
     */
    default List<String> newTaints(O replaced) {
        return List.of();
    }

    /** How long these changes typically take, for example in proportion to the nodes that are replaced. */
    default Duration updateTime(O observed, List<FieldChange> changes) {
        return timing().update();
    }
}
