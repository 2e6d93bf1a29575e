// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** The chart does not create it. */
public final class TestNamespace extends OperatorCheck {

    public TestNamespace() {
        super("operator.test-namespace", "an active namespace for OSMO's tests, if one is set", Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        List<String> wanted = deployments.stream()
                .flatMap(d -> OsmoOperator.main(d).flag("testrunnernamespace").stream())
                .distinct()
                .toList();
        return given(
                evidence.snapshot().core().namespaces(),
                namespaces -> each(
                        wanted,
                        "namespaces for tests",
                        name -> namespaces.stream()
                                .anyMatch(
                                        n -> n.name().equals(name) && n.phase().equals("Active")),
                        name -> name + " is missing or terminating",
                        wanted.stream()
                                .findFirst()
                                .map(name -> "kubectl create namespace " + name + ", then helm upgrade the chart.")
                                .orElse("")));
    }
}
