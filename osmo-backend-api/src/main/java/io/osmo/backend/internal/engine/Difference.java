// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Change;
import java.util.List;

/** What a diff came to: one step for each resource that is not as wanted, whatever comes first standing first. */
record Difference(List<Step> steps) {
    List<Change> changes() {
        return steps.stream().map(Step::change).toList();
    }
}
