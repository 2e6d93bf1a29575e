// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.dataprotection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies of backup vaults. */
final class BackupPolicies extends ResourceType {
    BackupPolicies(AzureSubscription azure) {
        super(
                azure,
                Traits.proxy("Microsoft.DataProtection/backupVaults/backupPolicies", DataProtection.VERSIONS)
                        .names("[A-Za-z][A-Za-z0-9-]{2,149}")
                        .withoutState());
    }

    @Override
    protected ObjectNode accept(Write write) {
        List<String> types = Json.strings(write.properties().path("datasourceTypes"));
        if (types.isEmpty() || write.properties().path("policyRules").isEmpty()) {
            throw ArmError.badRequest("BMSUserErrorInvalidInput", "A policy needs datasource types and rules.");
        }
        return write.body();
    }

    @Override
    public void checkDelete(Resource policy, @Nullable String group) {
        user(policy, group).ifPresent(user -> {
            throw ArmError.badRequest(
                    "UserErrorBackupPolicyInUse", "The policy " + policy.name() + " is in use by " + user.name() + ".");
        });
    }
}
