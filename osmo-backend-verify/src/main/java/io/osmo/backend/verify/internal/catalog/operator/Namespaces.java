// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart of the operator does not create them. */
public final class Namespaces extends AbstractCheck {

    public Namespaces() {
        super("operator.namespaces", "both OSMO namespaces existing and active", Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        List<String> wanted = Stream.of(
                        evidence.expectations().operatorNamespace(),
                        evidence.expectations().workflowNamespace())
                .distinct()
                .toList();
        return given(evidence.snapshot().core().namespaces(), namespaces -> {
            Map<String, String> phases = namespaces.stream()
                    .collect(Collectors.toMap(NamespaceFacts::name, NamespaceFacts::phase, (a, b) -> a));
            return each(
                    wanted,
                    "namespaces",
                    name -> "Active".equals(phases.get(name)),
                    name -> name + " is " + phases.getOrDefault(name, "missing"),
                    wanted.stream()
                            .filter(name -> !"Active".equals(phases.get(name)))
                            .findFirst()
                            .map(name -> phases.containsKey(name)
                                    ? "See which finalizers it waits for: kubectl get namespace " + name
                                            + " -o jsonpath='{.status.conditions}'"
                                    : "kubectl create namespace " + name)
                            .orElse(""));
        });
    }
}
