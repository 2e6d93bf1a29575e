// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Optional;

/** Whether a key that the spec names can encrypt Secrets and disks. */
final class KeyCheck extends RulesCheck<GcpContext> {
    KeyCheck() {
        super("key", Requirement.SC_1, "", List.of("encryption"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<GcpContext> survey, Inventory inventory) {
        Optional<String> key = survey.spec().encryption().existingKey();
        List<String> doubts = key.isPresent() ? EncryptionConcern.doubts(inventory) : List.of();
        return doubts.isEmpty()
                ? key.map(id -> pass(id + " is enabled, and GKE and Compute Engine may use it")).stream()
                        .toList()
                : doubts.stream()
                        .map(doubt -> unknown(doubt, "Look at the policies of the key ring and the project."))
                        .toList();
    }
}
