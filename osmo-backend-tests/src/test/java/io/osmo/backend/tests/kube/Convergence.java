// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine's loop, reduced to what one resource after the other needs; records what it did. */
final class Convergence {
    static final State NOTHING_KNOWN = new State() {
        @Override
        public <O> Optional<O> find(ResourceId id, Class<O> type) {
            return Optional.empty();
        }
    };

    private static final int ROUNDS = 10;

    private Convergence() {}

    /** Brings all resources about and says what had to be done, such as {@code create namespace/a}. */
    static List<String> of(List<? extends Resource<?>> resources) {
        List<String> effects = new ArrayList<>();
        resources.forEach(resource -> converge(resource, effects));
        return effects;
    }

    /** What an inventory lacks of what is wanted, compared by data alone. */
    static List<String> diff(List<? extends Resource<?>> resources, Map<ResourceId, Observed<?>> inventory) {
        List<String> differences = new ArrayList<>();
        resources.forEach(resource -> diff(resource, inventory, differences));
        return differences;
    }

    private static <O> void diff(
            Resource<O> resource, Map<ResourceId, Observed<?>> inventory, List<String> differences) {
        Observed<?> found = inventory.get(resource.id());
        if (found == null) {
            differences.add("create " + resource.id());
        } else if (found.ownership() == Observed.Ownership.FOREIGN) {
            differences.add("conflict " + resource.id());
        } else if (found.ownership() == Observed.Ownership.OURS) {
            resource.compare(resource.type().cast(found.value()), NOTHING_KNOWN)
                    .forEach(change -> differences.add(change.effect() + " " + resource.id() + " " + change));
        }
    }

    private static <O> void converge(Resource<O> resource, List<String> effects) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<O> found = resource.read(NOTHING_KNOWN);
            if (found.isEmpty()) {
                effects.add("create " + resource.id());
                resource.create(NOTHING_KNOWN);
                continue;
            }
            if (resource.readiness(found.get()).status() != Readiness.Status.READY) {
                return;
            }
            List<FieldChange> changes = resource.compare(found.get(), NOTHING_KNOWN);
            if (changes.isEmpty()) {
                return;
            }
            if (changes.stream().anyMatch(change -> change.effect() == FieldChange.Effect.REPLACE)) {
                effects.add("replace " + resource.id());
                resource.delete(found.get(), NOTHING_KNOWN);
            } else {
                effects.add("update " + resource.id());
                resource.update(found.get(), changes, NOTHING_KNOWN);
            }
        }
        throw new AssertionError(resource.id() + " does not converge: " + effects);
    }
}
