// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.ClusterConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;

/** Checks that the service accounts among the administrators exist. Users and groups cannot be looked up. */
final class AdminsCheck extends RulesCheck<GcpContext> {
    AdminsCheck() {
        super("admins", Requirement.CP_1, "", List.of("admins"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        List<String> unread = ClusterConcern.unreadAdmins(inventory);
        if (!unread.isEmpty()) {
            return unread.stream()
                    .map(text -> unknown(text, "Grant iam.serviceAccounts.get in that project."))
                    .toList();
        }
        long accounts = survey.spec().admins().stream()
                .filter(admin -> admin.endsWith(".gserviceaccount.com"))
                .count();
        return accounts == 0
                ? List.of()
                : List.of(pass(
                        accounts == 1 ? "the service account exists" : "all " + accounts + " service accounts exist"));
    }
}
