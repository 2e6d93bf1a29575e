// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.InsertNetworkRequest;
import com.google.cloud.compute.v1.InsertSubnetworkRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.Cluster;
import com.google.container.v1.IPAllocationPolicy;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import io.osmo.backend.gcp.GcpService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What somebody else has in the same project. */
final class Neighbor {
    private static final String MACHINE = "e2-standard-4";

    private final GkeBackend gke;

    Neighbor(GkeBackend gke) {
        this.gke = gke;
    }

    private String project() {
        return gke.clients.project();
    }

    void network(String name) {
        var unused = gke.clients
                .networks()
                .insertCallable()
                .call(InsertNetworkRequest.newBuilder()
                        .setProject(project())
                        .setNetworkResource(Network.newBuilder().setName(name).setAutoCreateSubnetworks(false))
                        .build());
        gke.clouds.time().advance(Duration.ofMinutes(1));
    }

    void subnet(String network, String name, String cidr) {
        var unused = gke.clients
                .subnetworks()
                .insertCallable()
                .call(InsertSubnetworkRequest.newBuilder()
                        .setProject(project())
                        .setRegion(GkeBackend.REGION)
                        .setSubnetworkResource(Subnetwork.newBuilder()
                                .setName(name)
                                .setNetwork("projects/" + project() + "/global/networks/" + network)
                                .setIpCidrRange(cidr))
                        .build());
        gke.clouds.time().advance(Duration.ofMinutes(1));
    }

    /** A cluster with one pool, without any labels. */
    void cluster(String location, String name, String network, String subnet) {
        var unused = gke.clients
                .clusters()
                .createCluster(
                        "projects/" + project() + "/locations/" + location,
                        Cluster.newBuilder()
                                .setName(name)
                                .setNetwork("projects/" + project() + "/global/networks/" + network)
                                .setSubnetwork("projects/" + project() + "/regions/" + GkeBackend.REGION
                                        + "/subnetworks/" + subnet)
                                .setIpAllocationPolicy(
                                        IPAllocationPolicy.newBuilder().setUseIpAliases(true))
                                .addNodePools(NodePool.newBuilder()
                                        .setName("theirs")
                                        .setConfig(NodeConfig.newBuilder().setMachineType(MACHINE))
                                        .setInitialNodeCount(1))
                                .build());
        gke.clouds.time().advance(Duration.ofMinutes(15));
    }

    void firewall(String name, String network) {
        send(
                "POST",
                GcpService.COMPUTE,
                "/compute/v1/projects/" + project() + "/global/firewalls",
                "{\"name\":\"" + name + "\",\"network\":\"projects/" + project() + "/global/networks/" + network
                        + "\"}");
        gke.clouds.time().advance(Duration.ofMinutes(1));
    }

    void deleteAccount(String id) {
        String email = id + "@" + project() + ".iam.gserviceaccount.com";
        send("DELETE", GcpService.IAM, "/v1/projects/" + project() + "/serviceAccounts/" + email, "");
    }

    private void send(String method, GcpService service, String path, String body) {
        try {
            HttpResponse<String> response = gke.clients
                    .http()
                    .send(
                            HttpRequest.newBuilder(URI.create(gke.clients.endpoint(service) + path))
                                    .header("Content-Type", "application/json")
                                    .method(method, BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pool that somebody else adds to our cluster. */
    void pool(String name) {
        var unused = gke.clients
                .clusters()
                .createNodePool(
                        gke.path(),
                        NodePool.newBuilder()
                                .setName(name)
                                .setConfig(NodeConfig.newBuilder().setMachineType(MACHINE))
                                .setInitialNodeCount(1)
                                .build());
        gke.clouds.time().advance(Duration.ofMinutes(15));
    }
}
