// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import java.util.function.Function;

/** If KAI is installed, it starts a pod of a queue on each compute pool within two minutes. */
public final class ScheduleProbe extends ProbeCheck {
    public ScheduleProbe() {
        super("kai.schedule-probe", "a queued pod that KAI schedules, on every compute pool", Severity.ERROR);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return facts.kai().isEmpty()
                ? given(
                        Kai.takesPods(evidence),
                        installed -> skipped(installed ? "no pod was created for KAI" : "KAI is not installed yet"))
                : all(
                        facts.kai(),
                        "pools with a pod for KAI",
                        KaiProbeFacts::refusal,
                        String::isEmpty,
                        Function.identity(),
                        refusal -> "Check KAI's scheduler, binder and queues: kubectl -n kai-scheduler get pods;"
                                + " kubectl get queues.scheduling.run.ai.");
    }
}
