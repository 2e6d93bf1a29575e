// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.Clusters.finding;
import static io.osmo.backend.verify.Clusters.status;
import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters of all kinds that there are: what is good in them is not complained about, and what they lack is not praised. */
class ClusterKindsTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();

    @Test
    void addresses_are_wanted_for_the_nodes_that_are_still_to_come() {
        Cluster full = Clusters.goodEks();
        full.pools.forEach(p -> p.scale = new Scale(0, p.scale.initial(), p.scale.initial()));
        full.freeAddresses = 0;
        full.expectations = Expectations.ofAnyBackend();
        Cluster growing = Clusters.goodEks();
        growing.freeAddresses = 12;

        assertThat(status(full, "network.vpc")).isEqualTo(PASS);
        // 1 more operator, 17 more for CPUs, 7 more for GPUs, from 24 addresses of both subnets.
        assertThat(finding(growing, "network.vpc").observed()).contains("24 free", "25 nodes more");
        assertThat(status(growing, "network.vpc")).isEqualTo(FAIL);
    }

    @Test
    void pods_want_addresses_of_the_network_only_where_they_have_no_range_of_their_own() {
        Cluster vpcCni = Clusters.goodEks();
        vpcCni.freeAddresses = 100;
        Cluster overlay = Clusters.goodAks().eachNode(n -> n.podCidrs = List.of("10.244.7.0/24"));
        overlay.freeAddresses = 100;
        Cluster unread = Clusters.goodAks().blind("nodes");
        unread.freeAddresses = 100;

        assertThat(status(vpcCni, "network.vpc")).isEqualTo(WARN);
        assertThat(status(overlay, "network.vpc")).isEqualTo(PASS);
        assertThat(status(unread, "network.vpc")).isEqualTo(UNKNOWN);
    }

    @Test
    void pools_of_the_clouds_own_system_are_no_compute_pools() {
        Cluster aks = Clusters.goodAks();
        Clusters.Pool system = new Clusters.Pool("system", "", new Scale(2, 2, 2), 0, List.of());
        system.labels.clear();
        system.specPool = "";
        aks.pools.add(system);
        Cluster nothingElse = Clusters.goodAks();
        nothingElse.nodes.removeIf(n -> !n.name.startsWith("operator"));
        nothingElse.pools.removeIf(p -> !p.name.equals("operator"));
        nothingElse.pools.add(system);

        assertThat(status(aks, "pool.compute.autoscaling")).isEqualTo(PASS);
        assertThat(status(nothingElse, "pool.compute.exists")).isEqualTo(FAIL);
    }

    @Test
    void nothing_scales_machines_of_no_cloud() {
        Cluster onPremises = onPremises();
        Cluster rented = Clusters.goodEks().eachNode(n -> n.providerId = "azure:///subscriptions/s/" + n.name);
        rented.deployments.removeIf(d -> d.name().equals("cluster-autoscaler"));

        assertThat(status(onPremises, "pool.autoscaler-present")).isEqualTo(SKIPPED);
        assertThat(status(rented, "pool.autoscaler-present"))
                .as("machines of Azure without AKS")
                .isEqualTo(WARN);
        assertThat(status(Clusters.goodGke(), "pool.autoscaler-present")).isEqualTo(PASS);
        assertThat(status(Clusters.goodAks(), "pool.autoscaler-present")).isEqualTo(PASS);
    }

    @Test
    void an_operator_pool_of_three_that_never_scales_is_not_autoscaled() {
        Cluster fixed = Clusters.goodAks().pool("operator", p -> p.scale = new Scale(3, 3, 3));

        assertThat(status(fixed, "pool.operator.autoscaling")).isEqualTo(WARN);
        assertThat(finding(fixed, "pool.operator.autoscaling").observed()).contains("fixed at 3");
    }

    @Test
    void a_taint_that_only_prefers_and_a_cordon_are_no_transient_taints() {
        Cluster idle = Clusters.goodGke()
                .node(
                        "cpu-0",
                        n -> n.taints = List.of(new Taint(
                                "DeletionCandidateOfClusterAutoscaler",
                                "1700000000",
                                Taint.Effect.PREFER_NO_SCHEDULE)));

        assertThat(status(idle, "node.transient-taints")).isEqualTo(PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ToBeDeletedByClusterAutoscaler",
                "karpenter.sh/disrupted",
                "karpenter.sh/disruption",
                "cloud.google.com/impending-node-termination",
                "aws-node-termination-handler/spot-itn",
                "efs.csi.aws.com/agent-not-ready",
                "disk.csi.azure.com/agent-not-ready",
                "node.cilium.io/agent-not-ready",
                "startup-taint.cluster-autoscaler.kubernetes.io/gpu",
                "ignore-taint.cluster-autoscaler.kubernetes.io/gpu",
                "node.cloudprovider.kubernetes.io/shutdown",
            })
    void nodes_that_come_or_go_are_told(String key) {
        Cluster changing =
                Clusters.goodEks().node("cpu-0", n -> n.taints = List.of(new Taint(key, "", Taint.Effect.NO_SCHEDULE)));

        assertThat(status(changing, "node.transient-taints")).isEqualTo(WARN);
        assertThat(finding(changing, "node.transient-taints").observed()).contains(key);
    }

    @Test
    void a_cordon_is_no_taint_that_keeps_workflows_off() {
        Cluster cordoned = Clusters.goodEks()
                .node(
                        "operator-0",
                        n -> n.taints =
                                List.of(new Taint("node.kubernetes.io/unschedulable", "", Taint.Effect.NO_SCHEDULE)));
        cordoned.expectations = Expectations.ofAnyBackend();
        Cluster tainted = Clusters.goodEks();
        tainted.expectations = Expectations.ofAnyBackend();

        assertThat(status(cordoned, "pool.operator.taint")).isEqualTo(WARN);
        assertThat(status(tainted, "pool.operator.taint")).isEqualTo(PASS);
    }

    @Test
    void a_system_pod_waits_for_room_or_has_no_home_at_all() {
        Cluster homeless = pending("0/6 nodes are available: 2 node(s) had untolerated taint {ops: true}, 4 node(s) had"
                + " untolerated taint {nvidia.com/gpu: present}. preemption: 0/6 nodes are available: 6 Preemption is not"
                + " helpful for scheduling.");
        Cluster older =
                pending("0/6 nodes are available: 6 node(s) had taint {ops: true}, that the pod didn't tolerate.");
        Cluster waiting =
                pending("0/6 nodes are available: 2 node(s) had untolerated taint {ops: true}, 4 Insufficient cpu.");
        Cluster second = pending("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.");

        assertThat(status(homeless, "pool.system-workloads-home")).isEqualTo(FAIL);
        assertThat(status(older, "pool.system-workloads-home")).isEqualTo(FAIL);
        assertThat(status(waiting, "pool.system-workloads-home")).isEqualTo(WARN);
        assertThat(status(second, "pool.system-workloads-home")).isEqualTo(WARN);
        assertThat(finding(second, "pool.system-workloads-home").next())
                .startsWith("kubectl -n kube-system describe pod coredns-3");
    }

    private static Cluster pending(String message) {
        Cluster c = Clusters.goodEks();
        c.pods.add(Clusters.pod("kube-system", "coredns-3", "", "Pending", "ReplicaSet", 100, message));
        return c;
    }

    @Test
    void both_processors_in_one_cluster_take_images_for_both() {
        Cluster mixed = Clusters.goodEks().node("operator-1", n -> n.architecture = "arm64");
        Cluster arm = Clusters.goodEks().eachNode(n -> n.architecture = "arm64");

        assertThat(status(mixed, "runtime.arch")).isEqualTo(WARN);
        assertThat(finding(mixed, "runtime.arch").observed()).isEqualTo("5 nodes of amd64, 1 of arm64");
        assertThat(finding(mixed, "runtime.arch").resources()).containsExactly("node/operator-1");
        assertThat(status(arm, "runtime.arch")).isEqualTo(PASS);
    }

    @Test
    void a_pool_that_must_have_nodes_and_has_none_left_fails() {
        Cluster gone = Clusters.goodEks();
        gone.nodes.stream().filter(n -> n.name.startsWith("cpu")).forEach(n -> n.conditions.put("Ready", "False"));
        Cluster unknownPools = Clusters.goodEks();
        unknownPools.expectations = Expectations.ofAnyBackend();
        unknownPools.nodes.stream().filter(n -> !n.name.startsWith("operator")).forEach(n -> n.cordoned = true);
        Cluster emptying = Clusters.goodEks().node("gpu-0", n -> n.cordoned = true);
        emptying.expectations = Expectations.ofAnyBackend();

        assertThat(status(gone, "node.ready")).isEqualTo(FAIL);
        assertThat(finding(gone, "node.ready").observed()).isEqualTo("3 of 6 nodes, all of pool cpu among them");
        assertThat(status(unknownPools, "node.ready")).isEqualTo(FAIL);
        assertThat(finding(unknownPools, "node.ready").observed()).endsWith("all of the compute nodes among them");
        assertThat(status(emptying, "node.ready")).isEqualTo(WARN);
    }

    @Test
    void who_runs_a_cluster_is_told_by_those_nodes_that_can_tell() {
        Cluster starting = Clusters.goodAks().node("cpu-0", n -> n.providerId = "");
        Cluster hybrid = Clusters.goodEks()
                .node("cpu-0", n -> n.providerId = "eks-hybrid:///us-west-2/train-west/mi-0123456789abcdef0");
        Cluster empty = Clusters.goodEks();
        empty.nodes.clear();
        Cluster emptyAks = Clusters.goodAks();
        emptyAks.nodes.clear();

        assertThat(status(starting, "control-plane.managed-service")).isEqualTo(PASS);
        assertThat(status(hybrid, "control-plane.managed-service")).isEqualTo(PASS);
        assertThat(finding(empty, "control-plane.managed-service").observed()).isEqualTo("EKS, by its version");
        assertThat(status(emptyAks, "control-plane.managed-service")).isEqualTo(UNKNOWN);
        assertThat(status(onPremises(), "control-plane.managed-service")).isEqualTo(FAIL);
    }

    @Test
    void a_version_of_containerd_that_no_one_can_read_is_unknown() {
        Cluster unread = Clusters.goodEks().node("cpu-0", n -> n.runtime = "containerd://Unknown");
        Cluster both = Clusters.goodEks()
                .node("cpu-0", n -> n.runtime = "containerd://Unknown")
                .node("cpu-1", n -> n.runtime = "containerd://1.7.1");

        for (String check : List.of("runtime.containerd-version", "runtime.containerd-cve")) {
            assertThat(status(unread, check)).as(check).isEqualTo(UNKNOWN);
            assertThat(finding(unread, check).observed()).contains("containerd://Unknown");
            assertThat(finding(unread, check).resources()).containsExactly("node/cpu-0");
        }
        assertThat(status(both, "runtime.containerd-version")).isEqualTo(FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "containerd://2.0.5-k3s1, PASS",
        "containerd://1.7.33-ubuntu22.04u1, PASS",
        "containerd://1.7.27-0ubuntu1~22.04.1, PASS",
        "containerd://2.3.2-ubuntu24.04u1, PASS",
        "containerd://v1.7.28, PASS",
        "containerd://1.7.27+bottlerocket, PASS",
        "containerd://1.7.26-gke.0, FAIL",
        "containerd://1.6.38, FAIL",
        "containerd://1.7.27~rc.1, FAIL",
        "cri-o://1.33.1, SKIPPED",
    })
    void versions_of_containerd_as_vendors_write_them(String runtime, Status expected) {
        assertThat(status(Clusters.goodEks().eachNode(n -> n.runtime = runtime), "runtime.containerd-version"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.7.31, v1.33.5, WARN",
        "1.7.32, v1.33.5, PASS",
        "2.0.8, v1.33.5, WARN",
        "2.0.9, v1.33.5, PASS",
        "2.1.9, v1.33.5, WARN",
        "2.2.3, v1.33.5, WARN",
        "2.2.4, v1.33.5, PASS",
        "2.3.0, v1.33.5, WARN",
        "2.3.1, v1.33.5, PASS",
        "2.1.5, v1.34.1, PASS",
        "2.0.3, v1.34.1, WARN",
        "1.7.26, v1.33.5, PASS",
    })
    void holes_of_containerd_that_kubelets_do_not_close(String containerd, String kubelet, Status expected) {
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> {
            n.runtime = "containerd://" + containerd;
            n.kubelet = kubelet;
        });

        assertThat(status(cluster, "runtime.containerd-cve")).isEqualTo(expected);
        if (expected == WARN) {
            assertThat(finding(cluster, "runtime.containerd-cve").observed()).contains("CVE-20");
        }
    }

    @Test
    void a_label_of_nodes_that_belong_to_no_pool_of_the_cloud_may_or_may_not_last() {
        Cluster karpenter = Clusters.goodEks();
        karpenter.nodes.stream().filter(n -> n.name.startsWith("operator")).forEach(n -> {
            n.labels.remove("eks.amazonaws.com/nodegroup");
            n.labels.put("karpenter.sh/nodepool", "operator-nodes");
        });
        Cluster selfMade = Clusters.goodEks().node("operator-0", n -> n.labels.remove("eks.amazonaws.com/nodegroup"));
        Cluster byHand = Clusters.goodEks().pool("operator", p -> p.labels.clear());

        assertThat(status(karpenter, "pool.operator.label-persistent")).isEqualTo(UNKNOWN);
        assertThat(finding(karpenter, "pool.operator.label-persistent").observed())
                .contains("operator-nodes");
        assertThat(status(selfMade, "pool.operator.label-persistent")).isEqualTo(UNKNOWN);
        assertThat(status(byHand, "pool.operator.label-persistent")).isEqualTo(WARN);
    }

    @Test
    void a_type_out_of_sale_is_found_in_an_empty_pool_too() {
        Cluster empty = Clusters.goodEks();
        empty.nodes.removeIf(n -> n.name.startsWith("gpu"));
        empty.pool("gpu", p -> p.types = List.of("p3.8xlarge"));

        assertThat(status(empty, "pool.compute.instance-type-retired")).isEqualTo(WARN);
        assertThat(finding(empty, "pool.compute.instance-type-retired").resources())
                .containsExactly("pool/gpu");
        assertThat(finding(empty, "pool.compute.instance-type-retired").observed())
                .startsWith("p3.8xlarge");
        assertThat(status(onPremises(), "pool.compute.instance-type-retired"))
                .as("machines of no type")
                .isEqualTo(SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "p2.xlarge, WARN",
        "g3s.xlarge, WARN",
        "p3dn.24xlarge, PASS",
        "g2-standard-16, PASS",
        "g6.4xlarge, PASS",
        "Standard_NC6, WARN",
        "Standard_NC24rs_v2, WARN",
        "Standard_NC6s_v3, WARN",
        "Standard_ND24rs, WARN",
        "Standard_NV12_Promo, WARN",
        "Standard_NC24ads_A100_v4, PASS",
        "Standard_ND96isr_H100_v5, PASS",
    })
    void types_that_are_still_sold_or_not(String type, Status expected) {
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> n.labels.put("node.kubernetes.io/instance-type", type));

        assertThat(status(cluster, "pool.compute.instance-type-retired")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "t3.xlarge, WARN",
        "t4g.xlarge, WARN",
        "Standard_B4ms, WARN",
        "e2-medium, WARN",
        "g1-small, WARN",
        "e2-standard-4, PASS",
        "m7i.xlarge, PASS",
        "'', SKIPPED"
    })
    void machines_that_burst_are_told_by_their_type(String type, Status expected) {
        Cluster cluster = Clusters.goodEks().eachNode(n -> n.labels.put("node.kubernetes.io/instance-type", type));

        assertThat(status(cluster, "pool.operator.instance-type")).isEqualTo(expected);
    }

    @Test
    void dns_of_rke2_has_a_name_of_its_own() {
        Cluster rke2 = onPremises();
        rke2.endpoints.set(0, new EndpointFacts("kube-system", "rke2-coredns-rke2-coredns", 2));

        assertThat(status(rke2, "network.dns-endpoints")).isEqualTo(PASS);
        assertThat(finding(rke2, "network.dns-endpoints").observed()).isEqualTo("2 DNS servers are ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"calico-node", "canal", "rke2-canal", "cilium", "kindnet", "kube-ovn-cni", "ovnkube-node"})
    void plugins_that_enforce_network_policies(String daemonSet) {
        Cluster cluster = onPremises();
        cluster.daemonSets.add(Clusters.workload("kube-system", daemonSet, 6, 6));

        assertThat(status(cluster, "network.policy-support")).isEqualTo(PASS);
    }

    @Test
    void what_enforces_network_policies_without_a_daemon_set_is_not_seen() {
        Cluster k3s = onPremises().eachNode(n -> n.kubelet = "v1.33.4+k3s1");
        Cluster auto = Clusters.goodEks().eachNode(n -> n.labels.put("eks.amazonaws.com/compute-type", "auto"));
        auto.daemonSets.removeIf(d -> d.name().equals("aws-node"));

        assertThat(status(k3s, "network.policy-support")).isEqualTo(UNKNOWN);
        assertThat(status(auto, "network.policy-support")).isEqualTo(UNKNOWN);
        assertThat(status(onPremises(), "network.policy-support")).isEqualTo(WARN);
    }

    @Test
    void ranges_of_pods_are_kept_from_workflows_too() {
        Cluster open = Clusters.goodAks().eachNode(n -> n.podCidrs = List.of("192.168.7.0/24"));
        Cluster closed = Clusters.goodAks().eachNode(n -> n.podCidrs = List.of("10.244.7.0/24"));

        assertThat(status(open, "network.policy-cidrs")).isEqualTo(WARN);
        assertThat(finding(open, "network.policy-cidrs").observed()).startsWith("192.168.7.0 (");
        assertThat(status(closed, "network.policy-cidrs")).isEqualTo(PASS);
    }

    @Test
    void a_password_in_the_url_of_the_service_is_in_no_text() {
        Cluster cluster = Clusters.goodEks();
        cluster.expectations =
                cluster.expectations.withServiceUrl("https://admin:hunter2@osmo.example.com/?token=hunter2");

        assertThat(status(cluster, "network.service-url-shape")).isEqualTo(FAIL);
        assertThat(finding(cluster, "network.service-url-shape").observed())
                .isEqualTo("https://***@osmo.example.com/?***");
        assertThat(VERIFIER.verify(cluster.snapshot()).findings())
                .noneMatch(f -> f.toString().contains("hunter2"));
        assertThat(cluster.snapshot().toJson()).doesNotContain("hunter2");
    }

    @Test
    void machines_of_the_control_plane_are_no_compute_nodes() {
        Cluster kubeadm = onPremises();
        Clusters.Node server = new Clusters.Node("server", 0, "", 4, 16);
        server.labels.remove("node-type");
        server.labels.remove("eks.amazonaws.com/nodegroup");
        server.labels.put("node-role.kubernetes.io/control-plane", "true");
        kubeadm.nodes.add(server);

        assertThat(status(kubeadm, "pool.compute.label")).isEqualTo(PASS);
    }

    @Test
    void a_pool_whose_definition_has_no_label_is_found_with_and_without_nodes() {
        Cluster byHand = Clusters.goodEks().pool("cpu", p -> p.labels.clear());
        Cluster empty = Clusters.goodEks().pool("gpu", p -> p.labels.clear());
        empty.nodes.removeIf(n -> n.name.startsWith("gpu"));
        Cluster system = Clusters.goodAks();
        Clusters.Pool pool = new Clusters.Pool("system", "", new Scale(2, 2, 2), 0, List.of());
        pool.labels.clear();
        pool.labels.put("kubernetes.azure.com/mode", "system");
        system.pools.add(pool);

        assertThat(status(byHand, "pool.compute.label")).isEqualTo(WARN);
        assertThat(finding(byHand, "pool.compute.label").resources()).containsExactly("pool/cpu");
        assertThat(status(empty, "pool.compute.label")).isEqualTo(WARN);
        assertThat(status(system, "pool.compute.label")).isEqualTo(PASS);
    }

    @Test
    void without_the_nodes_nothing_is_known_of_ranges_of_pods() {
        Cluster unread = Clusters.goodEks().blind("nodes");
        Cluster cloudOnly = Clusters.goodEks().blind("nodes");
        cloudOnly.vantages = EnumSet.of(Vantage.CLOUD);
        Cluster overlap = Clusters.goodEks().blind("nodes");
        overlap.serviceCidr = Optional.of("10.0.0.0/20");

        assertThat(status(unread, "control-plane.service-cidr-overlap")).isEqualTo(UNKNOWN);
        assertThat(status(cloudOnly, "control-plane.service-cidr-overlap")).isEqualTo(PASS);
        assertThat(finding(cloudOnly, "control-plane.service-cidr-overlap").expected())
                .isEqualTo("service addresses apart from those of the network");
        assertThat(status(overlap, "control-plane.service-cidr-overlap")).isEqualTo(FAIL);
    }

    @Test
    void without_operator_nodes_their_isolation_is_not_proven() {
        Cluster none = Clusters.goodEks();
        none.nodes.removeIf(n -> n.name.startsWith("operator"));

        assertThat(status(none, "pool.isolation-from-operator")).isEqualTo(SKIPPED);
        assertThat(finding(Clusters.goodEks(), "pool.isolation-from-operator").observed())
                .isEqualTo("no workflow pod on 2 operator nodes");
    }

    @Test
    void what_a_pool_of_unknown_machines_takes_of_a_quota_is_unknown() {
        Cluster unread = Clusters.goodEks().pool("gpu", p -> p.machine = Fact.unknown("403 on DescribeInstanceTypes"));
        unread.drawing.remove("gpu");
        Cluster exceeded =
                Clusters.goodEks().pool("gpu", p -> p.machine = Fact.unknown("403 on DescribeInstanceTypes"));
        exceeded.drawing.remove("gpu");
        exceeded.vcpuLimit = Fact.of(30L);

        assertThat(status(unread, "pool.quota")).isEqualTo(UNKNOWN);
        assertThat(finding(unread, "pool.quota").observed()).contains("403 on DescribeInstanceTypes");
        assertThat(status(exceeded, "pool.quota")).isEqualTo(WARN);
    }

    @Test
    void whether_something_serves_load_balancers_of_two_groups_may_be_unknown() {
        Cluster unread = Clusters.goodEks().blind("deployments");
        unread.firewalls.add(new CloudFacts.Firewalls("i-2", List.of("sg-a", "sg-b")));

        assertThat(status(unread, "network.eks-lb-sg")).isEqualTo(UNKNOWN);
        assertThat(status(Clusters.goodEks().blind("deployments"), "network.eks-lb-sg"))
                .isEqualTo(PASS);
    }

    @Test
    void an_operator_pool_without_nodes_is_another_matter_than_none() {
        Cluster empty = Clusters.goodEks();
        empty.nodes.removeIf(n -> n.name.startsWith("operator"));
        Cluster none = Clusters.goodEks();
        none.nodes.removeIf(n -> n.name.startsWith("operator"));
        none.pools.removeIf(p -> p.name.equals("operator"));

        assertThat(finding(empty, "pool.operator.exists").observed()).isEqualTo("pool operator has no node");
        assertThat(finding(empty, "pool.operator.exists").next()).startsWith("Raise its lower bound to 1");
        assertThat(finding(none, "pool.operator.exists").next()).startsWith("Create a node pool");
    }

    @Test
    void accelerators_are_looked_for_in_the_pools_that_are_to_have_some() {
        Cluster other = Clusters.goodGke().pool("cpu", p -> p.machine = Fact.unknown("403"));
        Cluster same = Clusters.goodGke().pool("gpu", p -> p.machine = Fact.unknown("403"));

        assertThat(status(other, "pool.compute.accelerator-mapping")).isEqualTo(PASS);
        assertThat(status(same, "pool.compute.accelerator-mapping")).isEqualTo(UNKNOWN);
    }

    @Test
    void a_control_plane_that_works_while_it_is_changed_is_no_failure_and_no_proof() {
        for (String status : List.of("UPDATING", "RECONCILING", "Upgrading")) {
            Cluster changing = Clusters.goodEks();
            changing.status = status;

            assertThat(status(changing, "control-plane.status-active"))
                    .as(status)
                    .isEqualTo(WARN);
            assertThat(finding(changing, "control-plane.status-active").next()).startsWith("Wait");
        }
    }

    @Test
    void pools_that_have_scaled_to_zero_are_not_seen_by_a_kubeconfig() {
        Cluster idle = Clusters.goodEks();
        idle.vantages = EnumSet.of(Vantage.KUBERNETES);
        idle.blind("cloud");
        idle.nodes.removeIf(n -> !n.name.startsWith("operator"));
        Cluster onPremises = onPremises();
        onPremises.nodes.removeIf(n -> !n.name.startsWith("operator"));

        assertThat(status(idle, "pool.compute.exists")).isEqualTo(UNKNOWN);
        assertThat(status(onPremises, "pool.compute.exists")).isEqualTo(FAIL);
    }

    @Test
    void a_pool_of_the_spec_that_the_cloud_lacks_is_missed_though_others_stand() {
        Cluster lacking = Clusters.goodEks();
        lacking.nodes.removeIf(n -> n.name.startsWith("cpu"));
        lacking.pools.removeIf(p -> p.name.equals("cpu"));
        Cluster notOurs = Clusters.goodEks();
        notOurs.pools.forEach(p -> p.specPool = "");

        assertThat(status(lacking, "pool.compute.exists")).isEqualTo(FAIL);
        assertThat(finding(lacking, "pool.compute.exists").observed()).contains("no pool for cpu of the spec");
        assertThat(finding(lacking, "pool.compute.exists").resources()).containsExactly("pool/cpu");
        assertThat(status(notOurs, "pool.compute.exists"))
                .as("pools that say nothing of a spec")
                .isEqualTo(PASS);
    }

    @Test
    void a_public_api_that_nobody_may_reach_is_not_open() {
        Cluster closed = Clusters.goodGke();
        closed.publicCidrs = List.of();

        assertThat(status(closed, "network.api-authorized-ranges")).isEqualTo(PASS);
    }

    @Test
    void nodes_of_gke_want_a_piece_of_the_range_of_pods_each() {
        Cluster gke = Clusters.goodGke();
        for (int i = 0; i < gke.nodes.size(); i++) {
            gke.nodes.get(i).podCidrs = List.of("10.4." + i + ".0/24");
        }
        gke.networkCidrs = List.of("10.0.0.0/22", "10.4.0.0/20", "10.9.0.0/16");
        Cluster wide = Clusters.goodGke();
        wide.nodes.forEach(n -> n.podCidrs = List.of("10.4.7.0/24"));
        wide.networkCidrs = List.of("10.0.0.0/22", "10.4.0.0/14");

        // 16 pieces, 6 of them taken, and 25 nodes more.
        assertThat(status(gke, "network.vpc")).isEqualTo(FAIL);
        assertThat(finding(gke, "network.vpc").observed())
                .isEqualTo("room for pods of 10 nodes more in 10.4.0.0/20, for 25 nodes more");
        assertThat(status(wide, "network.vpc")).isEqualTo(PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 7.5Gi, PASS, PASS",
        "4000m, 7440000k, PASS, PASS",
        "3920m, 7439999k, FAIL, FAIL",
        "4, 8e9, PASS, PASS",
        "2, 7805636Ki, FAIL, PASS",
        "8, 128974848k, PASS, PASS",
    })
    void machines_of_the_operator_in_all_spellings(String cpu, String memory, Status ofCpu, Status ofMemory) {
        Cluster cluster = Clusters.goodEks().node("operator-0", n -> {
            n.capacity.put("cpu", cpu);
            n.capacity.put("memory", memory);
        });

        assertThat(status(cluster, "pool.operator.cpu")).isEqualTo(ofCpu);
        assertThat(status(cluster, "pool.operator.memory")).isEqualTo(ofMemory);
    }

    @Test
    void what_to_do_is_a_command_of_the_cloud_that_runs_the_cluster() {
        Cluster eks = Clusters.goodEks();
        Cluster gke = Clusters.goodGke();
        Cluster aks = Clusters.goodAks();
        for (Cluster cluster : List.of(eks, gke, aks)) {
            cluster.secretsKey = Optional.empty();
            cluster.publicCidrs = List.of("0.0.0.0/0");
            cluster.highlyAvailable = false;
            cluster.pinnedVersion = Optional.of("1.33.11");
        }

        for (String check : List.of("control-plane.etcd-encryption", "network.api-authorized-ranges")) {
            assertThat(finding(eks, check).next()).startsWith("aws eks ").contains("--region us-west-2", "train-west");
            assertThat(finding(gke, check).next())
                    .startsWith("gcloud container clusters update train-west --location us-central1");
            assertThat(finding(aks, check).next()).startsWith("az aks update --resource-group GROUP --name train-west");
        }
        assertThat(finding(aks, "control-plane.high-availability").next()).endsWith("--tier standard");
        assertThat(finding(aks, "control-plane.version-pin").next()).endsWith("--kubernetes-version 1.33");

        gke.provider = "oci";
        assertThat(finding(gke, "control-plane.etcd-encryption").next())
                .as("of a provider that a host brings along")
                .isEqualTo("Change it with the tools of oci.");
    }

    /** RKE2 on machines of one's own. */
    private static Cluster onPremises() {
        Cluster c = Clusters.goodEks();
        c.vantages = EnumSet.of(Vantage.KUBERNETES);
        c.version = "v1.33.4+rke2r1";
        c.blind("cloud");
        c.deployments.removeIf(d -> d.namespace().equals("kube-system"));
        c.daemonSets.removeIf(d -> d.name().equals("aws-node"));
        c.eachNode(n -> {
            n.labels.keySet().removeIf(key -> key.startsWith("eks.") || key.startsWith("node.kubernetes.io/"));
            n.labels.remove("topology.kubernetes.io/zone");
            n.providerId = n.name.startsWith("operator") ? "" : "rke2://" + n.name;
            n.kubelet = "v1.33.4+rke2r1";
            n.runtime = "containerd://2.0.5-k3s1";
            n.osImage = "Ubuntu 24.04.3 LTS";
            n.podCidrs = List.of("10.42." + n.name.length() + ".0/24");
        });
        return c;
    }
}
