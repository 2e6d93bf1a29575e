// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.access;

import io.osmo.backend.cluster.ClusterAccess.ExecPlugin;
import io.osmo.backend.gcp.GkeSettings;
import java.util.List;
import java.util.Map;

/**
 * Google's plugin, as {@code gcloud container clusters get-credentials} writes it into a kubeconfig. It takes the credentials of gcloud.
 *
 * @see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl">Cluster access for kubectl</a>
 */
final class GkePlugin {
    private GkePlugin() {}

    static ExecPlugin of(GkeSettings settings) {
        return new ExecPlugin(
                "gke-gcloud-auth-plugin",
                List.of(),
                settings.impersonate()
                        .map(account -> Map.of("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", account))
                        .orElse(Map.of()),
                true,
                "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin");
    }
}
