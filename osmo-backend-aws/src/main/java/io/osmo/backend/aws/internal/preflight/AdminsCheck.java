// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.aws.internal.cluster.AccessReader;
import io.osmo.backend.aws.internal.cluster.AdminReader;
import io.osmo.backend.aws.internal.cluster.AdminRules;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;

/** Whether the administrators that the spec names exist. */
final class AdminsCheck extends RulesCheck<AwsContext> {
    AdminsCheck() {
        super(
                "admins",
                Optional.empty(),
                "",
                List.of("admins"),
                List.of(CallerReader.INSTANCE, AccessReader.INSTANCE, AdminReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        List<String> unknown = AdminRules.unknown(survey.spec(), inventory);
        if (!unknown.isEmpty()) {
            return List.of(unknown(
                    "whether these administrators exist could not be read: " + String.join(", ", unknown),
                    "Grant iam:GetRole and iam:GetUser; those of other accounts cannot be read."));
        }
        return survey.spec().admins().isEmpty()
                ? List.of()
                : List.of(pass("all " + survey.spec().admins().size() + " administrators exist"));
    }
}
