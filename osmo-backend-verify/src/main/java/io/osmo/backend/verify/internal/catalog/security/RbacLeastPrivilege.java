// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** Whoever takes over a pod of the operator has its permissions. */
public final class RbacLeastPrivilege extends OperatorCheck {

    public RbacLeastPrivilege() {
        super(
                "security.rbac-least-privilege",
                "no service account of OSMO's operator that may do everything",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(
                evidence.snapshot().access().operator(),
                rights -> each(
                        rights.stream().filter(Accounts::everything).toList(),
                        "service accounts",
                        r -> !r.allowed(),
                        r -> r.subject() + " may do everything",
                        "Remove the binding to cluster-admin; the chart's own roles are enough."));
    }
}
