// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.NetworkRoutingConfig;
import com.google.cloud.compute.v1.Route;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.GcpQuotas;
import java.time.Duration;

/** Networks in custom mode. Automatic mode is not emulated. */
final class NetworkRules implements ResourceRules {
    private final GcpProject project;

    NetworkRules(GcpProject project) {
        this.project = project;
    }

    @Override
    public Message prepare(String path, Message wanted, ComputeResources all) {
        Network network = (Network) wanted;
        if (!network.hasAutoCreateSubnetworks() || network.getAutoCreateSubnetworks()) {
            throw GcpError.notEmulated(
                    "a network with automatic subnetworks, which is what compute.networks.insert makes"
                            + " when autoCreateSubnetworks is not false,");
        }
        if (all.all("networks").size() >= project.quota(GcpQuotas.NETWORKS)) {
            throw GcpError.quota(
                    "Quota 'NETWORKS' exceeded.  Limit: " + project.quota(GcpQuotas.NETWORKS) + " globally.");
        }
        all.put(
                project.path("global/routes/default-route-" + project.hex(16)),
                Route.newBuilder()
                        .setNetwork(ComputeResources.url(path))
                        .setDestRange("0.0.0.0/0")
                        .setPriority(1000)
                        .setNextHopGateway(
                                ComputeResources.url(project.path("global/gateways/default-internet-gateway")))
                        .build());
        return complete(network);
    }

    @Override
    public Message change(String path, Message old, Message changed, ComputeResources all) {
        return complete((Network) changed);
    }

    private static Network complete(Network network) {
        Network.Builder complete = network.toBuilder();
        if (!network.hasRoutingConfig()) {
            complete.setRoutingConfig(NetworkRoutingConfig.newBuilder().setRoutingMode("REGIONAL"));
        }
        if (!network.hasMtu()) {
            complete.setMtu(1460);
        }
        complete.setNetworkFirewallPolicyEnforcementOrder("AFTER_CLASSIC_FIREWALL");
        return complete.build();
    }

    @Override
    public Duration createTime() {
        return Duration.ofSeconds(12);
    }

    @Override
    public Duration deleteTime() {
        return Duration.ofSeconds(25);
    }
}
