// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.osmo.backend.kubernetes.DockerConfig;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.PullSecret;
import java.util.Set;

/** Image pull secrets (RG-2, RG-3): type {@code kubernetes.io/dockerconfigjson}. */
public final class PullSecrets {
    static final String ID_KIND = "pull-secret";

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
                DockerConfig.TYPE,
                DockerConfig.KEY,
                () -> DockerConfig.json(secret.registry(), secret.username(), secret.password()),
                after);
    }

    static ResourceId id(String namespace, String name) {
        return ResourceId.of(ID_KIND, namespace + "/" + name);
    }
}
