// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The result of a diff: one step for each resource that differs from the desired state, in topological order. */
record Difference(List<Step> steps) {
    List<Change> changes() {
        return steps.stream().map(Step::change).toList();
    }

    /** What forbids the deletions among the steps. */
    List<Guard> guards(CloudSession session, BackendRef ref, Inventory inventory) {
        Set<ResourceId> removed = new TreeSet<>();
        for (Step step : steps) {
            if (step.change().action() == Action.DELETE || step.change().action() == Action.REPLACE) {
                removed.add(step.change().resource());
                removed.addAll(step.change().takes());
            }
        }
        return removed.isEmpty() ? List.of() : session.guards(ref, inventory, removed);
    }
}
