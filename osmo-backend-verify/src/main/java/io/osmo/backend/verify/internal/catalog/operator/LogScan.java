// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.snapshot.LogFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.stream.Collectors;

/** A worker keeps running and is ready even if the OSMO service rejects its backend; only its log shows that. */
public final class LogScan extends OperatorCheck {

    public LogScan() {
        super("operator.log-scan", "no known error in the last 200 log lines of OSMO's operator", Severity.INFO);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(evidence.snapshot().stack().operatorLogs(), logs -> {
            List<LogPhrase> found = logs.stream()
                    .flatMap(log -> phrases(log).stream())
                    .distinct()
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                for (LogFacts log : logs) {
                    if (log.phrases() instanceof Fact.Unknown<List<LogPhrase>> unread) {
                        return unknown(unread).about(List.of(log));
                    }
                }
            }
            return each(
                    logs,
                    "logs of the operator",
                    log -> phrases(log).isEmpty(),
                    log -> log.container() + " logged "
                            + phrases(log).stream()
                                    .map(p -> "'" + p.text() + "'")
                                    .collect(Collectors.joining(" and ")),
                    found.stream()
                            .map(p -> PodFailures.next(p, evidence))
                            .distinct()
                            .collect(Collectors.joining(" ")));
        });
    }

    private static List<LogPhrase> phrases(LogFacts log) {
        return log.phrases().known().orElse(List.of());
    }
}
