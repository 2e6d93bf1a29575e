// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.EmulatedNode.Taint;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.cluster.PodEnd;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes on an emulated cluster whose pods come to the ends that each test plans for them. */
class ProbesTest {
    private static final String PASSWORD = "a-password-that-must-not-leak";
    private static final Secret SECRET = Secret.of("registry password", () -> PASSWORD);
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

    private static final Expectations EXPECTATIONS =
            Expectations.ofAnyBackend().withServiceUrl("https://osmo.example.com");
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));

    private final VirtualTime time = VirtualTime.create();
    private Runnable beforeRequest = () -> {};
    private final EmulatedClusters clusters = new EmulatedClusters(time, () -> beforeRequest.run());
    private final List<String> kaiSeen = new ArrayList<>();
    private EmulatedCluster cluster;

    @BeforeEach
    void build_a_cluster() {
        cluster = clusters.create("c", Distribution.EKS, "1.35.3");
        cluster.addNode(node("operator", "us-west-2a", 0, new Taint("ops", "true", "NoSchedule")));
        cluster.addNode(node("cpu", "us-west-2b", 0));
        cluster.addNode(node("gpu", "us-west-2b", 1, new Taint("nvidia.com/gpu", "present", "NoSchedule")));
        cluster.installDevicePlugin();
        cluster.runPods(PlannedPods::good);
    }

    @AfterEach
    void nothing_is_left() {
        beforeRequest = () -> {};
        assertThat(namespaces()).noneMatch(name -> name.startsWith("osmo-backend-probe-"));
        clusters.close();
    }

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
    void a_pull_that_fails_is_told_in_the_kubelets_words_and_its_cause() {
        cluster.runPods(pod -> pod.image().startsWith("registry.example.com")
                ? new PodEnd.NotPulled("failed to pull and unpack image: failed to authorize: 401 Unauthorized")
                : PlannedPods.good(pod));

        Report report = verify(probes(
                b -> b.pull("registry.example.com/team/image:1").credential("registry.example.com", "u", SECRET)));

        assertThat(finding(report, "registry.pull-secret-accepted").status()).isEqualTo(Status.FAIL);
        assertThat(finding(report, "registry.pull-each-pool").observed())
                .contains("rejects these credentials", "401 Unauthorized");
        assertThat(time.elapsed())
                .as("a credential that is refused is not waited for")
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void an_unknown_registry_is_tried_twice_and_keeps_the_error_behind_the_back_off() {
        cluster.runPods(pod -> pod.image().startsWith("registry.example.com")
                ? new PodEnd.NotPulled("dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host")
                : PlannedPods.good(pod));

        ProbeFacts facts = facts(probes(b -> b.pull("registry.example.com/team/image:1")));

        assertThat(facts.pulls())
                .filteredOn(p -> p.image().startsWith("registry.example.com"))
                .extracting(PullFacts::refusal)
                .allSatisfy(refusal -> assertThat(refusal.known().orElseThrow()).contains("no such host"));
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(20), Duration.ofMinutes(1));
    }

    @Test
    void a_pull_that_may_yet_succeed_is_waited_for() {
        cluster.runPods(pod -> pod.image().startsWith("registry.example.com")
                ? new PodEnd.NotPulled("a message that is not known")
                : PlannedPods.good(pod));

        facts(probes(b -> b.pull("registry.example.com/team/image:1")));

        assertThat(time.elapsed()).isGreaterThan(Duration.ofMinutes(3)).isLessThan(Duration.ofMinutes(4));
    }

    /** Kubelets pull one image after the other, and wait 30 s and longer for a registry whose packets are dropped. */
    @Test
    void other_images_are_pulled_after_the_pods_that_run_have_theirs() {
        Map<String, Duration> first = new TreeMap<>();
        cluster.runPods(pod -> {
            first.putIfAbsent(pod.name(), time.elapsed());
            return PlannedPods.good(pod);
        });

        verify(probes(b -> b.pull("registry.example.com/team/image:1")));

        Duration lastThatRuns = first.entrySet().stream()
                .filter(e -> e.getKey().startsWith("network")
                        || e.getKey().equals("idle")
                        || e.getKey().equals("pull-0-0"))
                .map(Map.Entry::getValue)
                .max(Duration::compareTo)
                .orElseThrow();
        assertThat(first).containsKeys("pull-0-1", "pull-1-1", "network-0-0", "idle");
        assertThat(first.get("pull-0-1")).isGreaterThan(lastThatRuns);
        assertThat(first.get("pull-1-1")).isGreaterThan(lastThatRuns);
    }

    @Test
    void an_image_that_nobody_sends_leaves_the_network_probes_as_they_are() {
        cluster.runPods(pod -> pod.image().startsWith("registry.example.com")
                ? new PodEnd.NotPulled("dial tcp 10.1.2.3:443: i/o timeout")
                : PlannedPods.good(pod));

        Report report = verify(probes(b -> b.pull("registry.example.com/team/image:1")));

        assertThat(finding(report, "registry.pull-each-pool").status()).isEqualTo(Status.FAIL);
        assertThat(finding(report, "network.egress-probe").status()).isEqualTo(Status.PASS);
        assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(40));
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

    /** Deletion of a namespace that has begun is none that has ended, such as with an APIService whose server is gone. */
    @Test
    void a_namespace_that_hangs_in_terminating_is_left_behind() {
        String stuck =
                "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs:"
                        + " metrics.example.com/v1beta1: stale GroupVersion discovery: metrics.example.com/v1beta1";
        EmulatedClusters[] all = new EmulatedClusters[1];
        all[0] = new EmulatedClusters(time, (method, path) -> {
            if (!method.equals("DELETE") || !path.startsWith("api/v1/namespaces/osmo-backend-probe-")) {
                return EmulatedClusters.Watched.undisturbed();
            }
            String name = path.substring(path.lastIndexOf('/') + 1);
            Map<String, Object> labels = Map.of(
                    "app.kubernetes.io/managed-by",
                    "osmo-backend-verify",
                    "osmo-backend-probe-run",
                    name.substring(19));
            return new EmulatedClusters.Watched(Optional.empty(), () -> {
                all[0].get("hangs")
                        .put(Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Namespace",
                                "metadata",
                                Map.of("name", name, "labels", labels, "deletionTimestamp", "2026-11-24T00:00:00Z"),
                                "status",
                                Map.of(
                                        "phase",
                                        "Terminating",
                                        "conditions",
                                        List.of(Map.of(
                                                "type",
                                                "NamespaceDeletionDiscoveryFailure",
                                                "status",
                                                "True",
                                                "message",
                                                stuck)))));
                return Optional.empty();
            });
        });
        try (EmulatedClusters own = all[0]) {
            EmulatedCluster hangs = own.create("hangs", Distribution.EKS, "1.35.3");
            hangs.addNode(node("cpu", "us-west-2b", 0));
            hangs.runPods(PlannedPods::good);

            Finding finding = finding(
                    VERIFIER.probes(probes(b -> b.only(Probe.VOLUME))).verify(hangs.access(), EXPECTATIONS),
                    "probe.removed");

            assertThat(finding.status()).isEqualTo(Status.WARN);
            assertThat(finding.observed()).contains("hangs in Terminating: " + stuck);
            assertThat(finding.next()).contains("kubectl get apiservices");
            assertThat(time.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
        }
    }

    /** The API server goes away once all pods are made, and does not come back. */
    @Test
    void an_outage_of_the_api_is_told_as_what_it_is() {
        boolean[] away = {false};
        try (EmulatedClusters own = new EmulatedClusters(
                time,
                (method, path) -> away[0]
                        ? new EmulatedClusters.Watched(
                                Optional.of(EmulatedClusters.Refusal.disconnected()), Optional::empty)
                        : EmulatedClusters.Watched.undisturbed())) {
            EmulatedCluster fails = own.create("fails", Distribution.EKS, "1.35.3");
            fails.addNode(node("cpu", "us-west-2b", 0));
            fails.runPods(pod -> {
                away[0] = true;
                return new PodEnd.Running();
            });

            Finding finding = finding(
                    VERIFIER.probes(probes(b -> b.only(Probe.NETWORK).deadline(Duration.ofSeconds(30))))
                            .verify(fails.access(), EXPECTATIONS),
                    "network.egress-probe");

            assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
            assertThat(finding.observed()).startsWith("the API server did not answer (list pods)");
            assertThat(finding.next()).contains("once the API server answers");
        }
    }

    @Test
    void where_the_probes_own_image_cannot_be_pulled_nothing_is_claimed_about_the_network() {
        cluster.runPods(pod -> pod.image().equals(Probes.IMAGE)
                ? new PodEnd.NotPulled("429 Too Many Requests: toomanyrequests")
                : PlannedPods.good(pod));

        Report report = verify(probes());

        assertThat(finding(report, "network.egress-probe").status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding(report, "registry.pull-each-pool").status()).isEqualTo(Status.FAIL);
        assertThat(finding(report, "registry.pull-each-pool").observed()).contains("limits how often");
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

    private void namespace(String name) {
        cluster.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
    }

    /** A deployment of one container, in a namespace that is made for it. */
    private void deployment(String namespace, String name, String image, String... arguments) {
        namespace(namespace);
        Map<String, ?> container = Map.of("name", name, "image", image, "args", List.of(arguments));
        cluster.put(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                Map.of("template", Map.of("spec", Map.of("containers", List.of(container))))));
    }

    @Test
    void images_of_backend_tests_are_pulled_where_tests_are_set_up_and_are_a_matter_of_their_own() {
        deployment(
                "osmo-operator",
                "backend-worker",
                "mirror.example.com/osmo/backend-worker:6.4.0",
                "--test_runner_namespace",
                "osmo-test");
        cluster.runPods(pod -> pod.image().equals("nvcr.io/nvidia/osmo/backend-test-runner:6.4.0")
                ? new PodEnd.NotPulled("failed to pull and unpack image: failed to authorize: 403 Forbidden")
                : PlannedPods.good(pod));

        Report report = verify(probes(b -> b.only(Probe.PULL)));

        Finding finding = finding(report, "registry.test-runner-images");
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.resources()).contains("pool/cpu nvcr.io/nvidia/osmo/backend-test-runner:6.4.0");
        assertThat(finding.next()).contains("backendTestRunner.podTemplate.image.repository");
        assertThat(finding(report, "registry.pull-each-pool").status()).isEqualTo(Status.PASS);
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

    @Test
    void a_gpu_that_is_in_use_is_unknown() {
        cluster.addNode(node("gpu", "us-west-2b", 0, new Taint("nvidia.com/gpu", "present", "NoSchedule")));

        Finding finding = finding(verify(probes()), "gpu.nvidia-smi-probe");

        assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding.observed()).contains("found no node");
    }

    @Test
    void a_pod_that_never_ends_is_given_up_at_its_deadline() {
        cluster.runPods(pod -> pod.name().startsWith("gpu") ? new PodEnd.Running() : PlannedPods.good(pod));

        Report report = verify(probes(b -> b.deadline(Duration.ofSeconds(40))));

        assertThat(finding(report, "gpu.nvidia-smi-probe").status()).isEqualTo(Status.UNKNOWN);
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
    }

    @Test
    void a_missing_right_is_unknown_with_the_rule_that_mends_it() {
        for (String right : List.of("create namespaces", "create pods", "list pods")) {
            EmulatedCluster other = clusters.create(right.replace(' ', '-'), Distribution.EKS, "1.35.3");
            other.addNode(node("cpu", "us-west-2b", 0));
            other.runPods(PlannedPods::good);
            other.deny(right.split(" ", -1)[0], right.split(" ", -1)[1]);

            ClusterSnapshot snapshot = VERIFIER.probes(probes()).snapshot(other.access(), EXPECTATIONS);

            if (right.equals("list pods")) {
                assertThat(snapshot.probes()).isInstanceOf(Fact.Unknown.class);
            }
            Finding finding = finding(VERIFIER.verify(snapshot), "network.egress-probe");
            assertThat(finding.status()).as(right).isEqualTo(Status.UNKNOWN);
            assertThat(finding.observed())
                    .contains("{apiGroups: [\"\"], resources: [\"" + right.split(" ", -1)[1] + "\"], verbs: [\""
                            + right.split(" ", -1)[0] + "\"]}");
            assertThat(BackendVerifier.requiredProbeRbac())
                    .contains("{apiGroups: [\"\"], resources: [\"" + right.split(" ", -1)[1] + "\"], verbs: [\""
                            + right.split(" ", -1)[0] + "\"]}");
        }
    }

    @Test
    void what_cannot_be_removed_is_told() {
        EmulatedCluster other = clusters.create("keeps", Distribution.EKS, "1.35.3");
        other.addNode(node("cpu", "us-west-2b", 0));
        other.runPods(PlannedPods::good);
        other.deny("delete", "namespaces");

        Report report = VERIFIER.probes(probes()).verify(other.access(), EXPECTATIONS);

        assertThat(finding(report, "probe.removed").status()).isEqualTo(Status.WARN);
        assertThat(finding(report, "probe.removed").observed()).contains("osmo-backend-probe-", "verbs: [\"delete\"]");
    }

    @Test
    void a_crash_leaves_a_namespace_that_the_next_run_removes_once_it_has_expired_and_nothing_else() {
        cluster.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of(
                        "name",
                        "osmo-backend-probe-of-somebody-else",
                        "annotations",
                        Map.of("osmo-backend-probe-expires", "2020-01-01T00:00:00Z"))));
        cluster.runPods(pod -> {
            time.crash(new SimulatedCrash("while a pod was being looked at"));
            return new PodEnd.Running();
        });
        assertThatThrownBy(() -> verify(probes())).isInstanceOf(SimulatedCrash.class);
        String left = namespaces().stream()
                .filter(n -> n.matches("osmo-backend-probe-[0-9a-z]{8}"))
                .findFirst()
                .orElseThrow();
        cluster.runPods(PlannedPods::good);

        verify(probes());
        assertThat(namespaces()).as("it might belong to a run that goes on").contains(left);

        time.advance(Duration.ofMinutes(21));
        verify(probes());
        assertThat(namespaces()).doesNotContain(left).contains("osmo-backend-probe-of-somebody-else");
        cluster.remove("Namespace", "", "osmo-backend-probe-of-somebody-else");
    }

    @Test
    void an_interrupt_ends_the_wait_and_removes_what_was_made() {
        cluster.runPods(pod -> new PodEnd.Running());
        Thread test = Thread.currentThread();
        time.after(Duration.ofSeconds(20), test::interrupt);

        assertThatThrownBy(() -> verify(probes())).isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void an_api_server_that_fails_for_a_while_is_asked_again() {
        List<String> requests = new ArrayList<>();
        beforeRequest = () -> {
            requests.add("x");
            if (requests.size() > 40 && requests.size() < 44) {
                throw new IllegalStateException("away for a moment");
            }
        };

        assertThat(statuses(verify(probes()))).containsEntry("network.egress-probe", Status.PASS);
    }

    @Test
    void credentials_are_in_no_snapshot_and_no_report() {
        ClusterSnapshot snapshot = VERIFIER.probes(probes(b -> b.credential("registry.example.com", "u", SECRET)))
                .snapshot(cluster.access(), EXPECTATIONS);

        assertThat(snapshot.toJson()
                        + VERIFIER.verify(snapshot)
                        + VERIFIER.verify(snapshot).toJson())
                .doesNotContain(PASSWORD);
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
    }

    @Test
    void without_the_vantage_or_without_asking_nothing_is_made() {
        List<String> before = namespaces();
        cluster.deny("create", "namespaces");

        Report kubernetes = VERIFIER.from(Vantage.KUBERNETES).probes(probes()).verify(cluster.access(), EXPECTATIONS);
        Report unasked = VERIFIER.verify(cluster.access(), EXPECTATIONS);

        assertThat(statuses(kubernetes).values()).containsOnly(Status.SKIPPED);
        assertThat(statuses(unasked).values()).containsOnly(Status.SKIPPED);
        assertThat(namespaces()).isEqualTo(before);
    }

    private Probes probes() {
        return probes(b -> b);
    }

    private Probes probes(Function<Probes.Builder, Probes.Builder> settings) {
        return settings.apply(Probes.builder(time)).build();
    }

    private Report verify(Probes probes) {
        return VERIFIER.probes(probes).verify(cluster.access(), EXPECTATIONS);
    }

    private ProbeFacts facts(Probes probes) {
        return VERIFIER.probes(probes)
                .snapshot(cluster.access(), EXPECTATIONS)
                .probes()
                .known()
                .orElseThrow();
    }

    private static Finding finding(Report report, String check) {
        return report.findings().stream()
                .filter(f -> f.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Status> statuses(Report report) {
        return report.findings().stream()
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }

    private List<String> namespaces() {
        try (var client = KubernetesClients.open(cluster.access())) {
            return client.namespaces().list().getItems().stream()
                    .map(n -> n.getMetadata().getName())
                    .toList();
        }
    }

    private static EmulatedNode node(String pool, String zone, int gpus, Taint... taints) {
        return new EmulatedNode(
                pool + "-0",
                "aws:///" + zone + "/i-" + pool,
                new EmulatedNode.Place("us-west-2", zone, "10.0.0.1"),
                new EmulatedNode.Machine("m7i.2xlarge", "amd64", 8, 32, 100, gpus),
                new NodeImage("Amazon Linux 2023", "6.12", "containerd://2.1.4"),
                new EmulatedNode.Kubelet("v1.35.3-eks-113cf36", 58),
                Map.of("eks.amazonaws.com/nodegroup", pool, "node-type", pool.equals("cpu") ? "compute" : pool),
                List.of(taints),
                false);
    }
}
