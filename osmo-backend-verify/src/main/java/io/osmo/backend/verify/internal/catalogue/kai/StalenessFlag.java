// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.KaiCheck;

/** Otherwise KAI evicts a gang 60 seconds after one of its members has ended. */
public final class StalenessFlag extends KaiCheck {

    public StalenessFlag() {
        super("kai.flag-staleness", "KAI's scheduler with default-staleness-grace-period=-1s", Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(SchedulerFlags.of(evidence, "defaultstalenessgraceperiod"), values -> {
            if (values.isEmpty()) {
                return breach("not set", SchedulerFlags.next("default-staleness-grace-period", "-1s"));
            }
            return each(
                    values,
                    "schedulers",
                    v -> v.equals("-1s"),
                    v -> v,
                    SchedulerFlags.next("default-staleness-grace-period", "-1s"));
        });
    }
}
