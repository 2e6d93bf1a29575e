// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.aws.internal.encryption.EncryptionConcern;
import io.osmo.backend.aws.internal.encryption.KeyReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;

/** Whether a key that the spec names can encrypt Secrets and disks. */
final class KeyCheck extends RulesCheck<AwsContext> {
    KeyCheck() {
        super(
                "key",
                Optional.of(Requirement.SC_1),
                "",
                List.of("encryption"),
                List.of(KeyReader.INSTANCE, CallerReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        return survey
                .spec()
                .encryption()
                .existingKey()
                .map(key -> EncryptionConcern.isUsable(survey.spec(), inventory)
                        ? pass(key + " is enabled, symmetric and for encryption, and EC2 Auto Scaling may use it")
                        : unknown(
                                key + " is enabled, symmetric and for encryption; whether EC2 Auto Scaling may use it"
                                        + " does not follow from its policy and grants",
                                "Grant kms:GetKeyPolicy and kms:ListGrants, or see the key's policy."))
                .stream()
                .toList();
    }
}
