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
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Backup vaults. */
final class BackupVaults extends ResourceType {
    private static final Duration TIME = Duration.ofSeconds(20);

    private final BackupInstances instances;
    private final ResourceIdentities identities;

    BackupVaults(AzureSubscription azure, BackupInstances instances, ResourceIdentities identities) {
        super(
                azure,
                Traits.tracked("Microsoft.DataProtection/backupVaults", DataProtection.VERSIONS)
                        .names("[A-Za-z][A-Za-z0-9-]{1,49}")
                        .takes(TIME, Duration.ZERO, TIME)
                        .creating("Provisioning"));
        this.instances = instances;
        this.identities = identities;
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        if (properties.path("storageSettings").isEmpty()) {
            throw ArmError.badRequest("UserErrorMissingStorageSettings", "storageSettings of the vault are required.");
        }
        Resource existing = write.existing();
        if (existing != null
                && !existing.properties().path("storageSettings").equals(properties.path("storageSettings"))) {
            throw ArmError.badRequest(
                    "UserErrorStorageSettingsCannotBeChanged", "The storage settings of a vault cannot be changed.");
        }
        ObjectNode security = Json.at(properties, "securitySettings");
        ObjectNode deletion = Json.at(security, "softDeleteSettings");
        Json.byDefault(deletion, "state", "On");
        Json.byDefault(deletion, "retentionDurationInDays", 14);
        Json.byDefault(Json.at(security, "immutabilitySettings"), "state", "Disabled");
        return write.body();
    }

    @Override
    protected ObjectNode patch(Resource vault, ObjectNode patch) {
        return Json.merged(vault.body, patch, Set.of("properties"));
    }

    @Override
    protected void onStart(Resource vault, boolean creates) {
        identities.assign(vault);
    }

    @Override
    public void checkDelete(Resource vault, @Nullable String group) {
        instances.of(vault).findFirst().ifPresent(instance -> {
            throw ArmError.badRequest(
                    "BMSUserErrorVaultNotEmpty",
                    "The vault " + vault.name() + " cannot be deleted because it holds backup instances: "
                            + instance.name() + ".");
        });
    }

    @Override
    protected void show(Resource vault, ObjectNode view) {
        Json.at(view, "properties").put("isVaultProtectedByResourceGuard", false);
        identities.show(vault, view);
    }
}
