// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a backend shall have. The engine brings it about in a loop: read; when absent, create; when pending, wait;
 * when it differs, update and read again; until nothing differs. Hence each effect may be one small cloud call, and a crash
 * between any two of them is mended by the next run.
 */
public interface Resource<O> extends Deletable<O> {
    /** Differences between what was found and what is wanted; empty when as wanted. Pure. */
    List<FieldChange> compare(O observed, State state);

    /**
     * What a plan that creates it says about it, such as the digest of what is installed. An apply that finds another value than the
     * plan has is refused. Pure.
     */
    default List<FieldChange> creation() {
        return List.of();
    }

    /**
     * Asks the cloud to create it, with ownership tags, and returns what the cloud answered as soon as it has accepted.
     * Called only after a read has found nothing.
     */
    O create(State state);

    /**
     * One call that removes at least the first of the differences that can be removed in place. The engine reads, waits and
     * compares again afterwards.
     */
    void update(O observed, List<FieldChange> changes, State state);

    /**
     * Why an inventory says nothing about it although it may exist, such as a cluster that is stopped; empty when its absence was
     * read. Pure.
     */
    default Optional<String> unread(State state) {
        return Optional.empty();
    }

    /**
     * Why it must never be deleted and created again, with what to do instead, as sentences; for what holds data or what others refer
     * to, such as a key, a vault, a cluster or a network. Empty when it may be replaced.
     */
    default Optional<String> irreplaceable(O observed) {
        return Optional.empty();
    }

    /** Who owns what has our name but is not ours, and what to do about it, for the message of the conflict; empty if not known. */
    default Optional<String> owner(O observed) {
        return Optional.empty();
    }

    /**
     * Resources of the backend whose place this takes, such as the earlier generations of a node pool. They are deleted, and their
     * nodes drained, only after this is ready.
     */
    default Set<ResourceId> replaces() {
        return Set.of();
    }

    /**
     * Taints that this has and one that it {@linkplain #replaces replaces} does not, as {@code key=value:Effect}: pods that do not
     * tolerate them cannot move here. Pure.
     *
     * @param replaced as it was observed
     */
    default List<String> newTaints(O replaced) {
        return List.of();
    }

    /** How long these changes typically take, such as a share for each node that is replaced. */
    default Duration updateTime(O observed, List<FieldChange> changes) {
        return timing().update();
    }
}
