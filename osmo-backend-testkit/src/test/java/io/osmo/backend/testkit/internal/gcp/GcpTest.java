// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.compute.v1.InsertSubnetworkRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import com.google.cloud.kms.v1.KeyRing;
import com.google.container.v1.*;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Calls the emulated services through the vendor's real clients; every request must satisfy the vendor's description. */
public abstract class GcpTest {
    protected static final String PROJECT = "osmo-emulated";
    protected static final String REGION = "us-central1";
    protected static final String PARENT = "projects/" + PROJECT + "/locations/" + REGION;
    protected static final String CLUSTER = PARENT + "/clusters/c";
    private static final ObjectMapper JSON = new ObjectMapper();

    protected VirtualTime time;
    protected GcpModels models;
    protected EmulatedGcp gcp;
    protected GcpClients clients;

    @BeforeEach
    void open() {
        time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        models = GcpModels.create();
        gcp = EmulatedGcp.builder(time).pageSize(2).inspector(models).build();
        clients = gcp.open(REGION, GkeSettings.defaults());
    }

    @AfterEach
    void nothing_broke_the_models() {
        clients.close();
        gcp.close();
        assertThat(models.violations()).isEmpty();
    }

    protected void reopen(UnaryOperator<EmulatedGcp.Builder> how) {
        clients.close();
        gcp.close();
        gcp = how.apply(EmulatedGcp.builder(time).inspector(models)).build();
        clients = gcp.open(REGION, GkeSettings.defaults());
    }

    protected static void refused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getMessage() + " " + e.getReason() + " " + e.getCause())
                                .contains(reason));
    }

    protected RestCalls rest() {
        return new RestCalls(clients);
    }

    protected JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    protected void network(String name) {
        var unused = clients.networks()
                .insertCallable()
                .call(com.google.cloud.compute.v1.InsertNetworkRequest.newBuilder()
                        .setProject(PROJECT)
                        .setNetworkResource(Network.newBuilder().setName(name).setAutoCreateSubnetworks(false))
                        .build());
    }

    protected void subnetwork(String name, String network, String range, String pods) {
        var unused = clients.subnetworks()
                .insertCallable()
                .call(InsertSubnetworkRequest.newBuilder()
                        .setProject(PROJECT)
                        .setRegion(REGION)
                        .setSubnetworkResource(Subnetwork.newBuilder()
                                .setName(name)
                                .setNetwork("global/networks/" + network)
                                .setIpCidrRange(range)
                                .addSecondaryIpRanges(SubnetworkSecondaryRange.newBuilder()
                                        .setRangeName("pods")
                                        .setIpCidrRange(pods))
                                .addSecondaryIpRanges(SubnetworkSecondaryRange.newBuilder()
                                        .setRangeName("services")
                                        .setIpCidrRange("10.200.0.0/20")))
                        .build());
    }

    protected void readyNetwork() {
        network("n");
        time.advance(Duration.ofMinutes(1));
        subnetwork("s", "n", "10.0.0.0/20", "10.100.0.0/16");
        time.advance(Duration.ofMinutes(1));
    }

    protected void delete(String kind, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Object unused = switch (kind) {
            case "networks" ->
                clients.networks()
                        .deleteCallable()
                        .call(com.google.cloud.compute.v1.DeleteNetworkRequest.newBuilder()
                                .setProject(PROJECT)
                                .setNetwork(name)
                                .build());
            case "routers" ->
                clients.routers()
                        .deleteCallable()
                        .call(com.google.cloud.compute.v1.DeleteRouterRequest.newBuilder()
                                .setProject(PROJECT)
                                .setRegion(REGION)
                                .setRouter(name)
                                .build());
            default ->
                clients.subnetworks()
                        .deleteCallable()
                        .call(com.google.cloud.compute.v1.DeleteSubnetworkRequest.newBuilder()
                                .setProject(PROJECT)
                                .setRegion(REGION)
                                .setSubnetwork(name)
                                .build());
        };
    }

    protected String key() {
        KeyRing ring = clients.keys().createKeyRing(PARENT, "osmo", KeyRing.getDefaultInstance());
        return clients.keys()
                .createCryptoKey(
                        ring.getName(),
                        "k",
                        CryptoKey.newBuilder()
                                .setPurpose(CryptoKeyPurpose.ENCRYPT_DECRYPT)
                                .build())
                .getName();
    }

    protected static NodePool.Builder pool(String name, String machine) {
        return NodePool.newBuilder()
                .setName(name)
                .setInitialNodeCount(1)
                .setConfig(NodeConfig.newBuilder().setMachineType(machine));
    }

    protected static Cluster.Builder clusterOf(NodePool.Builder pool) {
        return Cluster.newBuilder()
                .setName("c")
                .setNetwork("projects/" + PROJECT + "/global/networks/n")
                .setSubnetwork("projects/" + PROJECT + "/regions/" + REGION + "/subnetworks/s")
                .setIpAllocationPolicy(IPAllocationPolicy.newBuilder()
                        .setUseIpAliases(true)
                        .setClusterSecondaryRangeName("pods")
                        .setServicesSecondaryRangeName("services"))
                .putResourceLabels("team", "robots")
                .addNodePools(pool);
    }

    protected void cluster(NodePool.Builder pool) {
        readyNetwork();
        var unused = clients.clusters().createCluster(PARENT, clusterOf(pool).build());
        time.advance(Duration.ofMinutes(7));
    }

    protected Cluster.Status status() {
        return clients.clusters().getCluster(CLUSTER).getStatus();
    }

    protected void create(NodePool.Builder pool) {
        var unused = clients.clusters().createNodePool(CLUSTER, pool.build());
        time.advance(Duration.ofMinutes(3));
    }

    protected NodePool nodePool(String name) {
        return clients.clusters().getNodePool(CLUSTER + "/nodePools/" + name);
    }
}
