// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.kubernetes.existing.ClusterSource;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import org.jspecify.annotations.Nullable;

/** The cluster of a session: found, and its client opened, when first needed. Safe for concurrent use. */
final class ExistingCluster implements AutoCloseable {
    private final ClusterSource source;
    private final ExistingSettings settings;
    private @Nullable ClusterAccess access;
    private @Nullable KubernetesClient client;

    ExistingCluster(ClusterSource source, ExistingSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    /** @throws io.osmo.backend.error.KubeconfigException when there is no usable kubeconfig */
    synchronized ClusterAccess access() {
        if (access == null) {
            access = source.access(settings);
        }
        return access;
    }

    synchronized KubernetesClient client() {
        if (client == null) {
            client = KubernetesClients.open(access());
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
