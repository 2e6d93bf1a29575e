// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A resource with one thing wrong. */
final class MutantResource<O> extends MutantDeletable<O> implements Resource<O> {
    private final Resource<O> right;

    private MutantResource(Resource<O> right, Mutant mutant) {
        super(right, mutant);
        this.right = right;
    }

    static <O> MutantResource<O> of(Resource<O> right, Mutant mutant) {
        return new MutantResource<>(right, mutant);
    }

    @Override
    public List<FieldChange> compare(O observed, State state) {
        return right.compare(observed, state).stream()
                .map(change -> mutant.change(change, nodes().isPresent()))
                .toList();
    }

    @Override
    public O create(State state) {
        return right.create(state);
    }

    @Override
    public void update(O observed, List<FieldChange> changes, State state) {
        right.update(observed, changes, state);
    }

    @Override
    public Optional<String> unread(State state) {
        return right.unread(state);
    }

    @Override
    public Optional<String> irreplaceable(O observed) {
        return right.irreplaceable(observed);
    }

    @Override
    public Set<ResourceId> replaces() {
        return right.replaces();
    }

    @Override
    public Duration updateTime(O observed, List<FieldChange> changes) {
        return right.updateTime(observed, changes);
    }
}
