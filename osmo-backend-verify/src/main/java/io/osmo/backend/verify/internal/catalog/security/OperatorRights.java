// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Set;

/** A part of OSMO's operator has the permissions that the chart's own roles grant. */
public final class OperatorRights extends OperatorCheck {
    private final String image;

    private OperatorRights(String part, String image) {
        super(
                "security.rbac-" + part,
                "all permissions that the " + part + " of OSMO's operator needs",
                Severity.ERROR);
        this.image = image;
    }

    public static OperatorRights rbacWorker() {
        return new OperatorRights("worker", OsmoOperator.WORKER);
    }

    public static OperatorRights rbacListener() {
        return new OperatorRights("listener", OsmoOperator.LISTENER);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(evidence.snapshot().access().operator(), rights -> {
            Set<String> accounts = Accounts.of(deployments, image);
            return each(
                    rights.stream()
                            .filter(r -> accounts.contains(r.subject()) && !Accounts.everything(r))
                            .toList(),
                    "permissions",
                    PermissionFacts::allowed,
                    r -> "may not " + r.action(),
                    "Install the chart with global.enableClusterRoles=true, or create its roles yourself.");
        });
    }
}
