// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One row for each check: a defect planted in a good cluster is found by exactly this check and those that the row names, and
 * where the check cannot see it says so.
 */
class StandardCatalogueTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();
    private static final List<Case> CASES = new ArrayList<>();

    private record Case(
            String check, Status breach, Consumer<Cluster> defect, Map<String, Status> also, String... blind) {}

    static {
        row(
                "control-plane.managed-service",
                FAIL,
                c -> c.node("cpu-0", n -> n.providerId = "kind://docker/x"),
                "nodes");
        row("control-plane.status-active", FAIL, c -> c.healthy = false, "controlPlane");
        row(
                "control-plane.version-min",
                FAIL,
                c -> c.version = "v1.29.9-eks-1",
                Map.of("control-plane.kubelet-skew", WARN),
                "version");
        row(
                "control-plane.version-supported",
                WARN,
                c -> c.supportUntil = LocalDate.parse("2026-11-23"),
                "supportUntil");
        row("control-plane.kubelet-skew", WARN, c -> c.node("cpu-1", n -> n.kubelet = "v1.31.9-eks-1"), "nodes");
        row("control-plane.high-availability", WARN, c -> c.highlyAvailable = false, "cloud");
        row("control-plane.subnet-az-spread", WARN, c -> c.subnetZones = List.of("us-west-2a"), "network");
        row("control-plane.etcd-encryption", FAIL, c -> c.secretsKey = Optional.empty(), "secretsKey");
        row("control-plane.service-cidr-overlap", FAIL, c -> c.serviceCidr = Optional.of("10.0.128.0/20"), "network");
        row(
                "control-plane.identity-uid",
                FAIL,
                c -> c.namespaces.set(0, new NamespaceFacts("kube-system", "", "Active")),
                "namespaces");
        row("pool.operator.exists", FAIL, c -> c.nodes.removeIf(n -> n.name.startsWith("operator")), "nodes");
        row(
                "pool.operator.min-ready",
                FAIL,
                c -> c.nodes.stream().filter(n -> n.name.startsWith("operator")).forEach(n -> n.cordoned = true),
                Map.of("node.ready", WARN),
                "nodes");
        row("pool.operator.cpu", FAIL, c -> c.node("operator-1", n -> n.capacity.put("cpu", "2")), "nodes");
        row(
                "pool.operator.memory",
                FAIL,
                c -> c.node("operator-1", n -> n.capacity.put("memory", "7000000Ki")),
                "nodes");
        row("pool.operator.disk", FAIL, c -> c.pool("operator", p -> p.diskGib = Fact.of(20)), "pools");
        row(
                "pool.operator.disk-allocatable",
                WARN,
                c -> c.node("operator-0", n -> n.capacity.put("ephemeral-storage", "20959212Ki")),
                "nodes");
        row(
                "pool.operator.no-gpu",
                WARN,
                c -> c.node("operator-0", n -> n.labels.put("node.kubernetes.io/instance-type", "g6.xlarge")),
                Map.of("gpu.allocatable", FAIL, "gpu.taint", WARN, "gpu.present-label", WARN),
                "nodes");
        row(
                "pool.operator.instance-type",
                WARN,
                c -> c.node("operator-0", n -> n.labels.put("node.kubernetes.io/instance-type", "t3.xlarge")),
                "nodes");
        row("pool.operator.autoscaling", WARN, c -> c.pool("operator", p -> p.scale = new Scale(1, 2, 1)), "pools");
        row(
                "pool.operator.label-persistent",
                WARN,
                c -> c.pool("operator", p -> p.labels.remove("node-type")),
                "pools");
        row(
                "pool.operator.label",
                WARN,
                c -> c.node("operator-1", n -> n.labels.put("node-type", "compute")),
                Map.of("pool.compute.size", WARN),
                "nodes");
        row("pool.operator.taint", WARN, c -> c.node("operator-1", n -> n.taints = List.of()), "nodes");
        row(
                "pool.isolation-from-operator",
                WARN,
                c -> c.pods.add(new PodFacts("osmo-workflows", "stray", "operator-0", "Running", "", 0, "")),
                "pods");
        row(
                "pool.zone-spread",
                WARN,
                c -> c.nodes.stream()
                        .filter(n -> n.name.startsWith("cpu"))
                        .forEach(n -> n.labels.put("topology.kubernetes.io/zone", "us-west-2a")),
                "nodes");
        row(
                "pool.compute.exists",
                FAIL,
                c -> {
                    c.nodes.removeIf(n -> !n.name.startsWith("operator"));
                    c.pools.removeIf(p -> !p.name.equals("operator"));
                },
                Map.of("gpu.pool-exists", FAIL),
                "nodes");
        row("pool.compute.label", WARN, c -> c.node("cpu-2", n -> n.labels.remove("node-type")), "nodes");
        row("pool.compute.autoscaling", WARN, c -> c.pool("cpu", p -> p.scale = new Scale(4, 4, 4)), "pools");
        row("pool.compute.size", WARN, c -> c.node("cpu-2", n -> n.capacity.put("cpu", "4")), "nodes");
        row(
                "pool.compute.usable-cpu",
                FAIL,
                c -> c.pods.add(new PodFacts("monitoring", "greedy", "cpu-2", "Running", "ReplicaSet", 5951, "")),
                "pods");
        row(
                "pool.compute.taint",
                WARN,
                c -> c.node("gpu-0", n -> n.taints = List.of()),
                Map.of("gpu.taint", WARN, "pool.compute.isolation", SKIPPED),
                "nodes");
        row(
                "pool.compute.isolation",
                WARN,
                c -> c.pods.add(new PodFacts("kube-system", "coredns-2", "gpu-0", "Running", "ReplicaSet", 0, "")),
                "pods");
        row(
                "pool.compute.instance-type-retired",
                WARN,
                c -> c.node("gpu-0", n -> n.labels.put("node.kubernetes.io/instance-type", "p3.2xlarge")),
                "nodes");
        row(
                "pool.autoscaler-present",
                WARN,
                c -> c.deployments.removeIf(d -> d.name().equals("cluster-autoscaler")),
                "deployments");
        row("pool.scale-from-zero-template", WARN, c -> c.pool("gpu", p -> p.taints = List.of()), "pools");
        row("pool.health", FAIL, c -> c.pool("cpu", p -> p.issues = List.of("AsgInstanceLaunchFailures")), "pools");
        row(
                "pool.system-workloads-home",
                FAIL,
                c -> c.pods.add(new PodFacts(
                        "kube-system", "coredns-3", "", "Pending", "ReplicaSet", 100, "0/6 nodes: untolerated taint")),
                "pods");
        row("runtime.containerd", FAIL, c -> c.node("cpu-0", n -> n.runtime = "cri-o://1.30.0"), "nodes");
        row("runtime.containerd-version", FAIL, c -> c.node("cpu-0", n -> n.runtime = "containerd://1.7.26"), "nodes");
        row("runtime.containerd-cve", WARN, c -> c.node("cpu-0", n -> n.runtime = "containerd://2.0.3"), "nodes");
        row("runtime.os-image", WARN, c -> c.node("cpu-0", n -> n.osImage = "Amazon Linux 2"), "nodes");
        row("runtime.arch", FAIL, c -> c.node("cpu-0", n -> n.architecture = "s390x"), "nodes");
        row("node.ready", WARN, c -> c.node("cpu-0", n -> n.conditions.put("Ready", "Unknown")), "nodes");
        row(
                "node.hostname-label",
                FAIL,
                c -> c.node("cpu-0", n -> n.labels.put("kubernetes.io/hostname", "other")),
                "nodes");
        row(
                "node.allocatable-keys",
                FAIL,
                c -> c.node("cpu-0", n -> n.allocatable.remove("ephemeral-storage")),
                "nodes");
        row("node.pressure", WARN, c -> c.node("cpu-0", n -> n.conditions.put("DiskPressure", "True")), "nodes");
        row("network.vpc", FAIL, c -> c.freeAddresses = 10, "network");
        row("network.egress-route", FAIL, c -> c.egress = Fact.of(Optional.empty()), "network");
        row(
                "network.node-pod-overlap",
                FAIL,
                c -> c.node("cpu-0", n -> {
                    n.podCidrs = List.of("10.1.0.0/24");
                    n.ips = List.of("10.1.0.7");
                }),
                "nodes");
        row(
                "network.service-url-shape",
                FAIL,
                c -> c.expectations = c.expectations.withServiceUrl("https://osmo.example.com/osmo"));
        row("network.api-authorized-ranges", WARN, c -> c.publicCidrs = List.of("0.0.0.0/0"), "controlPlane");
        row(
                "storage.default-class",
                FAIL,
                c -> c.storageClasses.clear(),
                Map.of(
                        "storage.cloud-native", SKIPPED,
                        "storage.csi-driver", SKIPPED,
                        "storage.encryption", SKIPPED,
                        "storage.reclaim-expand", SKIPPED),
                "storageClasses");
        row(
                "storage.cloud-native",
                WARN,
                c -> c.storageClasses.set(
                        0,
                        new StorageClassFacts(
                                "gp2",
                                "kubernetes.io/aws-ebs",
                                Map.of(),
                                true,
                                true,
                                "Delete",
                                "WaitForFirstConsumer")),
                Map.of("storage.csi-driver", FAIL, "storage.encryption", UNKNOWN),
                "storageClasses");
        row("storage.csi-driver", FAIL, c -> c.csiNodes.remove(0), "csiNodes");
        row(
                "storage.encryption",
                WARN,
                c -> c.storageClasses.set(
                        0,
                        new StorageClassFacts(
                                "gp3", "ebs.csi.aws.com", Map.of(), true, true, "Delete", "WaitForFirstConsumer")),
                "storageClasses");
        row("storage.node-disks", WARN, c -> c.pool("cpu", p -> p.diskEncrypted = Fact.of(false)), "pools");
        row("storage.backup", WARN, c -> c.backup = new CloudFacts.BackupFacts(false, "no backup plan"), "backup");
        row(
                "storage.reclaim-expand",
                WARN,
                c -> c.storageClasses.set(
                        0,
                        new StorageClassFacts(
                                "gp3",
                                "ebs.csi.aws.com",
                                Map.of("encrypted", "true"),
                                true,
                                false,
                                "Delete",
                                "WaitForFirstConsumer")),
                "storageClasses");
        row("registry.pull-secret", FAIL, c -> c.secrets.remove(1), "secrets");
        row("security.tls-api-server", FAIL, c -> c.tlsVerified = false, "tlsVerified");
        row(
                "security.tls-service-url",
                FAIL,
                c -> c.expectations = c.expectations.withServiceUrl("http://osmo.example.com"));
        row(
                "gpu.pool-exists",
                FAIL,
                c -> c.pools.removeIf(p -> p.name.equals("gpu")),
                Map.of("pool.scale-from-zero-template", SKIPPED, "pool.compute.taint", PASS),
                "pools");
        row("gpu.allocatable", FAIL, c -> c.node("gpu-0", n -> n.allocatable.put("nvidia.com/gpu", "0")), "nodes");
        row(
                "gpu.taint",
                WARN,
                c -> c.node(
                        "gpu-0",
                        n -> n.taints = List.of(new io.osmo.backend.spec.Taint("sku", "gpu", Clusters.GPU.effect()))),
                Map.of("pool.compute.taint", WARN),
                "nodes");
        row("gpu.present-label", WARN, c -> c.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.present")), "nodes");
        row(
                "operator.namespaces",
                FAIL,
                c -> c.namespaces.set(2, new NamespaceFacts("osmo-workflows", "u2", "Terminating")),
                "namespaces");
        row(
                "operator.token-secret",
                FAIL,
                c -> c.secrets.remove(2),
                Map.of("operator.token-format", SKIPPED),
                "secrets");
        row(
                "operator.token-format",
                FAIL,
                c -> c.secrets.set(2, Clusters.token(new SecretFacts.TokenShape(42, true))),
                "secrets");
        row(
                "kai.priority-classes",
                FAIL,
                c -> c.priorityClasses.set(0, new PriorityClassFacts("osmo-high", 1000, false)),
                "priorityClasses");
    }

    private static void row(String check, Status breach, Consumer<Cluster> defect, String... blind) {
        row(check, breach, defect, Map.of(), blind);
    }

    private static void row(
            String check, Status breach, Consumer<Cluster> defect, Map<String, Status> also, String... blind) {
        CASES.add(new Case(check, breach, defect, also, blind));
    }

    @Test
    void a_good_backend_gives_no_failure_no_warning_and_no_unknown() {
        Report report = VERIFIER.verify(Clusters.goodEks().snapshot());

        assertThat(report.findings()).noneMatch(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()));
        assertThat(report.passed()).isTrue();
    }

    @Test
    void every_check_that_needs_no_probe_has_its_row() {
        assertThat(CASES.stream().map(Case::check))
                .containsExactlyInAnyOrderElementsOf(VERIFIER.checks().stream()
                        .filter(c -> !c.vantages().contains(Vantage.PROBE))
                        .map(Check::id)
                        .toList());
    }

    @Test
    void every_requirement_has_a_check() {
        assertThat(VERIFIER.checks().stream().flatMap(c -> c.requirement().stream()))
                .contains(Requirement.values());
    }

    @TestFactory
    Stream<DynamicTest> a_planted_defect_is_found_by_exactly_the_checks_that_are_about_it() {
        Map<String, Status> good = statuses(Clusters.goodEks());
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Cluster cluster = Clusters.goodEks();
                    row.defect().accept(cluster);
                    Map<String, Status> expected = new TreeMap<>(row.also());
                    expected.put(row.check(), row.breach());

                    Map<String, Status> changed = statuses(cluster);
                    changed.entrySet()
                            .removeIf(e -> good.get(e.getKey()) == e.getValue() && !expected.containsKey(e.getKey()));
                    // Where a defect takes away what other checks are about, they have nothing to judge.
                    changed.entrySet().removeIf(e -> e.getValue() == SKIPPED && !expected.containsKey(e.getKey()));

                    assertThat(changed).isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_check_says_what_was_observed_expected_and_what_to_do_next() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Cluster cluster = Clusters.goodEks();
                    row.defect().accept(cluster);

                    Finding finding = find(cluster, row.check());

                    assertThat(finding.observed()).isNotBlank();
                    assertThat(finding.expected()).isNotBlank();
                    assertThat(finding.next()).isNotBlank();
                }));
    }

    @TestFactory
    Stream<DynamicTest> what_could_not_be_read_is_unknown_and_never_passed() {
        return CASES.stream()
                .filter(row -> row.blind().length > 0)
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Finding finding = find(Clusters.goodEks().blind(row.blind()), row.check());

                    assertThat(finding.status()).isEqualTo(UNKNOWN);
                    assertThat(finding.observed()).contains("403 on " + row.blind()[0]);
                }));
    }

    @TestFactory
    Stream<DynamicTest> in_the_good_backend_each_check_passes_or_says_why_it_does_not_apply() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Finding finding = find(Clusters.goodEks(), row.check());

                    assertThat(finding.status()).isIn(PASS, SKIPPED);
                    if (finding.status() == SKIPPED) {
                        assertThat(finding.check()).isEqualTo("network.node-pod-overlap");
                    }
                }));
    }

    private static Finding find(Cluster cluster, String check) {
        return VERIFIER.verify(cluster.snapshot()).findings().stream()
                .filter(f -> f.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Status> statuses(Cluster cluster) {
        Map<String, Status> statuses = new TreeMap<>();
        VERIFIER.verify(cluster.snapshot()).findings().forEach(f -> statuses.put(f.check(), f.status()));
        return statuses;
    }
}
