// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Key vaults. Their names are global. */
public final class Vaults extends ResourceType {
    static final String[] VERSIONS = {"2025-05-01", "2024-11-01", "2023-07-01"};

    private final VaultKeys keys;
    private final DeletedVaults deletedVaults;
    private final Set<String> foreignNames = new HashSet<>();

    Vaults(AzureSubscription azure, VaultKeys keys, DeletedVaults deletedVaults) {
        super(
                azure,
                Traits.tracked("Microsoft.KeyVault/vaults", VERSIONS)
                        .names("[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]")
                        .takes(Duration.ofSeconds(40), Duration.ZERO, Duration.ZERO)
                        .creating("RegisteringDns")
                        .polling()
                        .accepted(200, 200));
        this.keys = keys;
        this.deletedVaults = deletedVaults;
    }

    /** Gives the name of a vault to another tenant. */
    public void take(String name) {
        foreignNames.add(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a deleted vault cannot be purged. */
    public static boolean isPurgeProtected(Resource vault) {
        return vault.properties().path("enablePurgeProtection").asBoolean();
    }

    private boolean exists(String name) {
        return all().anyMatch(vault -> vault.name().equalsIgnoreCase(name));
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        boolean recovers = properties.path("createMode").asText("").equals("recover");
        properties.remove("createMode");
        DeletedVaults.@Nullable Deleted deleted =
                deletedVaults.find(write.id().name()).orElse(null);
        if (write.creates()) {
            checkName(write, recovers, deleted);
        }
        if (recovers && deleted != null) {
            return retagged(deleted.vault(), write.body());
        }
        check(write, properties);
        return write.body();
    }

    private void checkName(Write write, boolean recovers, DeletedVaults.@Nullable Deleted deleted) {
        String name = write.id().name();
        if (foreignNames.contains(name.toLowerCase(Locale.ROOT)) || exists(name)) {
            throw ArmError.conflict(
                    "VaultAlreadyExists",
                    "The vault name '" + name
                            + "' is already in use. Vault names are globally unique so"
                            + " it is possible that the name is already taken.");
        }
        if (deleted != null && !recovers) {
            throw ArmError.conflict(
                    "ConflictError",
                    "A vault with the same name already exists in deleted state. You need to either recover or purge"
                            + " existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745"
                            + " for more information on soft delete.");
        }
        boolean same = deleted != null
                && deleted.vault().key.equals(write.id().key())
                && deleted.vault()
                        .location()
                        .equals(write.body().path("location").asText());
        if (recovers && !same) {
            throw ArmError.badRequest(
                    "SoftDeletedVaultDoesNotExist",
                    "A soft deleted vault with the given name does not exist. Ensure that the name for the vault that"
                            + " is being attempted to recover is in a recoverable state.");
        }
    }

    private static void check(Write write, ObjectNode properties) {
        if (!properties.hasNonNull("tenantId") || !properties.hasNonNull("sku")) {
            throw bad("The properties tenantId and sku of the vault are required.");
        }
        if (!properties.path("enableRbacAuthorization").asBoolean() && !properties.has("accessPolicies")) {
            throw bad("The parameter accessPolicies is not specified; it is needed without RBAC.");
        }
        if (isDisabled(properties, "enablePurgeProtection")) {
            throw bad(
                    "The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge protection for a"
                            + " vault is an irreversible action.");
        }
        if (isDisabled(properties, "enableSoftDelete")) {
            throw bad("The property \"enableSoftDelete\" can be set to true only.");
        }
        Json.byDefault(properties, "softDeleteRetentionInDays", 90);
        int days = properties.path("softDeleteRetentionInDays").asInt();
        if (days < 7 || days > 90) {
            throw bad("The property \"softDeleteRetentionInDays\" must be between 7 and 90.");
        }
        Resource existing = write.existing();
        if (existing != null) {
            if (existing.properties().path("softDeleteRetentionInDays").asInt() != days) {
                throw bad("The property \"softDeleteRetentionInDays\" has been set already and it can't be modified.");
            }
            if (isPurgeProtected(existing)) {
                properties.put("enablePurgeProtection", true);
            }
        }
        complete(properties, write.id().name());
    }

    private static boolean isDisabled(ObjectNode properties, String name) {
        return properties.has(name) && !properties.path(name).asBoolean();
    }

    private static void complete(ObjectNode properties, String name) {
        Json.byDefault(properties, "enableSoftDelete", true);
        Json.byDefault(properties, "enableRbacAuthorization", false);
        Json.byDefault(properties, "publicNetworkAccess", "Enabled");
        if (!properties.has("accessPolicies")) {
            properties.putArray("accessPolicies");
        }
        for (String flag :
                List.of("enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment")) {
            Json.byDefault(properties, flag, false);
        }
        properties.put("vaultUri", "https://" + name.toLowerCase(Locale.ROOT) + ".vault.azure.net/");
    }

    private static ArmError bad(String message) {
        return ArmError.badRequest("BadRequest", message);
    }

    @Override
    protected ObjectNode patch(Resource vault, ObjectNode patch) {
        ObjectNode body = Json.merged(vault.body, patch, Set.of("properties"));
        check(new Write(vault.id, body, vault), Json.at(body, "properties"));
        return body;
    }

    /** A recovered vault has its keys again. */
    @Override
    protected void onStart(Resource vault, boolean creates) {
        if (creates) {
            deletedVaults
                    .remove(vault.name())
                    .ifPresent(deleted -> deleted.keys()
                            .forEach(key ->
                                    azure.put(key.id, keys, key.body).computed.setAll(key.computed)));
        }
    }

    @Override
    protected void onDeleted(Resource vault) {
        deletedVaults.keepVault(vault);
    }

    /** Whether a name is free. */
    ArmReply checkName(ArmRequest request, ArmId id) {
        String name = Json.parse(request.body()).path("name").asText("");
        boolean used = foreignNames.contains(name.toLowerCase(Locale.ROOT))
                || deletedVaults.find(name).isPresent()
                || exists(name);
        ObjectNode body = Json.object().put("nameAvailable", !used && accepts(name));
        if (used) {
            body.put("reason", "AlreadyExists").put("message", "The vault name '" + name + "' is already in use.");
        } else if (!accepts(name)) {
            body.put("reason", "AccountNameInvalid").put("message", "The vault name '" + name + "' is invalid.");
        }
        return ArmReply.ok(body);
    }

    /** The vault that the address of a key belongs to. */
    public Optional<Resource> byUri(String uri) {
        return all().filter(vault -> uri.toLowerCase(Locale.ROOT).startsWith(vault.text("vaultUri")))
                .findFirst();
    }

    /** The key at an address such as {@code https://v.vault.azure.net/keys/k/0123}; the version may be missing. */
    public Optional<Resource> keyByUri(String uri) {
        return byUri(uri).flatMap(vault -> {
            String[] parts = uri.substring(vault.text("vaultUri").length()).split("/", -1);
            return parts.length < 2 || !parts[0].equals("keys")
                    ? Optional.empty()
                    : keys.find(vault.id.child("keys", parts[1]).text())
                            .filter(keys::isUsable)
                            .filter(key ->
                                    parts.length < 3 || parts[2].isEmpty() || parts[2].equals(key.computed("version")));
        });
    }

    /** Whether a vault decides by Azure roles; else it does by its access policies. */
    public static boolean decidesByRoles(Resource vault) {
        return vault.properties().path("enableRbacAuthorization").asBoolean();
    }

    /** Whether the access policies of a vault allow a principal all of this with its keys. */
    public static boolean policyAllows(Resource vault, String principal, String... permissions) {
        List<String> allowed = new ArrayList<>();
        vault.properties().path("accessPolicies").forEach(policy -> {
            if (policy.path("objectId").asText().equalsIgnoreCase(principal)) {
                policy.at("/permissions/keys")
                        .forEach(one -> allowed.add(one.asText().toLowerCase(Locale.ROOT)));
            }
        });
        return allowed.contains("all") || allowed.containsAll(List.of(permissions));
    }

    /** Whether all networks reach a vault. */
    public static boolean isPublic(Resource vault) {
        return !vault.text("publicNetworkAccess").equals("Disabled")
                && !vault.properties().at("/networkAcls/defaultAction").asText().equals("Deny");
    }

    /** Whether the address of a key of a vault contains a version. */
    public static boolean isVersioned(String uri, Resource vault) {
        return uri.substring(vault.text("vaultUri").length()).split("/", -1).length > 2;
    }
}
