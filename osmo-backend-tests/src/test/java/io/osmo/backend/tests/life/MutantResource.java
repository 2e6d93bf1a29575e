// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A resource with one thing wrong. */
final class MutantResource<O> extends MutantDeletable<O> implements Resource<O> {
    private final Resource<O> right;
    private final Scheduler scheduler;

    private MutantResource(Resource<O> right, Mutant mutant, Scheduler scheduler) {
        super(right, mutant);
        this.right = right;
        this.scheduler = scheduler;
    }

    static <O> MutantResource<O> of(Resource<O> right, Mutant mutant, Scheduler scheduler) {
        return new MutantResource<>(right, mutant, scheduler);
    }

    @Override
    public List<FieldChange> compare(O observed, State state) {
        return right.compare(observed, state).stream()
                .map(change -> mutant.change(change, nodes().isPresent()))
                .toList();
    }

    @Override
    public O create(State state) {
        doubtful = mutant == Mutant.FORGETS_TO_READ_AGAIN;
        O created = right.create(state);
        doubtful = false;
        return mutant == Mutant.POLLS_WITHOUT_DEADLINE && nodes().isPresent() ? ready(created, state) : created;
    }

    private O read(State state, O last) {
        try {
            return right.read(state).orElse(last);
        } catch (CloudException refused) {
            return last;
        }
    }

    private O ready(O created, State state) {
        O last = created;
        while (right.readiness(last).status() != Readiness.Status.READY) {
            CompletableFuture<Boolean> minute = new CompletableFuture<>();
            var unused = scheduler.after(Duration.ofMinutes(1), () -> minute.complete(true));
            try {
                scheduler.await(minute, Duration.ofMinutes(2));
            } catch (TimeoutException | InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
            last = read(state, last);
        }
        return last;
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
