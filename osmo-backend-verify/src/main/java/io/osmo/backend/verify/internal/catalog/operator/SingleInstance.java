// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Two listeners for the same backend of the same OSMO service compete for its connection, in whichever namespaces they run. */
public final class SingleInstance extends OperatorCheck {

    public SingleInstance() {
        super("operator.single-instance", "one listener per backend", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(OsmoOperator.all(evidence), all -> {
            List<WorkloadFacts> listeners = all.stream()
                    .filter(d -> d.runs(OsmoOperator.LISTENER) && d.wanted() > 0)
                    .toList();
            Map<String, Integer> pods = listeners.stream()
                    .collect(Collectors.groupingBy(
                            SingleInstance::backend, Collectors.summingInt(WorkloadFacts::wanted)));
            return each(
                    listeners,
                    "listeners",
                    d -> pods.getOrDefault(backend(d), 0) <= 1,
                    d -> pods.get(backend(d)) + " for " + backend(d),
                    "Uninstall the other release, or give it another global.backendName; keep one replica.");
        });
    }

    private static String backend(WorkloadFacts listener) {
        TemplateFacts.Container main = OsmoOperator.main(listener);
        return "backend " + main.flag("backend").orElse("default") + " at "
                + main.flag("host").map(url -> url.replaceFirst("/$", "")).orElse("no URL");
    }
}
