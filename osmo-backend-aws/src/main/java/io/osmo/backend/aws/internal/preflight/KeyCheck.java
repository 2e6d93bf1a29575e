// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
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
        super("key", Optional.of(Requirement.SC_1), "", List.of("encryption"), List.of(KeyReader.INSTANCE));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AwsContext> survey, Inventory inventory) {
        return survey
                .spec()
                .encryption()
                .existingKeyId()
                .map(key -> pass(key + " is enabled, symmetric and for encryption"))
                .stream()
                .toList();
    }
}
