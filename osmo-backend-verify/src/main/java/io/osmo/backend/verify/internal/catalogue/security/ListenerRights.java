// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.security;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.Installed;
import io.osmo.backend.verify.internal.catalogue.installed.OperatorCheck;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Set;

/** What the chart's own roles give. */
public final class ListenerRights extends OperatorCheck {

    public ListenerRights() {
        super("security.rbac-listener", "all rights that the listener of OSMO's operator needs", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return given(evidence.snapshot().access().operator(), rights -> {
            Set<String> accounts = Accounts.of(deployments, Installed.LISTENER);
            return each(
                    rights.stream()
                            .filter(r -> accounts.contains(r.subject()) && !Accounts.everything(r))
                            .toList(),
                    "rights",
                    PermissionFacts::allowed,
                    r -> "may not " + r.action(),
                    "Install the chart with global.enableClusterRoles=true, or create its roles by hand.");
        });
    }
}
