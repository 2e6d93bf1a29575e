// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.encryption.EncryptionConcern;
import io.osmo.backend.aws.internal.encryption.KeyReader;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether a key that the spec names can encrypt Secrets and disks. */
final class ExistingKey extends PreflightCheck {
    ExistingKey() {
        super("key", Requirement.SC_1);
    }

    @Override
    CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        Optional<String> key = spec.encryption().existingKeyId();
        if (key.isEmpty()) {
            return none();
        }
        return new KeyReader().read(aws, Optional.of(spec)).thenApply(reading -> {
            List<Violation> violations = new EncryptionConcern().check(spec, reading.toInventory());
            return violations.isEmpty()
                    ? List.of(pass(key.get() + " is enabled, symmetric and for encryption"))
                    : violations.stream().map(this::fail).toList();
        });
    }
}
