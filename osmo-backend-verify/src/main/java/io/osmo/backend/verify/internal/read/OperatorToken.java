// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalog.stack.TokenSource;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** The token that the operator uses: read from its Secret when the service is asked about it, and kept nowhere. */
public final class OperatorToken {
    private OperatorToken() {}

    /**
     * Reads it.
     *
     * @param snapshot says which Secret the operator mounts
     * @param clients opens a client of the cluster, which is closed again
     */
    public static Fact<Secret> of(ClusterSnapshot snapshot, Supplier<KubernetesClient> clients) {
        TokenSource source = TokenSource.of(new Evidence(snapshot));
        // A list, as the snapshot takes it: no further permission is needed.
        try (KubernetesClient client = clients.get()) {
            return client
                    .secrets()
                    .inNamespace(source.namespace())
                    .withField("metadata.name", source.name())
                    .list()
                    .getItems()
                    .stream()
                    .filter(secret -> secret.getMetadata().getName().equals(source.name())
                            && secret.getData() != null
                            && secret.getData().containsKey(source.key()))
                    .map(secret -> Fact.of(secret(source, secret.getData().get(source.key()))))
                    .findFirst()
                    .orElseGet(() -> Fact.unknown("no token is stored in " + source));
        } catch (KubernetesClientException | OsmoBackendException e) {
            return Fact.unknown(source + " cannot be read: " + e.getMessage());
        }
    }

    private static Secret secret(TokenSource source, String base64) {
        return Secret.of(
                source.toString(), () -> new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1));
    }
}
