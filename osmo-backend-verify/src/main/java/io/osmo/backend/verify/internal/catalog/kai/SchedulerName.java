// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import java.util.List;
import java.util.stream.Stream;

/** OSMO's pods select the scheduler by this name. */
public final class SchedulerName extends KaiCheck {
    private static final String NAME = "kai-scheduler";

    public SchedulerName() {
        super("kai.scheduler-name", "KAI's scheduler named kai-scheduler", Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(
                evidence.snapshot().stack().schedulerNames(),
                configured -> given(Kai.deployments(evidence), kai -> {
                    List<String> names = Stream.concat(
                                    configured.stream(),
                                    kai.stream()
                                            .flatMap(d -> d.template().stream())
                                            .flatMap(t -> t.containers().stream())
                                            .flatMap(c -> c.flag("schedulername").stream()))
                            .distinct()
                            .toList();
                    if (names.isEmpty() && !kai.isEmpty()) {
                        return pass(NAME + ", its default");
                    }
                    return each(
                            names,
                            "configured names",
                            NAME::equals,
                            n -> n,
                            "Reset global.schedulerName in KAI's chart, or set scheduler_settings.scheduler_name of OSMO's backend.");
                }));
    }
}
