// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Map;

/** Custom resource definitions remain after their chart is uninstalled, so they prove nothing. */
public final class InstalledNotOrphan extends KaiCheck {
    private static final String SCHEDULER = "scheduler";
    private static final Map<String, String> PARTS = Map.of(
            SCHEDULER,
            "",
            "binder",
            "binder",
            "pod grouper",
            "pod-?grouper",
            "admission",
            "admission",
            "queue controller",
            "queue-?controller");

    public InstalledNotOrphan() {
        super(
                "kai.installed-not-orphan",
                "all components of KAI running: scheduler, binder, pod grouper, admission, queue controller",
                Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(
                Kai.deployments(evidence),
                kai -> each(
                        PARTS.keySet().stream().sorted().toList(),
                        "components of KAI",
                        part -> runs(kai, part),
                        part -> part + " is not running",
                        "kubectl -n kai-scheduler get deployments; if there are none, install the chart again."));
    }

    /** Whether all deployments of a component run; the scheduler has one for each shard. */
    private static boolean runs(List<WorkloadFacts> kai, String part) {
        List<WorkloadFacts> deployments = part.equals(SCHEDULER)
                ? Kai.schedulers(kai)
                : kai.stream().filter(d -> d.name().matches(PARTS.get(part))).toList();
        return deployments.stream().anyMatch(d -> d.ready() > 0)
                && deployments.stream().allMatch(d -> d.ready() > 0 || d.wanted() == 0);
    }
}
