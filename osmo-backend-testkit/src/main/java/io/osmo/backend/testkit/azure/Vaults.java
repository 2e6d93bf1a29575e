// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Key vaults. Their names are global; a deleted one keeps its name and its keys until it is recovered, purged or its retention
 * has passed.
 */
final class Vaults extends ResourceType {
    private final VaultKeys keys;
    private final Map<String, Deleted> deleted = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    /** Keys of a vault that is being deleted; what is inside goes first. */
    private final Map<String, List<Resource>> dying = new HashMap<>();

    Vaults(AzureSubscription azure, VaultKeys keys) {
        super(azure, "Microsoft.KeyVault/vaults", "2025-05-01", "2024-11-01", "2023-07-01");
        this.keys = keys;
    }

    /** A vault that waits for its end, with its keys. */
    private record Deleted(Resource vault, List<Resource> keys, Instant at, Instant purge) {}

    /** Lets somebody else have a vault of this name. */
    void take(String name) {
        taken.add(name.toLowerCase(Locale.ROOT));
    }

    @Override
    String names() {
        return "[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]";
    }

    @Override
    Duration createTime(Resource resource) {
        return Durations.VAULT_CREATE;
    }

    @Override
    String creating() {
        return "RegisteringDns";
    }

    @Override
    Set<PollingStyle> documentedPolling() {
        return Set.of();
    }

    @Override
    int accepted(boolean creates) {
        return 200;
    }

    @Override
    ObjectNode accept(Write write) {
        String name = write.id().name().toLowerCase(Locale.ROOT);
        ObjectNode properties = write.properties();
        boolean recover = properties.path("createMode").asText("").equals("recover");
        properties.remove("createMode");
        Deleted gone = deleted.get(name);
        if (write.creates()) {
            boolean here = azure.all(this).anyMatch(r -> r.name().equalsIgnoreCase(name));
            if (taken.contains(name) || here) {
                throw ArmError.conflict(
                        "VaultAlreadyExists",
                        "The vault name '" + write.id().name()
                                + "' is already in use. Vault names are globally unique so"
                                + " it is possible that the name is already taken.");
            }
            if (gone != null && !recover) {
                throw ArmError.conflict(
                        "ConflictError",
                        "A vault with the same name already exists in deleted state. You need to either recover or purge"
                                + " existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745"
                                + " for more information on soft delete.");
            }
            boolean same = gone != null
                    && gone.vault().id.key().equals(write.id().key())
                    && gone.vault()
                            .location()
                            .equals(write.body().path("location").asText());
            if (recover && !same) {
                throw ArmError.badRequest(
                        "SoftDeletedVaultDoesNotExist",
                        "A soft deleted vault with the given name does not exist. Ensure that the name for the vault that"
                                + " is being attempted to recover is in a recoverable state.");
            }
        }
        if (recover && gone != null) {
            ObjectNode body = gone.vault().body.deepCopy();
            if (write.body().has("tags")) {
                body.set("tags", write.body().path("tags"));
            }
            return body;
        }
        check(write, properties);
        return write.body();
    }

    private static void check(Write write, ObjectNode properties) {
        if (!properties.hasNonNull("tenantId") || !properties.hasNonNull("sku")) {
            throw ArmError.badRequest("BadRequest", "The properties tenantId and sku of the vault are required.");
        }
        if (!properties.path("enableRbacAuthorization").asBoolean() && !properties.has("accessPolicies")) {
            throw ArmError.badRequest(
                    "BadRequest", "The parameter accessPolicies is not specified; it is needed without RBAC.");
        }
        if (properties.has("enablePurgeProtection")
                && !properties.path("enablePurgeProtection").asBoolean()) {
            throw ArmError.badRequest(
                    "BadRequest",
                    "The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge protection for a"
                            + " vault is an irreversible action.");
        }
        if (properties.has("enableSoftDelete")
                && !properties.path("enableSoftDelete").asBoolean()) {
            throw ArmError.badRequest("BadRequest", "The property \"enableSoftDelete\" can be set to true only.");
        }
        Json.byDefault(properties, "softDeleteRetentionInDays", 90);
        int days = properties.path("softDeleteRetentionInDays").asInt();
        if (days < 7 || days > 90) {
            throw ArmError.badRequest(
                    "BadRequest", "The property \"softDeleteRetentionInDays\" must be between 7 and 90.");
        }
        Resource existing = write.existing();
        if (existing != null) {
            if (existing.properties().path("softDeleteRetentionInDays").asInt() != days) {
                throw ArmError.badRequest(
                        "BadRequest",
                        "The property \"softDeleteRetentionInDays\" has been set already and it can't be modified.");
            }
            if (existing.properties().path("enablePurgeProtection").asBoolean()) {
                properties.put("enablePurgeProtection", true);
            }
        }
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
        properties.put("vaultUri", "https://" + write.id().name().toLowerCase(Locale.ROOT) + ".vault.azure.net/");
    }

    @Override
    ObjectNode patch(Resource vault, ObjectNode patch) {
        ObjectNode body = vault.body.deepCopy();
        if (patch.has("tags")) {
            body.set("tags", patch.path("tags"));
        }
        patch.path("properties")
                .fields()
                .forEachRemaining(field -> Json.at(body, "properties").set(field.getKey(), field.getValue()));
        check(new Write(vault.id, body, vault), Json.at(body, "properties"));
        return body;
    }

