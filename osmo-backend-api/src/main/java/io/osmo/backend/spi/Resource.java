// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.FieldChange;
import java.util.List;

/**
 * Something that a backend shall have. The engine brings it about in a loop: read; when absent, create; when pending, wait;
 * when it differs, update and read again; until nothing differs. Hence each effect may be one small cloud call, and a crash
 * between any two of them is mended by the next run.
 */
public interface Resource<O> extends Deletable<O> {
    /** Differences between what was found and what is wanted; empty when as wanted. Pure. */
    List<FieldChange> compare(O observed, State state);

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

    /** Name of the pool in the spec whose failure policy governs this resource; empty for what all depends on. */
    default java.util.Optional<String> pool() {
        return java.util.Optional.empty();
    }
}
