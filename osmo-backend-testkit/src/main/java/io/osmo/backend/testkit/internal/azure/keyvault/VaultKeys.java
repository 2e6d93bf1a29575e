// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.TagRules;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys of vaults. A {@code PUT} creates the first version of a key and does not change an existing key. ARM deletes no keys. */
final class VaultKeys extends ResourceType {
    private static final Set<String> KINDS = Set.of("RSA", "RSA-HSM", "EC", "EC-HSM");

    private final DeletedVaults deletedVaults;
    /** Deleted keys of vaults that exist, by their ids. */
    private final Map<String, Resource> deleted = new HashMap<>();

    VaultKeys(AzureSubscription azure, DeletedVaults deletedVaults) {
        super(
                azure,
                Traits.proxy("Microsoft.KeyVault/vaults/keys", Vaults.VERSIONS)
                        .names("[A-Za-z0-9-]{1,127}")
                        .withoutState());
        this.deletedVaults = deletedVaults;
    }

    @Override
    protected ObjectNode accept(Write write) {
        Resource existing = write.existing();
        if (existing != null) {
            return existing.body;
        }
        TagRules.check(write.body().path("tags"), 15, 512);
        if (deleted.containsKey(write.id().key())) {
            throw ArmError.conflict(
                    "Conflict",
                    "Key " + write.id().name()
                            + " is currently in a deleted but recoverable state, and its name cannot be"
                            + " reused; in this state, the key can only be recovered or purged.");
        }
        Resource vault = azure.find(write.id().parent()).orElseThrow();
        if (!vault.state.equals("Succeeded")) {
            throw ArmError.conflict("VaultNotReady", "The vault " + vault + " is still being provisioned.");
        }
        ObjectNode properties = write.properties();
        String kind = properties.path("kty").asText("");
        if (!KINDS.contains(kind)) {
            throw ArmError.badRequest("BadParameter", "The key type '" + kind + "' is not supported.");
        }
        if (kind.endsWith("-HSM")
                && !vault.properties().at("/sku/name").asText().equals("premium")) {
            throw ArmError.badRequest("BadParameter", "HSM keys need a vault of the premium SKU.");
        }
        if (kind.startsWith("RSA")) {
            Json.byDefault(properties, "keySize", 2048);
            if (!Set.of(2048, 3072, 4096).contains(properties.path("keySize").asInt())) {
                throw ArmError.badRequest("BadParameter", "The key size is not supported.");
            }
        }
        if (!properties.has("keyOps")) {
            ArrayNode operations = properties.putArray("keyOps");
            List.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey")
                    .forEach(operations::add);
        }
        write.body().put("location", vault.location());
        return write.body();
    }

    // ------------------------------------------------------------------------------------------ on the data plane

    /** Enables or disables a key, as the data plane does. */
    void enable(Resource key, boolean enabled) {
        Json.at(key.properties(), "attributes").put("enabled", enabled);
    }

    /** Deletes a key, as the data plane does: it can be recovered under its name. */
    void delete(Resource key) {
        azure.remove(key);
        deletedVaults.forget(key);
        deleted.put(key.key, key);
    }

    /** Recovers a deleted key. */
    void recover(ArmId id) {
        Resource key = Optional.ofNullable(deleted.remove(id.key())).orElseThrow();
        azure.put(id, this, key.body).computed.setAll(key.computed);
    }

    /** Whether a key is enabled, and today is within its days. */
    boolean isUsable(Resource key) {
        JsonNode attributes = key.properties().path("attributes");
        long now = azure.now().getEpochSecond();
        return attributes.path("enabled").asBoolean(true)
                && attributes.path("nbf").asLong(now) <= now
                && attributes.path("exp").asLong(now + 1) > now;
    }

    @Override
    protected Optional<ArmError> onEnd(Resource key, boolean creates) {
        if (creates) {
            Resource vault = azure.find(key.id.parent()).orElseThrow();
            String uri = vault.text("vaultUri") + "keys/" + key.name();
            String version = azure.hex(32);
            key.computed.put("version", version).put("keyUri", uri).put("keyUriWithVersion", uri + "/" + version);
        }
        return Optional.empty();
    }

    @Override
    public void checkDelete(Resource key, @Nullable String group) {
        if (group == null) {
            throw new ArmError(405, "MethodNotAllowed", "Keys cannot be deleted through Azure Resource Manager.");
        }
    }

    /** Keys are deleted and recovered with their vault. */
    @Override
    protected void onDeleted(Resource key) {
        deletedVaults.keep(key);
    }

    @Override
    protected void show(Resource key, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        properties.put("keyUri", key.computed("keyUri")).put("keyUriWithVersion", key.computed("keyUriWithVersion"));
        ObjectNode attributes = Json.at(properties, "attributes");
        Json.byDefault(attributes, "enabled", true);
        Json.byDefault(attributes, "exportable", false);
        boolean isProtected =
                azure.find(key.id.parent()).filter(Vaults::isPurgeProtected).isPresent();
        attributes
                .put("created", key.created.getEpochSecond())
                .put("updated", key.modified.getEpochSecond())
                .put("recoveryLevel", isProtected ? "Recoverable" : "Recoverable+Purgeable");
    }
}
