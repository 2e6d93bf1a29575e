// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.access;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.cluster.ClusterAccess;
import java.net.URI;
import java.util.Optional;

/** Makes access to a cluster out of what was observed of it. */
public final class AksAccess {
    private AksAccess() {}

    /** Empty as long as the cluster has no address. */
    public static Optional<ClusterAccess> of(AzureContext azure, ArmObject cluster) {
        return Kubeconfig.server(cluster)
                .map(server -> new ClusterAccess(
                        cluster.name(),
                        URI.create(server),
                        Kubeconfig.certificate(cluster),
                        new AksTokens(azure, cluster)));
    }
}
