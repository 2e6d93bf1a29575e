// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.ResourceExhaustedException;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnavailableException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.compute.v1.AggregatedListMachineTypesRequest;
import com.google.cloud.compute.v1.InsertSubnetworkRequest;
import com.google.cloud.compute.v1.ListNetworksRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.RouterNat;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import com.google.cloud.kms.v1.KeyRing;
import com.google.container.v1.*;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The emulated services through the vendor's real clients, every request held against the vendor's description. */
class EmulatedGcpTest {
    private static final String PROJECT = "osmo-emulated";
    private static final String REGION = "us-central1";
    private static final String PARENT = "projects/" + PROJECT + "/locations/" + REGION;
    private static final String CLUSTER = PARENT + "/clusters/c";
    private static final ObjectMapper JSON = new ObjectMapper();

    private VirtualTime time;
    private GcpModels models;
    private EmulatedGcp gcp;
    private GcpClients clients;

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

    private void reopen(UnaryOperator<EmulatedGcp.Builder> how) {
        clients.close();
        gcp.close();
        gcp = how.apply(EmulatedGcp.builder(time).inspector(models)).build();
        clients = gcp.open(REGION, GkeSettings.defaults());
    }

    private static void refused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getMessage() + " " + e.getReason() + " " + e.getCause())
                                .contains(reason));
    }

    // ------------------------------------------------------------------------------------------ network

    private void network(String name) {
        var unused = clients.networks()
                .insertCallable()
                .call(com.google.cloud.compute.v1.InsertNetworkRequest.newBuilder()
                        .setProject(PROJECT)
                        .setNetworkResource(Network.newBuilder().setName(name).setAutoCreateSubnetworks(false))
                        .build());
    }

    private void subnetwork(String name, String network, String range, String pods) {
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

    private void readyNetwork() {
        network("n");
        time.advance(Duration.ofMinutes(1));
        subnetwork("s", "n", "10.0.0.0/20", "10.100.0.0/16");
        time.advance(Duration.ofMinutes(1));
    }

    @Test
    void a_network_is_not_ready_before_its_operation_is_done() {
        network("n");
        assertThat(clients.networks().get(PROJECT, "n").getSelfLink()).endsWith("/global/networks/n");
        assertThat(clients.globalOperations().list(PROJECT).iterateAll())
                .singleElement()
                .satisfies(o -> assertThat(o.getStatus().name()).isEqualTo("RUNNING"));

        refused("resourceNotReady", () -> subnetwork("s", "n", "10.0.0.0/20", "10.100.0.0/16"));
        refused("cannot be found", () -> subnetwork("s", "m", "10.0.0.0/20", "10.100.0.0/16"));
        // The REST client knows only one meaning of 409.
        assertThatThrownBy(() -> network("n"))
                .isInstanceOf(AbortedException.class)
                .hasStackTraceContaining("alreadyExists");
        assertThatThrownBy(() -> network("Bad_Name")).isInstanceOf(InvalidArgumentException.class);

        time.advance(Duration.ofMinutes(1));
        assertThat(clients.globalOperations().list(PROJECT).iterateAll())
                .singleElement()
                .satisfies(o -> assertThat(o.getStatus().name()).isEqualTo("DONE"));
        subnetwork("s", "n", "10.0.0.0/20", "10.100.0.0/16");
    }

    @Test
    void ranges_that_overlap_are_refused() {
        readyNetwork();

        refused("conflicts with existing subnetwork 's'", () -> subnetwork("t", "n", "10.0.8.0/24", "10.101.0.0/16"));
        refused("conflicts", () -> subnetwork("t", "n", "10.1.0.0/20", "10.100.128.0/20"));
        refused("conflicts", () -> subnetwork("t", "n", "10.100.0.0/20", "10.101.0.0/16"));
        refused("Must be a CIDR range", () -> subnetwork("t", "n", "10.1.0.1/20", "10.101.0.0/16"));
    }

    @Test
    void what_is_in_use_is_not_deleted() {
        readyNetwork();
        var unused = clients.routers()
                .insertCallable()
                .call(com.google.cloud.compute.v1.InsertRouterRequest.newBuilder()
                        .setProject(PROJECT)
                        .setRegion(REGION)
                        .setRouterResource(Router.newBuilder()
                                .setName("r")
                                .setNetwork("projects/" + PROJECT + "/global/networks/n")
                                .addNats(RouterNat.newBuilder()
                                        .setName("nat")
                                        .setNatIpAllocateOption("AUTO_ONLY")
                                        .setSourceSubnetworkIpRangesToNat("ALL_SUBNETWORKS_ALL_IP_RANGES")))
                        .build());
        time.advance(Duration.ofMinutes(1));

        refused("resourceInUseByAnotherResource", () -> delete("networks", "global/networks/n"));
        delete("routers", "regions/" + REGION + "/routers/r");
        delete("subnetworks", "regions/" + REGION + "/subnetworks/s");
        time.advance(Duration.ofMinutes(1));
        delete("networks", "global/networks/n");
        time.advance(Duration.ofMinutes(1));
        assertThat(gcp.inventory()).isEmpty();
        refused("was not found", () -> delete("networks", "global/networks/n"));
    }

    private void delete(String kind, String path) {
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

    @Test
    void a_repeated_request_id_has_no_second_effect_and_lists_come_in_pages() {
        for (String name : List.of("a", "b", "c")) {
            network(name);
        }
        var request = com.google.cloud.compute.v1.InsertNetworkRequest.newBuilder()
                .setProject(PROJECT)
                .setRequestId("11111111-2222-4333-8444-555555555555")
                .setNetworkResource(Network.newBuilder().setName("d").setAutoCreateSubnetworks(false))
                .build();
        assertThat(clients.networks().insertCallable().call(request).getName())
                .isEqualTo(clients.networks().insertCallable().call(request).getName());
        gcp.forgetCalls();

        assertThat(clients.networks().list(PROJECT).iterateAll())
                .extracting(Network::getName)
                .containsExactly("a", "b", "c", "d");
        assertThat(gcp.calls()).hasSize(2).allMatch(Call::reads);
        assertThat(clients.networks()
                        .list(ListNetworksRequest.newBuilder()
                                .setProject(PROJECT)
                                .setFilter("(name eq \"[bc]\") OR (name = d)")
                                .build())
                        .iterateAll())
                .hasSize(3);
        refused(
                "Invalid list filter",
                () -> clients.networks()
                        .list(ListNetworksRequest.newBuilder()
                                .setProject(PROJECT)
                                .setFilter("bogus = 1")
                                .build()));
    }

    @Test
    void machine_types_that_do_not_exist_are_not_sold() {
        reopen(b -> b);
        var found = StreamSupport.stream(
                        clients.machineTypes()
                                .aggregatedList(AggregatedListMachineTypesRequest.newBuilder()
                                        .setProject(PROJECT)
                                        .setFilter("name eq \"n1-standard-4.*|a3-highgpu-8g\"")
                                        .build())
                                .iterateAll()
                                .spliterator(),
                        false)
                .filter(e -> e.getKey().startsWith("zones/" + REGION))
                .flatMap(e -> e.getValue().getMachineTypesList().stream())
                .map(t -> t.getName() + " " + t.getZone() + " " + t.getAcceleratorsCount())
                .toList();

        assertThat(found)
                .contains("n1-standard-4 us-central1-a 0", "a3-highgpu-8g us-central1-a 1")
                .noneMatch(t -> t.contains("nvidia"));
        assertThat(clients.regions().get(PROJECT, REGION).getQuotasList())
                .anySatisfy(q -> assertThat(q.getMetric()).isEqualTo("NVIDIA_T4_GPUS"));
    }

    // ------------------------------------------------------------------------------------------ by URL

    private JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private RestCalls rest() {
        return new RestCalls(clients);
    }

    private String serviceAccount(String id) {
        rest().post(
                        GcpService.IAM,
                        "/v1/projects/" + PROJECT + "/serviceAccounts",
                        json("{'accountId':'" + id + "','serviceAccount':{'description':'nodes'}}"));
        return id + "@" + PROJECT + ".iam.gserviceaccount.com";
    }

    @Test
    void an_account_is_not_known_to_others_at_once_and_policies_change_under_an_etag() {
        String email = serviceAccount("osmo-nodes");
        String path = "/v3/projects/" + PROJECT;
        JsonNode policy = rest().post(GcpService.RESOURCE_MANAGER, path + ":getIamPolicy", json("{}"));
        String wanted = "{'policy':{'etag':'" + policy.path("etag").asText()
                + "','bindings':[{'role':'roles/container.defaultNodeServiceAccount','members':['serviceAccount:"
                + email
                + "']}]}}";

        assertThatThrownBy(() -> rest().post(GcpService.RESOURCE_MANAGER, path + ":setIamPolicy", json(wanted)))
                .hasMessageContaining("does not exist");
        time.advance(Duration.ofSeconds(10));
        rest().post(GcpService.RESOURCE_MANAGER, path + ":setIamPolicy", json(wanted));
        assertThatThrownBy(() -> rest().post(GcpService.RESOURCE_MANAGER, path + ":setIamPolicy", json(wanted)))
                .hasMessageContaining("concurrent policy changes");
        assertThat(gcp.inventory())
                .contains("binding  roles/container.defaultNodeServiceAccount serviceAccount:" + email);

        rest().delete(GcpService.IAM, "/v1/projects/" + PROJECT + "/serviceAccounts/" + email);
        assertThat(gcp.inventory())
                .containsExactly("binding  roles/container.defaultNodeServiceAccount deleted:serviceAccount:" + email);
        gcp.denyPermission("compute.networks.create");
        assertThat(rest().post(
                                GcpService.RESOURCE_MANAGER,
                                path + ":testIamPermissions",
                                json("{'permissions':['compute.networks.create','compute.networks.delete']}"))
                        .path("permissions"))
                .hasSize(1);
    }

    @Test
    void a_service_is_used_only_once_it_is_enabled() {
        reopen(b -> b.disabledService("container.googleapis.com"));
        refused("SERVICE_DISABLED", () -> clients.clusters().listClusters(PARENT));

        JsonNode operation = rest().post(
                        GcpService.SERVICE_USAGE,
                        "/v1/projects/" + PROJECT + "/services:batchEnable",
                        json("{'serviceIds':['container.googleapis.com']}"));
        assertThat(operation.path("done").asBoolean()).isFalse();
        time.advance(Duration.ofMinutes(1));

        assertThat(rest().get(
                                GcpService.SERVICE_USAGE,
                                "/v1/" + operation.path("name").asText())
                        .path("done")
                        .asBoolean())
                .isTrue();
        assertThat(clients.clusters().listClusters(PARENT).getClustersList()).isEmpty();
    }

    @Test
    void a_field_that_the_service_does_not_know_is_refused_and_remembered() {
        String path = "/compute/v1/projects/" + PROJECT + "/global/networks";
        assertThatThrownBy(() -> rest().post(
                                GcpService.COMPUTE, path, json("{'name':'n','autoCreateSubnetworks':false,'bogus':1}")))
                .hasMessageContaining("Cannot find field: bogus");
        assertThatThrownBy(() -> rest().get(GcpService.COMPUTE, path + "?labels=x"))
                .hasMessageContaining("Cannot find field: labels");
        assertThatThrownBy(() -> rest().get(GcpService.COMPUTE, path + "/a/b/c"))
                .hasMessageContaining("was not found on this server");

        assertThat(models.violations()).hasSize(2);
        models = GcpModels.create();
    }

    // ------------------------------------------------------------------------------------------ keys

    private String key() {
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

    private void grant(String key, String agent) {
        Policy policy = clients.keys()
                .getIamPolicy(com.google.iam.v1.GetIamPolicyRequest.newBuilder()
                        .setResource(key)
                        .build());
        var unused = clients.keys()
                .setIamPolicy(com.google.iam.v1.SetIamPolicyRequest.newBuilder()
                        .setResource(key)
                        .setPolicy(policy.toBuilder()
                                .addBindings(Binding.newBuilder()
                                        .setRole("roles/cloudkms.cryptoKeyEncrypterDecrypter")
                                        .addMembers("serviceAccount:service-123456789012@" + agent)))
                        .build());
    }

    @Test
    void key_rings_stay_and_keys_are_destroyed_later() {
        String key = key();
        assertThatThrownBy(this::key).isInstanceOf(AlreadyExistsException.class);
        var version = clients.keys().destroyCryptoKeyVersion(key + "/cryptoKeyVersions/1");

        assertThat(version.getState().name()).isEqualTo("DESTROY_SCHEDULED");
        assertThatThrownBy(() -> clients.keys().destroyCryptoKeyVersion(version.getName()))
                .isInstanceOf(FailedPreconditionException.class);
        time.advance(Duration.ofDays(31));
        assertThat(clients.keys()
                        .getCryptoKeyVersion(version.getName())
                        .getState()
                        .name())
                .isEqualTo("DESTROYED");
    }

    // ------------------------------------------------------------------------------------------ clusters

    private static NodePool.Builder pool(String name, String machine) {
        return NodePool.newBuilder()
                .setName(name)
                .setInitialNodeCount(1)
                .setConfig(NodeConfig.newBuilder().setMachineType(machine));
    }

    private static Cluster.Builder clusterOf(NodePool.Builder pool) {
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

    private void cluster(NodePool.Builder pool) {
        readyNetwork();
        var unused = clients.clusters().createCluster(PARENT, clusterOf(pool).build());
        time.advance(Duration.ofMinutes(7));
    }

    private Cluster.Status status() {
        return clients.clusters().getCluster(CLUSTER).getStatus();
    }

    @Test
    void a_cluster_comes_up_with_its_nodes_and_what_gke_puts_into_it() {
        readyNetwork();
        Operation operation = clients.clusters()
                .createCluster(PARENT, clusterOf(pool("cpu", "n2-standard-4")).build());
        String name = PARENT + "/operations/" + operation.getName();
        assertThat(operation.getStatus()).isEqualTo(Operation.Status.PENDING);
        time.advance(Duration.ofMinutes(1));
        assertThat(clients.clusters().getOperation(name).getStatus()).isEqualTo(Operation.Status.RUNNING);
        assertThat(status()).isEqualTo(Cluster.Status.PROVISIONING);
        time.advance(Duration.ofMinutes(6));

        assertThat(clients.clusters().getOperation(name).getStatus()).isEqualTo(Operation.Status.DONE);
        Cluster cluster = clients.clusters().getCluster(CLUSTER);
        assertThat(cluster.getStatus()).isEqualTo(Cluster.Status.RUNNING);
        assertThat(cluster.getReleaseChannel().getChannel()).isEqualTo(ReleaseChannel.Channel.REGULAR);
        assertThat(cluster.getCurrentMasterVersion()).startsWith("1.35.");
        assertThat(cluster.getLocationsList()).hasSize(3);
        assertThat(cluster.getControlPlaneEndpointsConfig()
                        .getDnsEndpointConfig()
                        .getEndpoint())
                .endsWith(".gke.goog");
        var kubernetes = gcp.cluster(REGION, "c");
        assertThat(kubernetes.nodes()).hasSize(3).extracting(n -> n.zone()).doesNotHaveDuplicates();
        assertThat(kubernetes.json("Node", "", kubernetes.nodes().get(0).name()))
                .contains(
                        "\"cloud.google.com/gke-nodepool\":\"cpu\"",
                        "containerd://2.1.5",
                        "v1.35.8-gke.",
                        "gce://" + PROJECT + "/us-central1-",
                        "topology.gke.io/zone");
        assertThat(kubernetes.json("StorageClass", "", "standard-rwo")).contains("is-default-class\":\"true\"");
        assertThat(kubernetes.has("CSIDriver", "", "pd.csi.storage.gke.io")).isTrue();
        refused("already being used", () -> delete("subnetworks", "regions/" + REGION + "/subnetworks/s"));
    }

    @Test
    void a_second_operation_on_a_cluster_is_refused() {
        cluster(pool("cpu", "n2-standard-4"));
        var unused = clients.clusters()
                .createNodePool(CLUSTER, pool("more", "n2-standard-4").build());
        assertThat(status()).isEqualTo(Cluster.Status.RECONCILING);

        ThrowingCallable second = () -> clients.clusters()
                .createNodePool(CLUSTER, pool("again", "n2-standard-4").build());
        assertThatThrownBy(second)
                .isInstanceOf(FailedPreconditionException.class)
                .hasMessageContaining("incompatible operation operation-");
        assertThatThrownBy(() -> clients.clusters().deleteCluster(CLUSTER))
                .isInstanceOf(FailedPreconditionException.class);
        time.advance(Duration.ofMinutes(3));
        assertThat(status()).isEqualTo(Cluster.Status.RUNNING);
        assertThatThrownBy(() -> clients.clusters()
                        .createNodePool(CLUSTER, pool("more", "n2-standard-4").build()))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void what_gke_would_not_create_is_refused() {
        readyNetwork();
        NodePool.Builder good = pool("cpu", "n2-standard-4");
        assertRefusal("does not exist", clusterOf(good).setNetwork("other"));
        assertRefusal("does not exist", clusterOf(good).setSubnetwork("other"));
        assertRefusal(
                "secondary range",
                clusterOf(good)
                        .setIpAllocationPolicy(IPAllocationPolicy.newBuilder()
                                .setUseIpAliases(true)
                                .setClusterSecondaryRangeName("x")));
        assertRefusal("No valid versions", clusterOf(good).setInitialClusterVersion("1.20"));
        assertRefusal(
                "Workload pool",
                clusterOf(good)
                        .setWorkloadIdentityConfig(
                                WorkloadIdentityConfig.newBuilder().setWorkloadPool("x.svc.id.goog")));
        assertRefusal("Must be a match", clusterOf(good).setName("Upper"));
        assertRefusal("Must be a match", clusterOf(good).setName("x".repeat(41)));
        assertRefusal("initial_node_count", clusterOf(good).clearNodePools());
        assertRefusal("resource_labels", clusterOf(good).putResourceLabels("Bad Key", "x"));
        assertRefusal("does not exist", clusterOf(pool("cpu", "n1-standard-4-nvidia-t4")));
        assertRefusal(
                "Service account",
                clusterOf(pool("cpu", "n2-standard-4")
                        .mergeFrom(NodePool.newBuilder()
                                .setConfig(NodeConfig.newBuilder().setServiceAccount("nobody@x"))
                                .build())));
        assertThat(clients.clusters().listClusters(PARENT).getClustersList()).isEmpty();
    }

    private void assertRefusal(String message, Cluster.Builder cluster) {
        assertThatThrownBy(() -> clients.clusters().createCluster(PARENT, cluster.build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(message);
    }

    private void create(NodePool.Builder pool) {
        var unused = clients.clusters().createNodePool(CLUSTER, pool.build());
        time.advance(Duration.ofMinutes(3));
    }

    private static NodePool.Builder gpu(String name, GPUDriverVersion driver) {
        NodePool.Builder pool = pool(name, "n1-standard-4").setInitialNodeCount(0);
        pool.addLocations(REGION + "-a").setInitialNodeCount(1);
        pool.getConfigBuilder()
                .addAccelerators(AcceleratorConfig.newBuilder()
                        .setAcceleratorType("nvidia-tesla-t4")
                        .setAcceleratorCount(1)
                        .setGpuDriverInstallationConfig(
                                GPUDriverInstallationConfig.newBuilder().setGpuDriverVersion(driver)));
        return pool;
    }

    private NodePool nodePool(String name) {
        return clients.clusters().getNodePool(CLUSTER + "/nodePools/" + name);
    }

    @Test
    void gpus_are_tainted_and_advertised_by_gke_unless_somebody_else_owns_the_driver() {
        cluster(pool("cpu", "n2-standard-4"));
        create(gpu("own", GPUDriverVersion.INSTALLATION_DISABLED));
        create(gpu("gke", GPUDriverVersion.GPU_DRIVER_VERSION_UNSPECIFIED));

        assertThat(nodePool("own").getConfig().getTaintsList())
                .extracting(NodeTaint::getKey)
                .contains("nvidia.com/gpu");
        assertThat(nodePool("gke")
                        .getConfig()
                        .getAccelerators(0)
                        .getGpuDriverInstallationConfig()
                        .getGpuDriverVersion())
                .isEqualTo(GPUDriverVersion.DEFAULT);
        var kubernetes = gcp.cluster(REGION, "c");
        var gpuNodes = kubernetes.nodes().stream().filter(n -> n.gpus() > 0).toList();
        assertThat(gpuNodes).hasSize(2);
        assertThat(kubernetes.json("Node", "", gpuNodes.get(0).name())).doesNotContain("\"nvidia.com/gpu\":\"1\"");
        assertThat(kubernetes.json("Node", "", gpuNodes.get(1).name())).contains("\"nvidia.com/gpu\":\"1\"");
    }

    @Test
    void a_cluster_with_nothing_but_gpus_gets_no_taint() {
        cluster(gpu("gpu", GPUDriverVersion.LATEST));

        assertThat(nodePool("gpu").getConfig().getTaintsList()).isEmpty();
    }

    @Test
    void accelerators_must_fit_machine_and_zone() {
        cluster(pool("cpu", "n2-standard-4"));
        NodePool.Builder onE2 = gpu("g", GPUDriverVersion.LATEST);
        onE2.getConfigBuilder().setMachineType("e2-standard-4");
        refused("is not supported with machine type", () -> create(onE2));
        NodePool.Builder three = gpu("g", GPUDriverVersion.LATEST);
        three.getConfigBuilder().getAcceleratorsBuilder(0).setAcceleratorCount(3);
        refused("is not allowed", () -> create(three));
        refused("does not exist in zone", () -> create(pool("a3", "a3-megagpu-8g")));
        NodePool.Builder disk = pool("b", "a3-ultragpu-8g").addLocations(REGION + "-b");
        disk.getConfigBuilder().setDiskType("pd-ssd");
        refused("Disk type", () -> create(disk));
    }

    @Test
    void limits_of_autoscaling_are_total_or_per_zone() {
        cluster(pool("cpu", "n2-standard-4"));
        refused(
                "cannot both be specified",
                () -> create(pool("x", "n2-standard-4")
                        .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                .setEnabled(true)
                                .setMaxNodeCount(1)
                                .setTotalMaxNodeCount(3))));
        refused(
                "above the maximum",
                () -> create(pool("x", "n2-standard-4")
                        .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                .setEnabled(true)
                                .setTotalMaxNodeCount(2))));
        create(pool("x", "n2-standard-4")
                .setInitialNodeCount(0)
                .setAutoscaling(NodePoolAutoscaling.newBuilder()
                        .setEnabled(true)
                        .setTotalMinNodeCount(1)
                        .setTotalMaxNodeCount(3)));

        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(4);
        var unused = clients.clusters()
                .setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/x")
                        .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                .setEnabled(true)
                                .setTotalMinNodeCount(2)
                                .setTotalMaxNodeCount(5))
                        .build());
        time.advance(Duration.ofMinutes(2));
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(5);
    }

    @Test
    void a_stocked_out_pool_stands_with_an_error_until_there_are_machines() {
        cluster(pool("cpu", "n2-standard-4"));
        gcp.faults().stockOut("n1-standard-4", REGION + "-a");
        Operation operation = clients.clusters()
                .createNodePool(CLUSTER, gpu("gpu", GPUDriverVersion.LATEST).build());
        time.advance(Duration.ofMinutes(3));

        Operation done = clients.clusters().getOperation(PARENT + "/operations/" + operation.getName());
        assertThat(done.getStatus()).isEqualTo(Operation.Status.DONE);
        assertThat(done.getError().getMessage()).contains("GCE_STOCKOUT");
        assertThat(nodePool("gpu").getStatus()).isEqualTo(NodePool.Status.RUNNING_WITH_ERROR);
        assertThat(nodePool("gpu").getConditions(0).getCode()).isEqualTo(StatusCondition.Code.GCE_STOCKOUT);
        assertThat(status()).isEqualTo(Cluster.Status.RUNNING);

        gcp.faults().restock("n1-standard-4", REGION + "-a");
        time.advance(Duration.ofMinutes(6));
        assertThat(nodePool("gpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(4);
    }

    @Test
    void what_a_region_has_no_quota_for_is_refused() {
        reopen(b -> b.quota("NVIDIA_T4_GPUS", 0));
        cluster(pool("cpu", "n2-standard-4"));

        assertThatThrownBy(() -> create(gpu("gpu", GPUDriverVersion.LATEST)))
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageContaining("Insufficient regional quota")
                .hasMessageContaining("NVIDIA_T4_GPUS");
    }

    @Test
    void secrets_are_encrypted_with_a_key_that_gke_may_use() {
        String key = key();
        readyNetwork();
        Cluster.Builder encrypted = clusterOf(pool("cpu", "n2-standard-4"))
                .setDatabaseEncryption(DatabaseEncryption.newBuilder()
                        .setState(DatabaseEncryption.State.ENCRYPTED)
                        .setKeyName(key));
        assertRefusal("cannot be used", encrypted);

        grant(key, "container-engine-robot.iam.gserviceaccount.com");
        var unused = clients.clusters().createCluster(PARENT, encrypted.build());
        time.advance(Duration.ofMinutes(7));
        assertThat(clients.clusters()
                        .getCluster(CLUSTER)
                        .getDatabaseEncryption()
                        .getCurrentState())
                .isEqualTo(DatabaseEncryption.CurrentState.CURRENT_STATE_ENCRYPTED);

        NodePool.Builder disks = pool("more", "n2-standard-4");
        disks.getConfigBuilder().setBootDiskKmsKey(key);
        create(disks);
        assertThat(nodePool("more").getConditions(0).getCode()).isEqualTo(StatusCondition.Code.CLOUD_KMS_KEY_ERROR);
        grant(key, "compute-system.iam.gserviceaccount.com");
        time.advance(Duration.ofMinutes(6));
        assertThat(nodePool("more").getStatus()).isEqualTo(NodePool.Status.RUNNING);
    }

    @Test
    void versions_go_up_one_minor_at_a_time_and_nodes_after_the_master() {
        readyNetwork();
        var unused = clients.clusters()
                .createCluster(
                        PARENT,
                        clusterOf(pool("cpu", "n2-standard-4"))
                                .setInitialClusterVersion("1.33")
                                .build());
        time.advance(Duration.ofMinutes(7));
        assertThatThrownBy(() -> master("1.35")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> nodes("1.34")).isInstanceOf(InvalidArgumentException.class);
        master("1.34");
        time.advance(Duration.ofMinutes(9));
        nodes("-");
        assertThat(nodePool("cpu").getStatus()).isEqualTo(NodePool.Status.RECONCILING);
        time.advance(Duration.ofMinutes(9));

        assertThat(nodePool("cpu").getVersion()).startsWith("1.34.");
        assertThat(gcp.cluster(REGION, "c").nodes())
                .allMatch(n -> n.kubeletVersion().startsWith("v1.34."));
        assertThatThrownBy(() -> update(ClusterUpdate.newBuilder()
                        .setDesiredShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true))
                        .setDesiredCostManagementConfig(
                                CostManagementConfig.newBuilder().setEnabled(true))))
                .hasMessageContaining("exactly one");
    }

    private void update(ClusterUpdate.Builder update) {
        var unused = clients.clusters().updateCluster(CLUSTER, update.build());
    }

    private void master(String version) {
        update(ClusterUpdate.newBuilder().setDesiredMasterVersion(version));
    }

    private void nodes(String version) {
        update(ClusterUpdate.newBuilder().setDesiredNodePoolId("cpu").setDesiredNodeVersion(version));
    }

    @Test
    void changes_of_a_pool_reach_its_nodes() {
        cluster(pool("cpu", "n2-standard-4"));
        NodePool pool = nodePool("cpu");
        var unused = clients.clusters()
                .updateNodePool(UpdateNodePoolRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/cpu")
                        .setNodeVersion(pool.getVersion())
                        .setImageType(pool.getConfig().getImageType())
                        .setLabels(NodeLabels.newBuilder().putLabels("node-type", "compute"))
                        .setTaints(NodeTaints.newBuilder()
                                .addTaints(NodeTaint.newBuilder()
                                        .setKey("pool")
                                        .setValue("cpu")
                                        .setEffect(NodeTaint.Effect.NO_SCHEDULE)))
                        .build());
        time.advance(Duration.ofMinutes(1));
        var kubernetes = gcp.cluster(REGION, "c");
        assertThat(kubernetes.json("Node", "", kubernetes.nodes().get(0).name()))
                .contains("\"node-type\":\"compute\"", "NoSchedule");

        Cluster cluster = clients.clusters().getCluster(CLUSTER);
        ThrowingCallable stale = () -> clients.clusters()
                .setLabels(SetLabelsRequest.newBuilder()
                        .setName(CLUSTER)
                        .setLabelFingerprint("stale")
                        .putResourceLabels("team", "x")
                        .build());
        refused("fingerprint", stale);
        var labelled = clients.clusters()
                .setLabels(SetLabelsRequest.newBuilder()
                        .setName(CLUSTER)
                        .setLabelFingerprint(cluster.getLabelFingerprint())
                        .putResourceLabels("team", "x")
                        .build());
        time.advance(Duration.ofMinutes(1));
        assertThat(clients.clusters().getCluster(CLUSTER).getResourceLabelsMap())
                .containsEntry("team", "x");
        assertThat(labelled.getName()).startsWith("operation-");
        var resized = clients.clusters()
                .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                        .setName(CLUSTER + "/nodePools/cpu")
                        .setNodeCount(2)
                        .build());
        time.advance(Duration.ofMinutes(2));
        assertThat(resized.getOperationType()).isEqualTo(Operation.Type.SET_NODE_POOL_SIZE);
        assertThat(gcp.cluster(REGION, "c").nodes()).hasSize(6);
    }

    @Test
    void a_creation_of_a_pool_can_be_cancelled() {
        cluster(pool("cpu", "n2-standard-4"));
        Operation operation = clients.clusters()
                .createNodePool(CLUSTER, pool("more", "n2-standard-4").build());
        String name = PARENT + "/operations/" + operation.getName();
        clients.clusters().cancelOperation(name);
        assertThat(clients.clusters().getOperation(name).getStatus()).isEqualTo(Operation.Status.ABORTING);
        time.advance(Duration.ofMinutes(3));

        assertThat(clients.clusters().getOperation(name).getError().getMessage())
                .contains("aborted");
        assertThatThrownBy(() -> nodePool("more")).isInstanceOf(NotFoundException.class);
        assertThat(status()).isEqualTo(Cluster.Status.RUNNING);
        assertThatThrownBy(() -> clients.clusters().cancelOperation(name))
                .isInstanceOf(FailedPreconditionException.class);
    }

    @Test
    void a_deleted_cluster_leaves_disks_and_load_balancers_behind() {
        cluster(pool("cpu", "n2-standard-4"));
        gcp.plantVolume(REGION, "c", "data");
        gcp.plantLoadBalancer(REGION, "c", "default/web");
        gcp.plantEndpointGroup(REGION, "c", "default/web");
        var unused = clients.clusters().deleteCluster(CLUSTER);
        assertThat(status()).isEqualTo(Cluster.Status.STOPPING);
        time.advance(Duration.ofMinutes(5));

        assertThatThrownBy(this::status).isInstanceOf(NotFoundException.class);
        assertThat(gcp.inventory())
                .noneMatch(line ->
                        line.startsWith("instance ") || line.startsWith("node-pool ") || line.contains("gke-c-"))
                .contains(
                        "disks us-central1-a/pvc",
                        "firewalls k8s-fw",
                        "forwardingRules us-central1/",
                        "networkEndpointGroups us-central1-a/k8s1-default-web-80",
                        "targetPools us-central1/");
        refused("already being used", () -> delete("subnetworks", "regions/" + REGION + "/subnetworks/s"));
    }

    // ------------------------------------------------------------------------------------------ faults

    @Test
    void faults_strike_by_rule() {
        gcp.faults().onCall("compute.networks.insert").nth(2).loseResponse();
        gcp.faults().onCall("container.Get*").times(1).throttle();
        gcp.faults().onCall("cloudkms.*").failWith5xx();
        gcp.faults().onCall("container.ListClusters").deny();
        network("a");

        assertThatThrownBy(() -> network("b")).isInstanceOf(ApiException.class);
        assertThat(gcp.inventory()).containsExactly("networks a", "networks b");
        assertThat(gcp.calls()).hasSize(2);
        assertThatThrownBy(() -> clients.clusters().getServerConfig(PARENT))
                .isInstanceOf(ResourceExhaustedException.class);
        assertThat(clients.clusters().getServerConfig(PARENT).getChannelsList()).hasSize(4);
        assertThatThrownBy(this::key).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> clients.clusters().listClusters(PARENT)).isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void a_crash_ends_the_process_on_both_wires_and_a_slow_call_takes_its_time() {
        gcp.faults().onCall("compute.networks.insert").nth(1).crashAfter();
        assertThatThrownBy(() -> run(() -> network("a"))).isInstanceOf(VirtualTime.SimulatedCrash.class);
        assertThat(gcp.inventory()).containsExactly("networks a");

        gcp.faults().onCall("cloudkms.CreateKeyRing").nth(1).crashBefore();
        assertThatThrownBy(() -> run(() -> {
                    try {
                        key();
                    } catch (ApiException caught) {
                        // Whoever swallows it does not survive, and nothing that it still tries takes effect.
                        network("b");
                    }
                }))
                .isInstanceOf(VirtualTime.SimulatedCrash.class);
        assertThat(gcp.inventory()).containsExactly("networks a");

        gcp.faults().onCall("compute.networks.*").delay(Duration.ofSeconds(30));
        Instant begun = time.now();
        run(() -> network("c"));
        assertThat(Duration.between(begun, time.now())).isEqualTo(Duration.ofMillis(30_200));
    }

    private void run(Runnable work) {
        try {
            time.await(
                    time.call(() -> {
                        work.run();
                        return true;
                    }),
                    Duration.ofHours(1));
        } catch (java.util.concurrent.TimeoutException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_not_emulated_says_so() {
        assertThatThrownBy(() -> clients.clusters()
                        .getJSONWebKeys(GetJSONWebKeysRequest.newBuilder()
                                .setParent(CLUSTER)
                                .build()))
                .isInstanceOf(UnimplementedException.class)
                .hasMessageContaining("container.GetJSONWebKeys is not emulated");
        assertThatThrownBy(() -> clients.networks().getEffectiveFirewalls(PROJECT, "n"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getStatusCode().getCode()).isEqualTo(StatusCode.Code.UNIMPLEMENTED));
    }
}
