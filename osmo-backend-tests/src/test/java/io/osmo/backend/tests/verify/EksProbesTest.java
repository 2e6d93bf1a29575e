// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Verdict;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.PodEnd;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend that was applied on the emulated AWS, looked at from all vantages, probes included. */
class EksProbesTest {
    private static final String NAME = "train-west";
    private static final String REGION = "us-west-2";

    private final BackendSpec spec = BackendSpec.builder(NAME)
            .on("aws", REGION)
            .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
            .computePool("burst", p -> p.instanceType("m7i.4xlarge").scale(0, 4))
            .gpuPool("t4", p -> p.instanceType("g4dn.xlarge").scale(2, 4))
            .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))
            .pullSecret("nvcr.io", "$oauthtoken", () -> "nvapi-x")
            .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> "A".repeat(43)))
            .build();
    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();
    private final Backend backend = osmo.apply(osmo.plan(spec));
    private final EmulatedCluster cluster = clouds.aws().cluster(REGION, NAME);

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    private BackendVerifier verifier() {
        return BackendVerifier.standard().asOf(LocalDate.ofInstant(clouds.time().now(), ZoneOffset.UTC));
    }

    private Finding scaleUp() {
        return verifier()
                .only("pool.scale-from-zero-probe")
                .probes(Probes.builder(clouds.time())
                        .only(Probe.SCALE_FROM_ZERO)
                        .pools("burst")
                        .scaleFromZero(Duration.ofMinutes(4))
                        .build())
                .verify(backend)
                .findings()
                .get(0);
    }

    @Test
    void every_requirement_is_proven() {
        cluster.installDevicePlugin();
        cluster.runPods(PlannedPods::good);

        Report report = verifier()
                .probes(Probes.builder(clouds.time())
                        .credentials(spec.pullSecrets())
                        .pull("nvcr.io/nvidia/osmo/client:6.3.0")
                        .build())
                .verify(backend);

        assertThat(report.findings())
                .filteredOn(f -> f.status() != Status.PASS && f.status() != Status.SKIPPED)
                .isEmpty();
        assertThat(report.findings())
                .filteredOn(f -> Set.of(
                                "network.osmo-http",
                                "network.osmo-websocket",
                                "registry.pull-secret-accepted",
                                "storage.pvc-probe",
                                "gpu.nvidia-smi-probe")
                        .contains(f.check()))
                .hasSize(5)
                .extracting(Finding::status)
                .containsOnly(Status.PASS);
        assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_pool_that_brings_no_node_fails_when_its_time_is_up() {
        cluster.runPods(PlannedPods::good);

        Finding finding = scaleUp();

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.observed()).contains("no node after 24", "nodes are available");
        assertThat(finding.resources())
                .singleElement()
                .asString()
                .startsWith("pool/")
                .contains("burst");
    }

    @Test
    void a_pool_that_brings_a_node_passes() {
        cluster.runPods(pod -> new PodEnd.NotStarted());
        EmulatedNode model = cluster.nodes().stream()
                .filter(n -> n.machine().type().equals("m7i.2xlarge"))
                .findFirst()
                .orElseThrow();
        clouds.time().after(Duration.ofSeconds(90), () -> cluster.addNode(node(model)));

        assertThat(scaleUp().status()).isEqualTo(Status.PASS);
    }

    /** The node of the empty pool, whose label the probe asks for. */
    private EmulatedNode node(EmulatedNode model) {
        Map<String, String> labels = new HashMap<>(model.labels());
        labels.replaceAll((key, value) -> value.replace("cpu", "burst"));
        EmulatedNode.Machine machine = model.machine();
        return new EmulatedNode(
                "burst-0",
                "aws:///us-west-2a/i-burst",
                new EmulatedNode.Place(model.place().region(), model.zone(), "10.0.99.99"),
                new EmulatedNode.Machine(
                        machine.type(),
                        machine.architecture(),
                        machine.cpus(),
                        machine.memoryGib(),
                        machine.diskGib(),
                        0),
                model.image(),
                model.kubelet(),
                labels,
                model.taints(),
                false);
    }
}
