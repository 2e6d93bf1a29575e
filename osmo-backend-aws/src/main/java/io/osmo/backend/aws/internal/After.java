// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Something that is deleted before more than it says itself, whose names it cannot know. */
public record After<O>(Deletable<O> target, Set<ResourceId> more) implements Deletable<O> {
    @Override
    public ResourceId id() {
        return target.id();
    }

    @Override
    public Class<O> type() {
        return target.type();
    }

    @Override
    public Set<ResourceId> after() {
        Set<ResourceId> after = new HashSet<>(target.after());
        after.addAll(more);
        return after;
    }

    @Override
    public Optional<O> read(State state) {
        return target.read(state);
    }

    @Override
    public Readiness readiness(O observed) {
        return target.readiness(observed);
    }

    @Override
    public void delete(O observed, State state) {
        target.delete(observed, state);
    }

    @Override
    public Timing timing() {
        return target.timing();
    }

    @Override
    public String describe() {
        return target.describe();
    }
}
