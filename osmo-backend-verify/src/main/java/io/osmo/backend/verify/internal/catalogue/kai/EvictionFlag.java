// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Severity;
import java.util.Set;

/** Otherwise OSMO cannot tell a task that was preempted from one that failed. */
public final class EvictionFlag extends SchedulerFlag {
    /** As Go reads flags. */
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE", "t", "T", "1");

    public EvictionFlag() {
        super("kai.flag-eviction-condition", "update-pod-eviction-condition", "true", Severity.WARNING);
    }

    @Override
    boolean good(String value) {
        return TRUE.contains(value);
    }
}
