// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keys through ARM: a {@code PUT} makes the first version of a key; if there is one, nothing is written and it is returned as
 * it is. ARM deletes no keys.
 */
final class VaultKeys extends ResourceType {
    private static final Set<String> KINDS = Set.of("RSA", "RSA-HSM", "EC", "EC-HSM");

    private Consumer<Resource> onDeleted = key -> {};

    VaultKeys(AzureSubscription azure) {
        super(azure, "Microsoft.KeyVault/vaults/keys", "2025-05-01", "2024-11-01", "2023-07-01");
    }

    void onDeleted(Consumer<Resource> listener) {
        onDeleted = listener;
    }

    @Override
    boolean isTracked() {
        return false;
    }

    @Override
    boolean showsState() {
        return false;
    }

    @Override
    String names() {
        return "[A-Za-z0-9-]{1,127}";
    }

    @Override
    ObjectNode accept(Write write) {
        Resource existing = write.existing();
        if (existing != null) {
            return existing.body;
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
            var operations = properties.putArray("keyOps");
            List.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey")
                    .forEach(operations::add);
        }
        write.body().put("location", vault.location());
        return write.body();
    }

    @Override
    Optional<ArmError> complete(Resource key, boolean creates) {
        if (creates) {
            Resource vault = azure.find(key.id.parent()).orElseThrow();
            String uri = vault.text("vaultUri") + "keys/" + key.name();
            String version = azure.hex(32);
            key.actual.put("version", version).put("keyUri", uri).put("keyUriWithVersion", uri + "/" + version);
        }
        return Optional.empty();
    }

    @Override
    void checkDelete(Resource key, @org.jspecify.annotations.Nullable String goingGroup) {
        if (goingGroup == null) {
            throw new ArmError(405, "MethodNotAllowed", "Keys cannot be deleted through Azure Resource Manager.");
        }
    }

    @Override
    void deleted(Resource key) {
        onDeleted.accept(key);
    }

    @Override
    void show(Resource key, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        properties
                .put("keyUri", key.actual.path("keyUri").asText())
                .put("keyUriWithVersion", key.actual.path("keyUriWithVersion").asText());
        ObjectNode attributes = Json.at(properties, "attributes");
        Json.byDefault(attributes, "enabled", true);
        Json.byDefault(attributes, "exportable", false);
        boolean kept = azure.find(key.id.parent())
                .map(v -> v.properties().path("enablePurgeProtection").asBoolean())
                .orElse(false);
        attributes
                .put("created", key.created.getEpochSecond())
                .put("updated", key.modified.getEpochSecond())
                .put("recoveryLevel", kept ? "Recoverable" : "Recoverable+Purgeable");
    }
}
