// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import io.osmo.backend.kubernetes.internal.resource.PlainObject;
import io.osmo.backend.spec.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The content of a Secret of type {@value #TYPE}, with which kubelets pull images (RG-2). Registries have the names that images use;
 * Docker Hub is {@code docker.io}. Pure.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/">Pull an image from a private
 *     registry</a>
 */
public final class DockerConfig {
    /** Type of the Secret. */
    public static final String TYPE = "kubernetes.io/dockerconfigjson";

    /** The only key of the Secret. */
    public static final String KEY = ".dockerconfigjson";

    private static final String DOCKER_HUB = "docker.io";

    /** Other hosts of Docker Hub; credentials under the first one are found whichever of them an image names. */
    private static final Set<String> HOSTS_OF_DOCKER_HUB = Set.of("index.docker.io", "registry-1.docker.io");

    private static final String KEY_OF_DOCKER_HUB = "https://index.docker.io/v1/";

    private DockerConfig() {}

    /**
     * The content for one credential as JSON, the same text in every run. Reveals the password.
     *
     * @param registry host, with a port if it has one
     */
    public static String json(String registry, String username, Secret password) {
        String revealed = password.reveal();
        String auth = Base64.getEncoder().encodeToString((username + ":" + revealed).getBytes(StandardCharsets.UTF_8));
        String key = registryOf(registry).equals(DOCKER_HUB) ? KEY_OF_DOCKER_HUB : registry;
        return PlainObject.json(Map.of(
                "auths", Map.of(key, new TreeMap<>(Map.of("username", username, "password", revealed, "auth", auth)))));
    }

    /** The registry of a key of {@code auths}, which is a host or an address as Docker writes it. */
    public static String registryOf(String key) {
        String address = key.replaceFirst("^https?://", "");
        int path = address.indexOf('/');
        String host = path < 0 ? address : address.substring(0, path);
        return HOSTS_OF_DOCKER_HUB.contains(host) ? DOCKER_HUB : host;
    }
}
