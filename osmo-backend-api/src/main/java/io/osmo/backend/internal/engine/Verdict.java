// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Action;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.Deletable;
import java.time.Duration;
import java.util.List;

/** What a diff says of one resource. */
record Verdict(
        Deletable<?> target,
        Action action,
        String reason,
        List<FieldChange> fields,
        Duration estimate,
        Disruption disruption) {
    boolean removes() {
        return action == Action.DELETE || action == Action.REPLACE;
    }

    boolean ensures() {
        return action != Action.DELETE;
    }
}
