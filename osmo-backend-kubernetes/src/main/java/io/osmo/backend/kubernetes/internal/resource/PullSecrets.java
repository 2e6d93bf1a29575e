// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.osmo.backend.error.Violation;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spi.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Image pull secrets (RG-2, RG-3): type {@code kubernetes.io/dockerconfigjson}. */
public final class PullSecrets {
    static final String TYPE = "kubernetes.io/dockerconfigjson";
    static final String KEY = ".dockerconfigjson";

    /** Docker Hub's credentials are looked up under the address of its first API, whatever host images name. */
    private static final Set<String> DOCKER_HUB = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");

    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

    private PullSecrets() {}

    public static SecretResource resource(
            ClusterConnections connections,
            Ownership ownership,
            String namespace,
            PullSecret secret,
            Set<ResourceId> after) {
        return new SecretResource(
                connections,
                ownership,
                id(namespace, secret.secretName()),
                namespace,
                secret.secretName(),
                TYPE,
                KEY,
                () -> dockerConfig(secret),
                after);
    }

    static ResourceId id(String namespace, String name) {
        return ResourceId.of("pull-secret", namespace + "/" + name);
    }

    /** What is wrong with the password, which is revealed for it. */
    public static Optional<Violation> check(int index, PullSecret secret) {
        return secret.password().reveal().isEmpty()
                ? Optional.of(new Violation(
                        "pullSecrets[" + index + "].password",
                        Optional.of("RG-2"),
                        "an empty password",
                        "the password or token of " + secret.username() + " at " + secret.registry(),
                        "Supply the credential."))
                : Optional.empty();
    }

    static String dockerConfig(PullSecret secret) {
        String password = secret.password().reveal();
        String auth = Base64.getEncoder()
                .encodeToString((secret.username() + ":" + password).getBytes(StandardCharsets.UTF_8));
        // Sorted, so that the same credential is the same text in every run.
        Map<String, String> entry =
                new TreeMap<>(Map.of("username", secret.username(), "password", password, "auth", auth));
        return PlainObject.json(Map.of("auths", Map.of(registryKey(secret.registry()), entry)));
    }

    static String registryKey(String registry) {
        return DOCKER_HUB.contains(registry) ? DOCKER_HUB_KEY : registry;
    }
}
