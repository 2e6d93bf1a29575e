// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.access;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.internal.Arm;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.cluster.ClusterAccess;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Makes access to clusters out of what was observed of them. */
public final class AksAccess {
    private final AzureClients clients;
    private final Arm arm;
    private final AksSettings settings;
    private final InstantSource clock;

    public AksAccess(AzureClients clients, AksSettings settings, InstantSource clock) {
        this.clients = clients;
        this.arm = new Arm(clients);
        this.settings = settings;
        this.clock = clock;
    }

    /** Empty as long as the cluster has no address. */
    public Optional<ClusterAccess> to(ArmObject cluster) {
        return Kubeconfig.server(cluster)
                .map(server -> new ClusterAccess(
                        cluster.name(),
                        URI.create(server),
                        Kubeconfig.certificate(cluster),
                        new AksTokens(clients, arm, settings, clock, cluster)))
                .map(access -> AksTokens.isAdmin(settings, cluster) ? access : access.with(AksPlugin.of(settings)));
    }
}