    @Override
    void begun(Resource vault, boolean creates) {
        Deleted gone = creates ? deleted.remove(vault.name().toLowerCase(Locale.ROOT)) : null;
        if (gone != null) {
            gone.keys().forEach(key -> azure.put(key.id, keys, key.body).actual.setAll(key.actual));
        }
    }

    /** Keys wait with their vault. */
    void keyDeleted(Resource key) {
        azure.find(key.id.parent(), this)
                .ifPresent(vault -> dying.computeIfAbsent(vault.id.key(), k -> new ArrayList<>())
                        .add(key));
    }

    @Override
    void deleted(Resource vault) {
        List<Resource> with = dying.getOrDefault(vault.id.key(), List.of());
        dying.remove(vault.id.key());
        String name = vault.name().toLowerCase(Locale.ROOT);
        Instant purge = azure.now()
                .plus(Duration.ofDays(
                        vault.properties().path("softDeleteRetentionInDays").asInt()));
        Deleted gone = new Deleted(vault, with, azure.now(), purge);
        deleted.put(name, gone);
        azure.after(Duration.between(azure.now(), purge), () -> deleted.remove(name, gone));
    }

    /** Vaults that wait for their end. */
    List<String> softDeleted() {
        return deleted.values().stream()
                .map(gone -> "deletedVault " + gone.vault().name())
                .toList();
    }

    /** The list of deleted vaults, one of them, and its purge. */
    ArmReply deletedVaults(ArmRequest request, ArmId id) {
        if (id.collection()) {
            ArrayNode value = Json.array();
            deleted.values().forEach(gone -> value.add(view(gone)));
            ObjectNode body = Json.object();
            body.set("value", value);
            return ArmReply.ok(body);
        }
        Deleted gone = Optional.ofNullable(deleted.get(id.name().toLowerCase(Locale.ROOT)))
                .filter(d ->
                        d.vault().location().equals(Regions.normal(id.names().get(0))))
                .orElseThrow(() -> new ArmError(
                        404,
                        "DeletedVaultNotFound",
                        "The specified deleted vault '" + id.name() + "' does not exist."));
        if (id.action().orElse("").equals("purge")) {
            if (gone.vault().properties().path("enablePurgeProtection").asBoolean()) {
                throw ArmError.badRequest(
                        "MethodNotAllowed",
                        "Operation 'DeletedVaultPurge' is not allowed: purge protection is enabled for the vault.");
            }
            deleted.remove(id.name().toLowerCase(Locale.ROOT));
            return ArmReply.of(200, null);
        }
        return ArmReply.ok(view(gone));
    }

    private ObjectNode view(Deleted gone) {
        Resource vault = gone.vault();
        ObjectNode view = Json.object()
                .put(
                        "id",
                        "/subscriptions/" + azure.id + "/providers/Microsoft.KeyVault/locations/" + vault.location()
                                + "/deletedVaults/" + vault.name())
                .put("name", vault.name())
                .put("type", "Microsoft.KeyVault/deletedVaults");
        ObjectNode properties = view.putObject("properties");
        properties
                .put("vaultId", vault.id.text())
                .put("location", vault.location())
                .put("deletionDate", gone.at().toString())
                .put("scheduledPurgeDate", gone.purge().toString());
        if (vault.body.has("tags")) {
            properties.set("tags", vault.body.path("tags"));
        }
        if (vault.properties().path("enablePurgeProtection").asBoolean()) {
            properties.put("purgeProtectionEnabled", true);
        }
        return view;
    }

    ArmReply checkName(ArmRequest request, ArmId id) {
        String name = request.json().path("name").asText("");
        boolean used = taken.contains(name.toLowerCase(Locale.ROOT))
                || deleted.containsKey(name.toLowerCase(Locale.ROOT))
                || azure.all(this).anyMatch(r -> r.name().equalsIgnoreCase(name));
        ObjectNode body = Json.object().put("nameAvailable", !used && name.matches(names()));
        if (used) {
            body.put("reason", "AlreadyExists").put("message", "The vault name '" + name + "' is already in use.");
        } else if (!name.matches(names())) {
            body.put("reason", "AccountNameInvalid").put("message", "The vault name '" + name + "' is invalid.");
        }
        return ArmReply.ok(body);
    }

    /** The vault that a key's address belongs to. */
    Optional<Resource> byUri(String uri) {
        return azure.all(this)
                .filter(vault -> uri.toLowerCase(Locale.ROOT).startsWith(vault.text("vaultUri")))
                .findFirst();
    }

    /** The key behind an address such as {@code https://v.vault.azure.net/keys/k/0123}; the version may be missing. */
    Optional<Resource> keyByUri(String uri) {
        return byUri(uri).flatMap(vault -> {
            String[] parts = uri.substring(vault.text("vaultUri").length()).split("/", -1);
            return parts.length < 2 || !parts[0].equals("keys")
                    ? Optional.empty()
                    : azure.find(vault.id.text() + "/keys/" + parts[1], keys)
                            .filter(key -> parts.length < 3
                                    || parts[2].isEmpty()
                                    || parts[2].equals(
                                            key.actual.path("version").asText()));
        });
    }
}
