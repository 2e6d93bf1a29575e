// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.EmulatedNode.Taint;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.cluster.PodEnd;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What probes find in an emulated cluster: network, volumes, GPUs, schedulers. */
class ProbesTest extends EmulatedProbes {
    /** Of an authority that has signed itself. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBizCCATGgAwIBAgIUHRlvrc6xQ27GJQK+5Jc9Ie3YB1MwCgYIKoZIzj0EAwIw
            GzEZMBcGA1UEAwwQYSBjbG9zZWQgbmV0d29yazAeFw0yNjExMjQxODE2MThaFw0z
            NjExMjExODE2MThaMBsxGTAXBgNVBAMMEGEgY2xvc2VkIG5ldHdvcmswWTATBgcq
            hkjOPQIBBggqhkjOPQMBBwNCAASzdn0vSuFEEcJhrwt06cX9PV4KQ59vvi1cjcbl
            9tAhPY8fgIKBrN7IxmjdJERJhN4ojK4TNwzp1k1R3qVC5bVSo1MwUTAdBgNVHQ4E
            FgQULPEAc3n/j6b/R+qpT+vJqJJfi9owHwYDVR0jBBgwFoAULPEAc3n/j6b/R+qp
            T+vJqJJfi9owDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAgtvK
            wqKCCJG+ODGsoHE0FpMsl+I20p+1ehLcu5GkC+oCIBO8jPgJHlD5C+Jjp6lS8E/1
            vYwVwuauibbME4N6X20Z
            -----END CERTIFICATE-----
            """;

    private final List<String> kaiSeen = new ArrayList<>();

    @Test
    void on_a_good_cluster_every_probe_passes_within_seconds() {
        Report report = verify(probes());

        assertThat(statuses(report))
                .allSatisfy((check, status) -> assertThat(status).as(check).isIn(Status.PASS, Status.SKIPPED))
                .containsEntry("network.egress-probe", Status.PASS)
                .containsEntry("network.osmo-http", Status.PASS)
                .containsEntry("network.osmo-websocket", Status.PASS)
                .containsEntry("network.dns", Status.PASS)
                .containsEntry("registry.nvcr-reachable", Status.PASS)
                .containsEntry("registry.pull-each-pool", Status.PASS)
                .containsEntry("security.tls-certificates", Status.PASS)
                .containsEntry("security.tls-min-version", Status.PASS)
                .containsEntry("node.clock-skew", Status.PASS)
                .containsEntry("storage.pvc-probe", Status.PASS)
                .containsEntry("gpu.nvidia-smi-probe", Status.PASS)
                .containsEntry("probe.removed", Status.PASS);
        assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void each_pool_and_each_zone_is_probed_whatever_its_taints() {
        ProbeFacts facts = facts(probes());

        assertThat(facts.reaches()).extracting(ReachFacts::pool).contains("operator", "cpu", "gpu");
        assertThat(facts.volumes()).extracting(v -> v.toString()).containsExactly("zone/us-west-2a", "zone/us-west-2b");
        assertThat(facts.gpus()).extracting(g -> g.toString()).containsExactly("pool/gpu");
    }

    @Test
    void egress_refused_in_one_pool_fails_with_the_pool() {
        cluster.runPods(pod -> pod.node().startsWith("cpu") && pod.name().startsWith("network")
                ? new PodEnd.Exited(
                        0,
                        PlannedPods.answers(
                                pod,
                                url -> url.contains("ghcr.io")
                                        ? PlannedPods.line(7, 0, "Connection refused")
                                        : PlannedPods.ok(url)))
                : PlannedPods.good(pod));

        Finding finding = finding(verify(probes()), "registry.ghcr-reachable");

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.observed()).contains("Connection refused");
        assertThat(finding.resources()).containsExactly("pool/cpu to https://ghcr.io/v2/");
    }

    @Test
    void only_linux_nodes_of_a_pool_are_probed() {
        cluster.addNode(odd(
                "windows",
                "Windows Server 2022 Datacenter",
                Map.of("eks.amazonaws.com/nodegroup", "windows", "node-type", "compute")));
        cluster.addNode(odd("fargate", "Amazon Linux 2", Map.of("eks.amazonaws.com/compute-type", "fargate")));
        cluster.addNode(odd("control-plane", "Ubuntu 24.04", Map.of()));
        List<String> used = new ArrayList<>();
        cluster.runPods(pod -> {
            used.add(pod.node());
            return PlannedPods.good(pod);
        });

        ProbeFacts facts = facts(probes());

        assertThat(facts.reaches()).extracting(ReachFacts::pool).containsOnly("operator", "cpu", "gpu");
        assertThat(facts.volumes()).extracting(v -> v.toString()).containsExactly("zone/us-west-2a", "zone/us-west-2b");
        assertThat(used.stream().filter(name -> !name.isEmpty()).distinct())
                .containsExactlyInAnyOrder("operator-0", "cpu-0", "gpu-0");
    }

    @Test
    void a_claim_that_never_binds_fails_with_what_the_driver_says() {
        cluster.runPods(pod -> pod.name().startsWith("volume") && pod.node().startsWith("operator")
                ? new PodEnd.NoVolume("failed to provision volume with StorageClass \"gp3\": UnauthorizedOperation")
                : PlannedPods.good(pod));

        Finding finding = finding(verify(probes()), "storage.pvc-probe");

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.observed()).contains("volume");
        assertThat(finding.resources()).containsExactly("zone/us-west-2a");
    }

    @Test
    void a_pod_that_says_something_else_is_unknown_never_passed() {
        cluster.runPods(pod -> new PodEnd.Exited(0, "exit 0\nanswer 0 0 200 everything is fine\n<html>"));

        Map<String, Status> statuses = statuses(verify(probes(b -> b.only(Probe.NETWORK, Probe.VOLUME))));

        assertThat(statuses)
                .containsEntry("network.egress-probe", Status.UNKNOWN)
                .containsEntry("storage.pvc-probe", Status.UNKNOWN)
                .containsEntry("security.tls-certificates", Status.UNKNOWN);
    }

    @Test
    void a_pod_in_the_namespace_of_workflows_asks_the_service_and_goes_with_the_namespace_of_the_probes() {
        namespace("osmo-workflows");
        List<String> seen = new ArrayList<>();
        cluster.runPods(pod -> {
            if (seen.isEmpty() && pod.namespace().equals("osmo-workflows")) {
                seen.add(cluster.json("Pod", pod.namespace(), pod.name()));
                seen.add(pod.environment().get("TARGETS"));
            }
            return PlannedPods.good(pod);
        });

        Finding finding = finding(verify(probes(Probes.Builder::workflowNamespace)), "network.workflow-to-osmo");

        assertThat(finding.status()).isEqualTo(Status.PASS);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0))
                .contains("\"ownerReferences\"", "\"kind\":\"Namespace\"")
                .contains("\"name\":\"osmo-backend-probe-")
                .doesNotContain("osmo.workflow_id");
        assertThat(seen.get(1).lines())
                .containsExactly(
                        "service https://osmo.example.com/api/version",
                        "websocket https://osmo.example.com/api/logger/workflow/-probe-/osmo_ctrl/-probe-/retry_id/0");
        assertThat(podsAmongWorkflows()).isEmpty();
    }

    @Test
    void what_a_network_policy_of_workflows_cuts_off_fails_though_the_pools_reach_the_service() {
        namespace("osmo-workflows");
        cluster.runPods(pod -> pod.namespace().equals("osmo-workflows")
                ? new PodEnd.Exited(0, PlannedPods.answers(pod, url -> PlannedPods.line(28, 0, "Connection timed out")))
                : PlannedPods.good(pod));

        Report report = verify(probes(Probes.Builder::workflowNamespace));

        assertThat(finding(report, "network.osmo-http").status()).isEqualTo(Status.PASS);
        assertThat(finding(report, "network.workflow-to-osmo").status()).isEqualTo(Status.FAIL);
        assertThat(finding(report, "network.workflow-to-osmo").next())
                .contains("kubectl -n osmo-workflows get networkpolicies");
    }

    @Test
    void without_a_namespace_of_workflows_nothing_is_known_of_what_holds_there() {
        Finding finding = finding(verify(probes(Probes.Builder::workflowNamespace)), "network.workflow-to-osmo");

        assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding.observed()).contains("osmo-workflows").contains("not found");
    }

    @Test
    void an_idle_connection_is_watched_from_the_operators_pool_and_that_it_closes_warns() {
        cluster.runPods(pod -> {
            if (!pod.name().equals("idle")) {
                return PlannedPods.good(pod);
            }
            assertThat(pod.node()).startsWith("operator");
            return new PodEnd.Exited(0, "first 200 1 keep-alive\nsecond 200 1 keep-alive\nexit 0\nerror -\n");
        });

        Finding finding = finding(verify(probes()), "network.ws-idle");

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.resources()).containsExactly("pool/operator to https://osmo.example.com/api/version");
    }

    @Test
    void authorities_that_are_to_be_trusted_reach_the_pods_and_what_is_no_certificate_is_refused() {
        List<String> seen = new ArrayList<>();
        cluster.runPods(pod -> {
            seen.add(pod.environment().getOrDefault("AUTHORITIES", ""));
            return PlannedPods.good(pod);
        });

        verify(probes(b -> b.only(Probe.NETWORK).trust(CERTIFICATE)));

        assertThat(seen).isNotEmpty().containsOnly(CERTIFICATE);
        assertThatThrownBy(() -> probes(b -> b.trust("-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a certificate in PEM")
                .hasMessageNotContaining("MC4CAQ");
    }

    @Test
    void kai_schedules_a_pod_of_a_queue_with_a_parent_and_both_queues_go_with_the_namespace() {
        installKai();
        cluster.runPods(pod -> {
            if (pod.name().startsWith("kai")) {
                kaiSeen.add(cluster.json("Pod", pod.namespace(), pod.name()));
                kaiSeen.add(cluster.json("Queue", "", pod.namespace() + "-queue"));
                kaiSeen.add(cluster.json("PodGroup", pod.namespace(), pod.name()));
                assertThat(cluster.has("Queue", "", pod.namespace())).isTrue();
            }
            return PlannedPods.good(pod);
        });

        Report report = verify(probes());

        assertThat(finding(report, "kai.schedule-probe").status()).isEqualTo(Status.PASS);
        assertThat(String.join("", kaiSeen))
                .contains(
                        "\"schedulerName\":\"kai-scheduler\"",
                        "\"parentQueue\":\"osmo-backend-probe-",
                        "\"minMember\":1");
        assertThat(queues()).isEmpty();
    }

    @Test
    void a_pod_that_kai_gives_no_place_fails_with_what_it_says_and_a_full_pool_is_unknown() {
        installKai();
        cluster.runPods(pod -> pod.name().startsWith("kai") && pod.node().startsWith("cpu")
                ? new PodEnd.NotPlaced("QueueDoesNotExist: the queue of the pod group does not exist")
                : PlannedPods.good(pod));
        Finding failed = finding(verify(probes()), "kai.schedule-probe");
        assertThat(failed.status()).isEqualTo(Status.FAIL);
        assertThat(failed.observed()).contains("QueueDoesNotExist");
        assertThat(failed.resources()).containsExactly("pool/cpu");
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(150));

        cluster.runPods(pod -> pod.name().startsWith("kai")
                ? new PodEnd.NotPlaced("0/3 nodes are available: Insufficient cpu")
                : PlannedPods.good(pod));
        assertThat(finding(verify(probes()), "kai.schedule-probe").status()).isEqualTo(Status.UNKNOWN);
        assertThat(queues()).isEmpty();
    }

    @Test
    void a_gpu_that_is_in_use_is_unknown() {
        cluster.addNode(node("gpu", "us-west-2b", 0, new Taint("nvidia.com/gpu", "present", "NoSchedule")));

        Finding finding = finding(verify(probes()), "gpu.nvidia-smi-probe");

        assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding.observed()).contains("found no node");
    }

    private static EmulatedNode odd(String name, String system, Map<String, String> labels) {
        return new EmulatedNode(
                name,
                "aws:///us-west-2c/i-" + name,
                new EmulatedNode.Place("us-west-2", "us-west-2c", "10.0.0.9"),
                new EmulatedNode.Machine("m7i.2xlarge", "amd64", 8, 32, 100, 0),
                new NodeImage(system, "6.12", "containerd://2.1.4"),
                new EmulatedNode.Kubelet("v1.35.3-eks-113cf36", 58),
                labels,
                List.of(),
                false);
    }

    private void installKai() {
        for (List<String> kind : List.of(
                List.of("Queue", "queues", "Cluster", "v2"),
                List.of("PodGroup", "podgroups", "Namespaced", "v2alpha2"))) {
            cluster.put(Map.of(
                    "apiVersion",
                    "apiextensions.k8s.io/v1",
                    "kind",
                    "CustomResourceDefinition",
                    "metadata",
                    Map.of("name", kind.get(1) + ".scheduling.run.ai"),
                    "spec",
                    Map.of(
                            "group", "scheduling.run.ai",
                            "scope", kind.get(2),
                            "names", Map.of("kind", kind.get(0), "plural", kind.get(1)),
                            "versions", List.of(Map.of("name", kind.get(3), "served", true, "storage", true)))));
        }
        deployment("kai-scheduler", "binder", "ghcr.io/kai-scheduler/kai-scheduler/binder:v0.14.0");
    }

    private List<String> podsAmongWorkflows() {
        try (var client = KubernetesClients.open(cluster.access())) {
            return client.pods().inNamespace("osmo-workflows").list().getItems().stream()
                    .map(pod -> pod.getMetadata().getName())
                    .toList();
        }
    }

    private List<String> queues() {
        try (var client = KubernetesClients.open(cluster.access())) {
            return client.genericKubernetesResources("scheduling.run.ai/v2", "Queue").list().getItems().stream()
                    .map(queue -> queue.getMetadata().getName())
                    .toList();
        }
    }
}
