// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** OSMO's pod groups use them. KAI does not preempt pods with a value above 100. */
public final class PriorityClasses extends AbstractCheck {
    private static final Map<String, Integer> WANTED = Map.of("osmo-high", 125, "osmo-normal", 100, "osmo-low", 50);

    public PriorityClasses() {
        super(
                "kai.priority-classes",
                "priority classes osmo-high 125, osmo-normal 100, osmo-low 50",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().core().priorityClasses(), classes -> {
            Map<String, Integer> values = classes.stream()
                    .collect(Collectors.toMap(PriorityClassFacts::name, PriorityClassFacts::value, (a, b) -> a));
            if (!evidence.expectations().known() && WANTED.keySet().stream().noneMatch(values::containsKey)) {
                return skipped("the chart of the operator creates them");
            }
            return each(
                    WANTED.keySet().stream().sorted().toList(),
                    "priority classes",
                    name -> Objects.equals(values.get(name), WANTED.get(name)),
                    name -> name + " is " + (values.containsKey(name) ? values.get(name) : "missing"),
                    WANTED.keySet().stream().anyMatch(name -> wrong(values, name))
                            ? "kubectl delete priorityclass "
                                    + WANTED.keySet().stream()
                                            .sorted()
                                            .filter(name -> wrong(values, name))
                                            .collect(Collectors.joining(" "))
                                    + ", then apply the spec again: the value of a priority class cannot be changed."
                            : "Apply the spec again, or set global.priorityClasses.enabled=true in the operator's chart.");
        });
    }

    private static boolean wrong(Map<String, Integer> values, String name) {
        return values.containsKey(name) && !values.get(name).equals(WANTED.get(name));
    }
}
