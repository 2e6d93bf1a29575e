// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;

/** Something that can be deleted, with one thing wrong. */
class MutantDeletable<O> implements Deletable<O> {
    final Mutant mutant;
    private final Deletable<O> right;
    /** Whether the last creation has failed. */
    boolean doubtful;

    MutantDeletable(Deletable<O> right, Mutant mutant) {
        this.right = right;
        this.mutant = mutant;
    }

    static <O> MutantDeletable<O> of(Deletable<O> right, Mutant mutant) {
        return new MutantDeletable<>(right, mutant);
    }

    @Override
    public ResourceId id() {
        return right.id();
    }

    @Override
    public Class<O> type() {
        return right.type();
    }

    @Override
    public Set<ResourceId> after() {
        return mutant.after(right.after());
    }

    @Override
    public Optional<O> read(State state) {
        return doubtful ? Optional.empty() : mutant.read(id(), right.read(state));
    }

    @Override
    public Readiness readiness(O observed) {
        return mutant.readiness(right.readiness(observed));
    }

    @Override
    public void delete(O observed, State state) {
        if (mutant.deletes(id())) {
            right.delete(observed, state);
        }
    }

    @Override
    public Timing timing() {
        return right.timing();
    }

    @Override
    public String describe() {
        return right.describe();
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return right.deletedWith();
    }

    @Override
    public boolean billed() {
        return right.billed();
    }

    @Override
    public boolean neededByControllers() {
        return right.neededByControllers();
    }

    @Override
    public String cloudId() {
        return right.cloudId();
    }

    @Override
    public Optional<String> pool() {
        return right.pool();
    }

    @Override
    public Optional<NodeLabel> nodes() {
        return right.nodes();
    }

    @Override
    public boolean stopGrowth(State state) {
        return right.stopGrowth(state);
    }

    @Override
    public Disruption deletionDisruption() {
        return mutant.disruption(right.deletionDisruption());
    }

    @Override
    public Disruption deletionDisruption(O observed) {
        return mutant.disruption(right.deletionDisruption(observed));
    }
}
