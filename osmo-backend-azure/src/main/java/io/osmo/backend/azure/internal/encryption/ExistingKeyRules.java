// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.identity.UserIdentity;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What AKS and disk encryption sets require of an existing key and its vault:
 * learn.microsoft.com/azure/aks/use-kms-etcd-encryption and
 * learn.microsoft.com/azure/virtual-machines/disk-encryption#customer-managed-keys.
 */
final class ExistingKeyRules {
    private static final ResourceId VAULT = ResourceId.of("key-vault", "existing");
    private static final String PATH = "encryption.existingKey";

    /** Whether the key can be used now; an attachment of the inventory. */
    private record Validity(boolean expired, boolean tooEarly) {}

    private ExistingKeyRules() {}

    static String vault(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf("/keys/")));
    }

    static CompletableFuture<Reading> read(AzureContext context, String id) {
        return Reading.all(List.of(
                context.find(ArmType.KEY, id)
                        .thenApply(found -> Found.existing(VaultKey.ID, found)
                                .and(Reading.attachment(
                                        Validity.class,
                                        new Validity(
                                                at("exp", found)
                                                        .filter(end -> !end.isAfter(context.scheduler()
                                                                .now()))
                                                        .isPresent(),
                                                at("nbf", found)
                                                        .filter(begin -> begin.isAfter(context.scheduler()
                                                                .now()))
                                                        .isPresent())))),
                context.find(ArmType.VAULT, vault(id)).thenApply(found -> Found.existing(VAULT, found))));
    }

    private static Optional<Instant> at(String attribute, Optional<ArmObject> key) {
        return key.map(found -> found.json().at("/properties/attributes/" + attribute))
                .filter(JsonNode::isNumber)
                .map(seconds -> Instant.ofEpochSecond(seconds.asLong()));
    }

    static List<Violation> check(String id, BackendSpec spec, Inventory inventory) {
        Optional<ArmObject> key = inventory.find(VaultKey.ID, ArmObject.class);
        if (key.isEmpty()) {
            return List.of(violation(
                    id,
                    "a key that can be read",
                    "Create it, or allow Microsoft.KeyVault/vaults/keys/read on its vault."));
        }
        List<Violation> violations = new ArrayList<>();
        if (VaultKey.isDisabled(key.get())) {
            violations.add(violation(
                    id, "a key that is enabled", "Enable it with az keyvault key set-attributes --enabled true."));
        }
        Validity validity = inventory.attachment(Validity.class).orElse(new Validity(false, false));
        if (validity.expired()) {
            violations.add(violation(
                    id,
                    "a key that has not expired",
                    "Rotate it, or move its expiry (az keyvault key set-attributes --expires)."));
        }
        if (validity.tooEarly()) {
            violations.add(violation(
                    id,
                    "a key that is valid by now",
                    "Wait, or move its start date (az keyvault key set-attributes --not-before)."));
        }
        inventory
                .find(VAULT, ArmObject.class)
                .ifPresentOrElse(
                        vault -> violations.addAll(vault(id, vault, spec, inventory)),
                        () -> violations.add(violation(
                                id,
                                "a key in a vault that can be read",
                                "Allow Microsoft.KeyVault/vaults/read on it.")));
        return violations;
    }

    private static List<Violation> vault(String id, ArmObject vault, BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>();
        String name = vault.name();
        String region = vault.text("/location").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!region.equals(spec.region())) {
            violations.add(violation(
                    id,
                    "a key in a vault of " + spec.region() + ", not of " + region,
                    "Disks are encrypted with keys of their own region only: name one there."));
        }
        if (!vault.json().at("/properties/enablePurgeProtection").asBoolean(false)) {
            violations.add(violation(
                    id,
                    "a key in a vault with purge protection",
                    "Protect it with az keyvault update --name " + name + " --enable-purge-protection true."));
        }
        if (vault.text("/properties/publicNetworkAccess").equalsIgnoreCase("Disabled")
                || vault.text("/properties/networkAcls/defaultAction").equalsIgnoreCase("Deny")) {
            violations.add(violation(
                    id,
                    "a key in a vault that all networks may reach, as the API server does",
                    "Allow it with az keyvault update --name " + name
                            + " --public-network-access Enabled --default-action Allow."));
        }
        if (!vault.json().at("/properties/enableRbacAuthorization").asBoolean(false)
                && !(allows(vault, inventory, UserIdentity.CLUSTER, Set.of("encrypt", "decrypt"))
                        && allows(vault, inventory, UserIdentity.DISKS, Set.of("get", "wrapkey", "unwrapkey")))) {
            violations.add(
                    violation(
                            id,
                            "a key in a vault that decides by Azure roles, which the identities of the backend are given",
                            "Switch it with az keyvault update --name " + name
                                    + " --enable-rbac-authorization true, once those who use it by access policies have roles."));
        }
        return violations;
    }

    /** Whether the access policies of a vault allow an identity that exists to use its keys so. */
    private static boolean allows(ArmObject vault, Inventory inventory, ResourceId identity, Set<String> needed) {
        String principal = inventory
                .find(identity, ArmObject.class)
                .map(found -> found.text("/properties/principalId"))
                .orElse("");
        Set<String> allowed = new HashSet<>();
        vault.json().at("/properties/accessPolicies").forEach(policy -> {
            if (policy.path("objectId").asText("").equalsIgnoreCase(principal) && !principal.isEmpty()) {
                policy.at("/permissions/keys")
                        .forEach(one -> allowed.add(one.asText().toLowerCase(Locale.ROOT)));
            }
        });
        return allowed.contains("all") || allowed.containsAll(needed);
    }

    private static Violation violation(String id, String allowed, String remedy) {
        return new Violation(PATH, Optional.of("SC-1"), id, allowed, remedy);
    }
}
