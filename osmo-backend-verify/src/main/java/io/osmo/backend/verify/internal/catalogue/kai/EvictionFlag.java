// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.KaiCheck;

/** Otherwise OSMO cannot tell a task that was preempted from one that failed. */
public final class EvictionFlag extends KaiCheck {

    public EvictionFlag() {
        super(
                "kai.flag-eviction-condition",
                "KAI's scheduler with update-pod-eviction-condition=true",
                Severity.WARNING);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(SchedulerFlags.of(evidence, "updatepodevictioncondition"), values -> {
            if (values.isEmpty()) {
                return breach("not set", SchedulerFlags.next("update-pod-eviction-condition", "true"));
            }
            return each(
                    values,
                    "schedulers",
                    v -> v.equals("true"),
                    v -> v,
                    SchedulerFlags.next("update-pod-eviction-condition", "true"));
        });
    }
}
