// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.EmulatedNode.Taint;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An emulated cluster whose pods come to the ends that each test plans for them. */
abstract class EmulatedProbes {
    static final Expectations EXPECTATIONS = Expectations.ofAnyBackend().withServiceUrl("https://osmo.example.com");
    static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));
    final VirtualTime time = VirtualTime.create();
    Runnable beforeRequest = () -> {};
    final EmulatedClusters clusters = new EmulatedClusters(time, () -> beforeRequest.run());
    EmulatedCluster cluster;

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

    void namespace(String name) {
        cluster.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
    }

    /** A deployment of one container, in a namespace that is made for it. */
    void deployment(String namespace, String name, String image, String... arguments) {
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

    Probes probes() {
        return probes(b -> b);
    }

    Probes probes(Function<Probes.Builder, Probes.Builder> settings) {
        return settings.apply(Probes.builder(time)).build();
    }

    Report verify(Probes probes) {
        return VERIFIER.probes(probes).verify(cluster.access(), EXPECTATIONS);
    }

    ProbeFacts facts(Probes probes) {
        return VERIFIER.probes(probes)
                .snapshot(cluster.access(), EXPECTATIONS)
                .probes()
                .known()
                .orElseThrow();
    }

    static Finding finding(Report report, String check) {
        return report.findings().stream()
                .filter(f -> f.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    static Map<String, Status> statuses(Report report) {
        return report.findings().stream()
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }

    List<String> namespaces() {
        try (var client = KubernetesClients.open(cluster.access())) {
            return client.namespaces().list().getItems().stream()
                    .map(n -> n.getMetadata().getName())
                    .toList();
        }
    }

    static EmulatedNode node(String pool, String zone, int gpus, Taint... taints) {
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
