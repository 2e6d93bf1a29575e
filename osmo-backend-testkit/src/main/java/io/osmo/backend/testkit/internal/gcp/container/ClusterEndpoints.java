// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import io.osmo.backend.testkit.internal.gcp.GcpError;

/** Addresses of a control plane, and who can reach them. */
final class ClusterEndpoints {
    private static final String PUBLIC_NETWORK = "34.72.";
    private static final String PRIVATE_ADDRESS = "10.128.255.2";

    private ClusterEndpoints() {}

    /**
     * Fills in what follows from the configuration of the endpoints.
     *
     * @param octets the last two of the public address
     */
    static void complete(Cluster.Builder cluster, String octets) {
        ControlPlaneEndpointsConfig.Builder endpoints = cluster.getControlPlaneEndpointsConfigBuilder();
        IPEndpointsConfig.Builder ip = endpoints.getIpEndpointsConfigBuilder();
        if (!ip.hasEnabled()) {
            ip.setEnabled(true);
        }
        if (!ip.hasEnablePublicEndpoint()) {
            ip.setEnablePublicEndpoint(!cluster.getPrivateClusterConfig().getEnablePrivateEndpoint());
        }
        if (!ip.getEnabled() && !endpoints.getDnsEndpointConfig().getAllowExternalTraffic()) {
            throw GcpError.invalid("Either the IP endpoints or external traffic to the DNS endpoint must be enabled.");
        }
        if (ip.getEnablePublicEndpoint()) {
            ip.setPublicEndpoint(PUBLIC_NETWORK + octets);
        }
        ip.setPrivateEndpoint(PRIVATE_ADDRESS);
        cluster.setEndpoint(ip.getEnablePublicEndpoint() ? PUBLIC_NETWORK + octets : PRIVATE_ADDRESS);
        boolean privateNodes = ClusterRules.hasPrivateNodes(cluster);
        cluster.getNetworkConfigBuilder().setDefaultEnablePrivateNodes(privateNodes);
        cluster.getPrivateClusterConfigBuilder()
                .setEnablePrivateNodes(privateNodes)
                .setEnablePrivateEndpoint(!ip.getEnablePublicEndpoint())
                .setPrivateEndpoint(ip.getPrivateEndpoint())
                .setPublicEndpoint(ip.getPublicEndpoint());
    }

    /** A cluster with changed endpoints, whose addresses stay. */
    static Cluster changed(Cluster cluster, ControlPlaneEndpointsConfig desired) {
        Cluster.Builder changed = cluster.toBuilder();
        ControlPlaneEndpointsConfig.Builder endpoints =
                changed.getControlPlaneEndpointsConfigBuilder().mergeFrom(desired);
        IPEndpointsConfig ip = desired.getIpEndpointsConfig();
        if (ip.hasAuthorizedNetworksConfig()) {
            endpoints.getIpEndpointsConfigBuilder().setAuthorizedNetworksConfig(ip.getAuthorizedNetworksConfig());
        }
        endpoints
                .getDnsEndpointConfigBuilder()
                .setEndpoint(cluster.getControlPlaneEndpointsConfig()
                        .getDnsEndpointConfig()
                        .getEndpoint());
        complete(changed, cluster.getEndpoint().replaceFirst("^\\d+\\.\\d+\\.", ""));
        return changed.build();
    }
}
