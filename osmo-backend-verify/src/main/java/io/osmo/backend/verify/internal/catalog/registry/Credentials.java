// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.kubernetes.DockerConfig;
import io.osmo.backend.verify.snapshot.SecretFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What prevents kubelets from using an image pull secret, as far as its structure shows. */
final class Credentials {
    /** The older type, of which only the name is read. */
    private static final String OLD_TYPE = "kubernetes.io/dockercfg";

    private Credentials() {}

    /** Whether it is intended to be an image pull secret. */
    static boolean isPullSecret(SecretFacts secret) {
        return secret.type().equals(DockerConfig.TYPE);
    }

    /** What is wrong with a Secret that is to hold a credential for a registry; empty if nothing is. */
    static Optional<String> problem(SecretFacts secret, String host) {
        if (secret.type().equals(OLD_TYPE)) {
            return Optional.empty();
        }
        if (!isPullSecret(secret)) {
            return Optional.of("is of type " + secret.type() + ", which kubelets do not pull with");
        }
        if (secret.registries().isEmpty()) {
            return Optional.of("is malformed");
        }
        Map<String, Boolean> registries = secret.registries().get();
        if (registries.isEmpty()) {
            return Optional.of("is empty");
        }
        List<String> matching =
                registries.keySet().stream().filter(key -> matches(key, host)).toList();
        if (matching.isEmpty()) {
            return Optional.of("has no entry for " + host + ", only for "
                    + registries.keySet().stream().sorted().limit(3).collect(Collectors.joining(", ")));
        }
        return matching.stream().anyMatch(key -> Boolean.TRUE.equals(registries.get(key)))
                ? Optional.empty()
                : Optional.of(withoutCredential(host));
    }

    /** What is wrong with the entries of a Secret, whatever it is for; empty if nothing is. */
    static Optional<String> problem(SecretFacts secret) {
        if (secret.registries().isEmpty()) {
            return Optional.of("is malformed");
        }
        if (secret.registries().get().isEmpty()) {
            return Optional.of("is empty");
        }
        return secret.registries().get().entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(Credentials::withoutCredential);
    }

    private static String withoutCredential(String host) {
        return "has no credential for " + host
                + (host.equals("nvcr.io") ? " with the user name $oauthtoken, which it requires" : "");
    }

    /**
     * Whether a kubelet finds the credential of a host under a key, in which each part of the name may have wildcards.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/containers/images/#config-json">interpretation of config.json</a>
     */
    private static boolean matches(String key, String host) {
        return key.equals(host) || key.contains("*") && host.matches(("\\Q" + key + "\\E").replace("*", "\\E[^.]*\\Q"));
    }
}
