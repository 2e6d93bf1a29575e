// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** Permissions that installing the chart of OSMO's operator needs. A credential that can only read is no defect. */
public final class CredentialsAdmin extends AbstractCheck {

    public CredentialsAdmin() {
        super(
                "control-plane.credentials-admin",
                "all permissions needed to install OSMO's operator",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                OsmoOperator.of(evidence),
                operator -> given(evidence.snapshot().access().own(), rights -> {
                    if (!operator.isEmpty()) {
                        return skipped("OSMO's operator is installed");
                    }
                    if (rights.stream().noneMatch(r -> r.verb().equals("create") && r.allowed())) {
                        return skipped("this credential only reads");
                    }
                    return each(
                            rights,
                            "permissions",
                            PermissionFacts::allowed,
                            r -> "may not " + r.action(),
                            CloudServices.remedy(evidence.snapshot(), Remedy.GRANT_CLUSTER_ADMIN));
                }));
    }
}
