// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Disk encryption sets, which let disks be encrypted with a key of a vault. */
final class DiskEncryptionSets extends ResourceType {
    private final Vaults vaults;
    private final Identities identities;
    private final RoleAssignments roles;

    DiskEncryptionSets(AzureSubscription azure, Vaults vaults, Identities identities, RoleAssignments roles) {
        super(azure, "Microsoft.Compute/diskEncryptionSets", "2025-01-02", "2024-03-02", "2023-10-02");
        this.vaults = vaults;
        this.identities = identities;
        this.roles = roles;
    }

    @Override
    String names() {
        return "[\\w-]{1,80}";
    }

    @Override
    Duration createTime(Resource resource) {
        return Durations.DISK_ENCRYPTION_SET;
    }

    @Override
    Duration updateTime(Resource resource, ObjectNode before) {
        return Durations.DISK_ENCRYPTION_SET;
    }

    @Override
    Duration deleteTime(Resource resource) {
        return Durations.DISK_ENCRYPTION_SET;
    }

    @Override
    int accepted(boolean creates) {
        return 202;
    }

    @Override
    Set<PollingStyle> documentedPolling() {
        return Set.of(PollingStyle.AZURE_ASYNC_OPERATION, PollingStyle.LOCATION);
    }

    @Override
    ObjectNode accept(Write write) {
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
        boolean versioned = url.substring(vault.text("vaultUri").length()).split("/", -1).length > 2;
        if (!versioned && !properties.path("rotationToLatestKeyVersionEnabled").asBoolean()) {
            throw ArmError.badRequest(
                    "InvalidParameter",
                    "The key URL must hold a version unless rotationToLatestKeyVersionEnabled is true.");
        }
        if (!vault.properties().path("enablePurgeProtection").asBoolean()) {
            throw ArmError.badRequest(
                    "KeyVaultPurgeProtectionNotEnabled",
                    "Key Vault " + vault + " must have purge protection enabled to be used for encryption at rest.");
        }
        checkAccess(write.body(), vault);
        return write.body();
    }

    /** A user-assigned identity is looked at at once, one of the set's own only when it is used. */
    private void checkAccess(ObjectNode body, Resource vault) {
        Iterator<String> assigned = body.at("/identity/userAssignedIdentities").fieldNames();
        while (assigned.hasNext()) {
            String id = assigned.next();
            Resource identity = azure.find(id, identities)
                    .orElseThrow(() -> ArmError.badRequest(
                            "FailedIdentityOperation", "The identity '" + id + "' could not be found."));
            if (!mayWrap(Identities.principal(identity), vault)) {
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
        return roles.allows(principal, "Microsoft.KeyVault/vaults/keys/wrap/action", true, vault.id.text())
                && roles.allows(principal, "Microsoft.KeyVault/vaults/keys/unwrap/action", true, vault.id.text());
    }

    /** Whether disks can be encrypted with it by now. */
    boolean isUsable(Resource set) {
        String url = set.properties().at("/activeKey/keyUrl").asText();
        Optional<Resource> vault =
                vaults.byUri(url).filter(v -> vaults.keyByUri(url).isPresent());
        return vault.isPresent()
                && (set.actual.path("principalId").asText("").isEmpty()
                        || mayWrap(set.actual.path("principalId").asText(), vault.get()));
    }

    @Override
    void begun(Resource set, boolean creates) {
        if (set.body.at("/identity/type").asText().contains("SystemAssigned") && !set.actual.has("principalId")) {
            String principal = azure.uuid();
            set.actual.put("principalId", principal);
            roles.newPrincipal(principal);
        }
    }

    @Override
    ObjectNode patch(Resource set, ObjectNode patch) {
        ObjectNode body = set.body.deepCopy();
        patch.fields().forEachRemaining(field -> {
            if (field.getValue() instanceof ObjectNode object && !field.getKey().equals("tags")) {
                object.fields()
                        .forEachRemaining(inner -> Json.at(body, field.getKey()).set(inner.getKey(), inner.getValue()));
            } else {
                body.set(field.getKey(), field.getValue());
            }
        });
        return accept(new Write(set.id, body, set));
    }

    @Override
    void checkDelete(Resource set, @Nullable String goingGroup) {
        user(set, goingGroup).ifPresent(user -> {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "Disk encryption set " + set.name() + " cannot be deleted because it is in use by " + user + ".");
        });
    }

    @Override
    void show(Resource set, ObjectNode view) {
        showIdentity(azure, identities, set, view);
    }

    /** What Azure adds to the identities of a resource. */
    static void showIdentity(AzureSubscription azure, Identities identities, Resource resource, ObjectNode view) {
        if (!(view.path("identity") instanceof ObjectNode identity)) {
            return;
        }
        if (resource.actual.has("principalId")) {
            identity.put("principalId", resource.actual.path("principalId").asText())
                    .put("tenantId", azure.tenant);
        }
        if (identity.path("userAssignedIdentities") instanceof ObjectNode assigned) {
            assigned.fieldNames()
                    .forEachRemaining(id -> azure.find(id, identities).ifPresent(found -> {
                        ObjectNode shown = Json.object();
                        shown.setAll(found.actual);
                        assigned.set(id, shown);
                    }));
        }
    }
}
