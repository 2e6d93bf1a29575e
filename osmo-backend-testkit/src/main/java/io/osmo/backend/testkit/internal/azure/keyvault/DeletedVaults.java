// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Regions;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Vaults that are deleted and not yet purged. They keep their names and their keys, and can be recovered. */
public final class DeletedVaults {
    private final AzureSubscription azure;
    private final Map<String, Deleted> vaults = new HashMap<>();
    /** Keys by the id of their vault, which is deleted right after them. */
    private final Map<String, List<Resource>> keys = new HashMap<>();

    DeletedVaults(AzureSubscription azure) {
        this.azure = azure;
    }

    /** A deleted vault with its keys. */
    record Deleted(Resource vault, List<Resource> keys, Instant at, Instant purge) {}

    Optional<Deleted> find(String name) {
        return Optional.ofNullable(vaults.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Takes a vault out to recover it. */
    Optional<Deleted> remove(String name) {
        return Optional.ofNullable(vaults.remove(name.toLowerCase(Locale.ROOT)));
    }

    /** Keeps a key until its vault is kept. */
    void keep(Resource key) {
        keys.computeIfAbsent(ArmId.key(key.id.parent()), vault -> new ArrayList<>())
                .add(key);
    }

    /** A key that is deleted alone does not come back with its vault. */
    void forget(Resource key) {
        keys.remove(ArmId.key(key.id.parent()));
    }

    /** Ends the retention of a vault, so that it and its keys are gone for good. */
    public void purge(String name) {
        vaults.remove(name.toLowerCase(Locale.ROOT));
    }

    /** Keeps a vault until its retention time has passed. */
    void keepVault(Resource vault) {
        String name = vault.name().toLowerCase(Locale.ROOT);
        Duration retention = Duration.ofDays(
                vault.properties().path("softDeleteRetentionInDays").asInt());
        List<Resource> itsKeys = Optional.ofNullable(keys.remove(vault.key)).orElse(List.of());
        Deleted deleted = new Deleted(vault, itsKeys, azure.now(), azure.now().plus(retention));
        vaults.put(name, deleted);
        azure.after(retention, () -> vaults.remove(name, deleted));
    }

    /** Lines of the inventory. */
    public List<String> lines() {
        return vaults.values().stream()
                .map(deleted -> "deletedVault " + deleted.vault().name())
                .toList();
    }

    /** The list of deleted vaults, one of them, and its purge. */
    ArmReply answer(ArmRequest request, ArmId id) {
        if (id.collection()) {
            return ArmReply.values(vaults.values().stream().map(this::view));
        }
        Deleted deleted = find(id.name())
                .filter(found -> found.vault()
                        .location()
                        .equals(Regions.normal(id.names().get(0))))
                .orElseThrow(() -> new ArmError(
                        404,
                        "DeletedVaultNotFound",
                        "The specified deleted vault '" + id.name() + "' does not exist."));
        if (id.action().orElse("").equals("purge")) {
            if (Vaults.isPurgeProtected(deleted.vault())) {
                throw ArmError.badRequest(
                        "MethodNotAllowed",
                        "Operation 'DeletedVaultPurge' is not allowed: purge protection is enabled for the vault.");
            }
            remove(id.name());
            return ArmReply.of(200, null);
        }
        return ArmReply.ok(view(deleted));
    }

    private ObjectNode view(Deleted deleted) {
        Resource vault = deleted.vault();
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
                .put("deletionDate", deleted.at().toString())
                .put("scheduledPurgeDate", deleted.purge().toString());
        if (vault.body.has("tags")) {
            properties.set("tags", vault.body.path("tags"));
        }
        if (Vaults.isPurgeProtected(vault)) {
            properties.put("purgeProtectionEnabled", true);
        }
        return view;
    }
}
