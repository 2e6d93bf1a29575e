// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.keyvault.Vaults;
import io.osmo.backend.testkit.internal.azure.managedidentity.ManagedIdentity;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import io.osmo.backend.testkit.internal.azure.managedidentity.UserAssignedIdentities;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Disk encryption sets, by which disks are encrypted with a key of a vault. */
public final class DiskEncryptionSets extends ResourceType {
    private static final Duration TIME = Duration.ofSeconds(10);

    private final Vaults vaults;
    private final ManagedIdentity identities;
    private final RoleAssignments roles;

    DiskEncryptionSets(AzureSubscription azure, Vaults vaults, ManagedIdentity identities, RoleAssignments roles) {
        super(
                azure,
                Traits.tracked("Microsoft.Compute/diskEncryptionSets", Compute.DISK_VERSIONS)
                        .names("[\\w-]{1,80}")
                        .takes(TIME, TIME, TIME)
                        .accepted(202, 202)
                        .polling(PollingStyle.AZURE_ASYNC_OPERATION, PollingStyle.LOCATION));
        this.vaults = vaults;
        this.identities = identities;
        this.roles = roles;
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        Json.byDefault(properties, "encryptionType", "EncryptionAtRestWithCustomerKey");
        Json.byDefault(properties, "rotationToLatestKeyVersionEnabled", false);
        String url = properties.at("/activeKey/keyUrl").asText("");
        Resource vault = vaults.byUri(url)
                .orElseThrow(() -> ArmError.badRequest(
                        "KeyVaultNotFound", "The key vault of the key '" + url + "' could not be found."));
        if (vaults.keyByUri(url).isEmpty()) {
            throw ArmError.badRequest("KeyNotFound", "The key '" + url + "' could not be found.");
        }
        if (!Vaults.isVersioned(url, vault)
                && !properties.path("rotationToLatestKeyVersionEnabled").asBoolean()) {
            throw ArmError.badRequest(
                    "InvalidParameter",
                    "The key URL must hold a version unless rotationToLatestKeyVersionEnabled is true.");
        }
        if (!Vaults.isPurgeProtected(vault)) {
            throw ArmError.badRequest(
                    "KeyVaultPurgeProtectionNotEnabled",
                    "Key Vault " + vault + " must have purge protection enabled to be used for encryption at rest.");
        }
        if (!vault.location().equals(write.body().path("location").asText())) {
            throw ArmError.badRequest(
                    "InvalidParameter",
                    "Key Vault " + vault + " must be in the same region as the disk encryption set.");
        }
        checkAccess(write.body(), vault);
        return write.body();
    }

    /** The rights of a user-assigned identity are checked at once, those of the set's own identity when it is used. */
    private void checkAccess(ObjectNode body, Resource vault) {
        for (String id : ResourceIdentities.userAssigned(body)) {
            Resource identity = identities
                    .userAssigned
                    .find(id)
                    .orElseThrow(() -> ArmError.badRequest(
                            "FailedIdentityOperation", "The identity '" + id + "' could not be found."));
            if (!mayWrap(UserAssignedIdentities.principal(identity), vault)) {
                throw new ArmError(
                        403,
                        "KeyVaultAccessForbidden",
                        "Unable to access key vault resource '" + vault.text("vaultUri")
                                + "' to enable encryption at rest. Please grant get, wrap and unwrap key permissions to"
                                + " user-assigned identity '" + id + "'. Please visit"
                                + " https://aka.ms/keyvaultaccessssecmk for more information.");
            }
        }
    }

    private boolean mayWrap(String principal, Resource vault) {
        if (!Vaults.decidesByRoles(vault)) {
            return Vaults.policyAllows(vault, principal, "get", "wrapkey", "unwrapkey");
        }
        return roles.allowsData(principal, "Microsoft.KeyVault/vaults/keys/wrap/action", vault.id.text())
                && roles.allowsData(principal, "Microsoft.KeyVault/vaults/keys/unwrap/action", vault.id.text());
    }

    /** What Compute says when it cannot encrypt a disk with it. */
    public Optional<ArmError> problem(Resource set) {
        String url = set.properties().at("/activeKey/keyUrl").asText();
        if (vaults.keyByUri(url).isEmpty()) {
            return Optional.of(ArmError.conflict(
                    "KeyVaultKeyNotUsable",
                    "Operation wrap is not allowed on a disabled or deleted key '" + url + "' of disk encryption set '"
                            + set.id.text() + "'."));
        }
        return isUsable(set) && identitiesMayWrap(set, url)
                ? Optional.empty()
                : Optional.of(ArmError.conflict(
                        "KeyVaultAccessForbidden",
                        "Unable to access key vault resource '" + url
                                + "' to enable encryption at rest. Please grant get, wrap and unwrap key permissions to disk"
                                + " encryption set '" + set.id.text() + "'."));
    }

    private boolean identitiesMayWrap(Resource set, String url) {
        return ResourceIdentities.userAssigned(set.body).stream()
                .allMatch(id -> identities
                        .userAssigned
                        .find(id)
                        .flatMap(identity -> vaults.byUri(url)
                                .filter(vault -> mayWrap(UserAssignedIdentities.principal(identity), vault)))
                        .isPresent());
    }

    /** Whether disks can be encrypted with it now. */
    public boolean isUsable(Resource set) {
        String url = set.properties().at("/activeKey/keyUrl").asText();
        String principal = ResourceIdentities.systemAssigned(set);
        return vaults.keyByUri(url).isPresent()
                && vaults.byUri(url)
                        .filter(vault -> principal.isEmpty() || mayWrap(principal, vault))
                        .isPresent();
    }

    @Override
    protected void onStart(Resource set, boolean creates) {
        identities.ofResources.assign(set);
    }

    @Override
    protected ObjectNode patch(Resource set, ObjectNode patch) {
        return accept(new Write(set.id, Json.merged(set.body, patch, Set.of("identity", "properties")), set));
    }

    @Override
    public void checkDelete(Resource set, @Nullable String group) {
        user(set, group).ifPresent(user -> {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "Disk encryption set " + set.name() + " cannot be deleted because it is in use by " + user + ".");
        });
    }

    @Override
    protected void show(Resource set, ObjectNode view) {
        identities.ofResources.show(set, view);
    }
}
