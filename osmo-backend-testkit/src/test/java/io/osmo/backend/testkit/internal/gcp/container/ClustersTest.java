// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.container.v1.*;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClustersTest extends GcpTest {
    @Test
    void a_cluster_comes_up_with_its_nodes_and_system_objects() {
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
    void clusters_that_gke_would_not_create_are_refused() {
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

    @Test
    void secrets_are_encrypted_with_a_key_that_gke_can_use() {
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
    void upgrades_go_one_minor_version_at_a_time_and_the_master_first() {
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
                .allMatch(n -> n.kubelet().version().startsWith("v1.34."));
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
    void deleting_a_cluster_leaves_disks_and_load_balancers() {
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
}
