// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.kubernetes.DockerConfig;
import io.osmo.backend.verify.snapshot.SecretFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a Secret into facts. Values do not leave this class: only names, hosts of registries and the shape of the token do. */
final class Secrets {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Secrets() {}

    static SecretFacts facts(JsonNode secret) {
        JsonNode data = secret.path("data");
        Set<String> keys = new HashSet<>();
        data.fieldNames().forEachRemaining(keys::add);
        return new SecretFacts(
                Parse.text(secret.path("metadata"), "namespace"),
                Parse.name(secret),
                Parse.text(secret, "type"),
                keys,
                registries(Parse.text(data, DockerConfig.KEY)),
                data.has("token") ? Optional.of(shape(Parse.text(data, "token"))) : Optional.empty());
    }

    /** Whether each registry of an image pull secret has a credential; empty when it is not a well-formed one. */
    private static Optional<Map<String, Boolean>> registries(String base64) {
        try {
            JsonNode auths = MAPPER.readTree(Base64.getDecoder().decode(base64)).path("auths");
            if (!auths.isObject()) {
                return Optional.empty();
            }
            Map<String, Boolean> registries = new HashMap<>();
            auths.fields()
                    .forEachRemaining(e -> registries.merge(
                            DockerConfig.registryOf(e.getKey()),
                            hasCredential(DockerConfig.registryOf(e.getKey()), e.getValue()),
                            // Kubelets try all entries of a registry, as with paths in it.
                            Boolean::logicalOr));
            return Optional.of(registries);
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** Kubelets take the user name and the password only where there is no {@code auth}. */
    private static boolean hasCredential(String registry, JsonNode entry) {
        if (Parse.text(entry, "auth").isEmpty()) {
            return !Parse.text(entry, "username").isEmpty()
                    && !Parse.text(entry, "password").isEmpty()
                    && accepts(registry, Parse.text(entry, "username"));
        }
        try {
            String pair = new String(Base64.getDecoder().decode(Parse.text(entry, "auth")), StandardCharsets.UTF_8);
            return pair.indexOf(':') > 0
                    && pair.indexOf(':') < pair.length() - 1
                    && accepts(registry, pair.substring(0, pair.indexOf(':')));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** NVIDIA's registry accepts only this user name, with an API key as password. */
    private static boolean accepts(String registry, String user) {
        return !registry.equals("nvcr.io") || user.equals("$oauthtoken");
    }

    private static SecretFacts.TokenShape shape(String base64) {
        String token;
        try {
            token = new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1)
                    .replaceFirst("(\r\n|\n|\r)$", "");
        } catch (IllegalArgumentException e) {
            return new SecretFacts.TokenShape(0, false);
        }
        return new SecretFacts.TokenShape(token.length(), token.matches("[A-Za-z0-9_-]*"));
    }
}
