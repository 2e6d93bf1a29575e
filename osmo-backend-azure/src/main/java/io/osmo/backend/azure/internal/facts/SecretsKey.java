// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.cluster.CloudFacts.Key;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.Facts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The customer-managed key that encrypts Secrets, and whether it is enabled (SC-1). AKS names it by its URL in the vault; ARM returns
 * the state of the key's newest version.
 */
final class SecretsKey {
    private static final Pattern ADDRESS = Pattern.compile("https://([^./]+)\\.[^/]+/keys/([^/]+)(/.*)?");

    private SecretsKey() {}

    static CompletableFuture<Fact<Optional<Key>>> read(AzureContext context, Fact<ArmObject> cluster) {
        return cluster.known()
                .map(known -> read(context, known))
                .orElseGet(() -> CompletableFuture.completedFuture(cluster.flatMap(none -> Fact.unknown(""))));
    }

    private static CompletableFuture<Fact<Optional<Key>>> read(AzureContext context, ArmObject cluster) {
        JsonNode kms = cluster.json().at("/properties/securityProfile/azureKeyVaultKms");
        if (!kms.path("enabled").asBoolean(false)) {
            return CompletableFuture.completedFuture(Fact.of(Optional.empty()));
        }
        String address = kms.path("keyId").asText("");
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            return CompletableFuture.completedFuture(Fact.unknown("'" + address + "' is no address of a key"));
        }
        // AKS needs the id of the vault only if the vault is private; the backend's vault is in the cluster's group.
        String vault = Optional.of(kms.path("keyVaultResourceId").asText(""))
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> context.id(ArmType.VAULT, matcher.group(1)));
        return Facts.of(context.find(ArmType.KEY, vault + "/keys/" + matcher.group(2)))
                .thenApply(found -> found.flatMap(key -> of(address, vault, key)));
    }

    /** @param key as ARM shows it; empty when there is none in the vault, or no such vault */
    static Fact<Optional<Key>> of(String address, String vault, Optional<ArmObject> key) {
        if (key.isEmpty()) {
            return Fact.unknown(
                    "whether the key " + address + " is enabled is not known: there is no such key in " + vault);
        }
        String newest = key.get().text("/properties/keyUriWithVersion");
        return newest.equalsIgnoreCase(address)
                ? Fact.of(Optional.of(new Key(
                        address,
                        key.get().json().at("/properties/attributes/enabled").asBoolean(false))))
                : Fact.unknown(
                        "whether the key " + address + " is enabled is not known: the newest version is " + newest);
    }
}
