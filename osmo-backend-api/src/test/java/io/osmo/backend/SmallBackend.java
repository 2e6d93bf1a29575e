// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.event.Event;
import io.osmo.backend.fake.World;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A small backend in a fake cloud. */
abstract class SmallBackend {
    final World world = new World();
    final List<Event> events = new ArrayList<>();

    @BeforeEach
    void wantASmallBackend() {
        world.provider.want(world.small());
    }

    @AfterEach
    void close() {
        world.close();
    }

    Plan plan() {
        return world.osmo.plan(World.spec());
    }

    Backend apply() {
        return world.osmo.apply(plan(), events::add);
    }

    static Map<String, Action> actions(Plan plan) {
        return plan.changes().stream()
                .collect(Collectors.toMap(c -> c.resource().toString(), Change::action));
    }
}
