// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.probe;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.ProbeResults;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.IdleFacts;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import io.osmo.backend.verify.snapshot.ScaleUpFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.VolumeProbeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each check of probes: what makes it fail, and nothing else; what it cannot know; and that it passes otherwise. */
class ProbeChecksTest {
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));

    private static final List<Case> CASES = new ArrayList<>();

    private record Case(String name, Consumer<ProbeResults> defect, Map<String, Status> found) {}

    private static void plant(String name, Consumer<ProbeResults> defect, Object... found) {
        Map<String, Status> map = new TreeMap<>();
        for (int i = 0; i < found.length; i += 2) {
            map.put((String) found[i], (Status) found[i + 1]);
        }
        CASES.add(new Case(name, defect, map));
    }

    static {
        plant(
                "one registry blocked in one pool",
                f -> f.change("nvcr.io", ProbeResults.to(28, 0, "", "Connection timed out")),
                "network.egress-probe",
                FAIL,
                "registry.nvcr-reachable",
                FAIL,
                "security.tls-min-version",
                UNKNOWN,
                "security.tls-certificates",
                UNKNOWN);
        plant(
                "ghcr.io answers 503",
                f -> f.change(
                        "ghcr.io", a -> new Answer(0, 503, a.tls(), a.certificateUntil(), a.clockOffset(), "", "")),
                "registry.ghcr-reachable",
                FAIL);
        plant(
                "docker.io limits the rate",
                f -> f.change(
                        "docker.io", a -> new Answer(0, 429, a.tls(), a.certificateUntil(), a.clockOffset(), "", "")),
                "registry.docker-reachable",
                FAIL);
        plant(
                "private registry answers 404",
                f -> f.change(
                        "registry.example",
                        a -> new Answer(0, 404, a.tls(), a.certificateUntil(), a.clockOffset(), "", "")),
                "registry.private",
                FAIL);
        plant(
                "cluster DNS dead",
                f -> f.change(
                        "kubernetes.default",
                        ProbeResults.to(6, 0, "", "Could not resolve host: kubernetes.default.svc")),
                "network.dns",
                FAIL);
        plant(
                "service behind a login page",
                f -> f.change(
                        "/api/version",
                        a -> new Answer(0, 200, a.tls(), a.certificateUntil(), a.clockOffset(), "<html>", "")),
                "network.osmo-http",
                FAIL);
        plant(
                "service redirects",
                f -> f.change(
                        "/api/version",
                        a -> new Answer(0, 302, a.tls(), a.certificateUntil(), a.clockOffset(), "", "")),
                "network.osmo-http",
                FAIL);
        plant(
                "gateway does not upgrade",
                f -> f.change(
                        "/socket", a -> new Answer(0, 502, a.tls(), a.certificateUntil(), a.clockOffset(), "", "")),
                "network.osmo-websocket",
                FAIL);
        plant(
                "TLS 1.1",
                f -> f.change(
                        "ghcr.io", a -> new Answer(0, 401, "TLSv1.1", a.certificateUntil(), a.clockOffset(), "", "")),
                "security.tls-min-version",
                FAIL);
        plant(
                "no TLS version in common",
                f -> f.change("ghcr.io", ProbeResults.to(35, 0, "", "unsupported protocol")),
                "security.tls-min-version",
                FAIL,
                "security.tls-certificates",
                UNKNOWN,
                "network.egress-probe",
                FAIL,
                "registry.ghcr-reachable",
                FAIL);
        plant(
                "certificate of a proxy",
                f -> f.change("nvcr.io", ProbeResults.to(60, 0, "", "unable to get local issuer certificate")),
                "security.tls-certificates",
                FAIL,
                "security.tls-min-version",
                UNKNOWN,
                "network.egress-probe",
                FAIL,
                "registry.nvcr-reachable",
                FAIL);
        plant(
                "certificate expires in three weeks",
                f -> f.change("/socket", ProbeResults.expiring("2026-12-15T00:00:00Z")),
                "security.tls-certificates",
                WARN);
        plant("clock a minute ahead", f -> f.change("/api/version", ProbeResults.ahead(60)), "node.clock-skew", WARN);
        plant(
                "clock two minutes behind",
                f -> f.change("/api/version", ProbeResults.ahead(-120)),
                "node.clock-skew",
                FAIL);
        plant(
                "service tells no time",
                f -> f.change(
                        "/api/version",
                        a -> new Answer(0, 200, a.tls(), a.certificateUntil(), Optional.empty(), a.body(), "")),
                "node.clock-skew",
                UNKNOWN);
        plant(
                "image not found",
                f -> f.refuse("curlimages", Fact.of("rpc error: code = NotFound desc = docker.io/x: not found")),
                "registry.pull-each-pool",
                FAIL);
        plant(
                "credential refused",
                f -> f.refuse("team/image", Fact.of("failed to authorize: unexpected status: 401 Unauthorized")),
                "registry.pull-each-pool",
                FAIL,
                "registry.pull-secret-accepted",
                FAIL);
        plant(
                "private registry not reached by the node",
                f -> f.refuse("team/image", Fact.of("dial tcp 10.1.2.3:443: i/o timeout")),
                "registry.pull-each-pool",
                FAIL,
                "registry.pull-secret-accepted",
                UNKNOWN);
        plant(
                "node that pulls is not found",
                f -> f.refuse("curlimages", Fact.unknown("the pod found no node")),
                "registry.pull-each-pool",
                UNKNOWN);
        plant(
                "network policy of workflows without DNS",
                f -> f.workflowReaches.replaceAll(r -> new ReachFacts(
                        r.name(),
                        r.pool(),
                        r.target(),
                        r.url(),
                        r.answer().map(ProbeResults.to(6, 0, "", "Could not resolve host: osmo.example.com")))),
                "network.workflow-to-osmo",
                FAIL);
        plant(
                "WebSocket of logs not routed",
                f -> f.workflowReaches.replaceAll(r -> r.target() == Target.SERVICE
                        ? r
                        : new ReachFacts(
                                r.name(),
                                r.pool(),
                                r.target(),
                                r.url(),
                                r.answer().map(ProbeResults.to(0, 404, "", "")))),
                "network.workflow-to-osmo",
                FAIL);
        plant(
                "service asks workflows to log in",
                f -> f.workflowReaches.replaceAll(r -> new ReachFacts(
                        r.name(), r.pool(), r.target(), r.url(), r.answer().map(ProbeResults.to(0, 401, "", "")))),
                "network.workflow-to-osmo",
                FAIL);
        plant(
                "no pod may be made among workflows",
                f -> f.workflowReaches.replaceAll(
                        r -> new ReachFacts(r.name(), r.pool(), r.target(), r.url(), Fact.unknown("403"))),
                "network.workflow-to-osmo",
                UNKNOWN);
        plant(
                "load balancer with an idle timeout of 60 s",
                f -> f.idle.set(0, new IdleFacts("operator", "https://osmo.example.com/api/version", Fact.of(false))),
                "network.ws-idle",
                WARN);
        plant(
                "service that keeps no connection",
                f -> f.idle.set(
                        0, new IdleFacts("operator", "https://osmo.example.com/api/version", Fact.unknown("closes"))),
                "network.ws-idle",
                UNKNOWN);
        plant(
                "Docker Hub not reached by tests",
                f -> f.testPulls.replaceAll(p -> new PullFacts(
                        p.name(), p.pool(), p.image(), p.host(), false, Fact.of("dial tcp: i/o timeout"))),
                "registry.test-runner-images",
                WARN);
        plant(
                "image of tests not tried",
                f -> f.testPulls.replaceAll(p -> new PullFacts(
                        p.name(), p.pool(), p.image(), p.host(), false, Fact.unknown("the pod found no node"))),
                "registry.test-runner-images",
                UNKNOWN);
        plant(
                "claim does not bind in one zone",
                f -> f.volumes.set(1, new VolumeProbeFacts("us-west-2b", Fact.of("failed to provision volume"))),
                "storage.pvc-probe",
                FAIL);
        plant(
                "no place in one zone",
                f -> f.volumes.set(1, new VolumeProbeFacts("us-west-2b", Fact.unknown("Insufficient cpu"))),
                "storage.pvc-probe",
                UNKNOWN);
        plant(
                "driver missing",
                f -> f.gpus.set(
                        0,
                        new GpuProbeFacts(
                                "gpu", Fact.of(new GpuProbeFacts.Sight(127, List.of(), "nvidia-smi: not found")))),
                "gpu.nvidia-smi-probe",
                FAIL);
        plant(
                "nvidia-smi sees nothing",
                f -> f.gpus.set(0, new GpuProbeFacts("gpu", Fact.of(new GpuProbeFacts.Sight(0, List.of(), "")))),
                "gpu.nvidia-smi-probe",
                FAIL);
        plant(
                "all GPUs in use",
                f -> f.gpus.set(0, new GpuProbeFacts("gpu", Fact.unknown("Insufficient nvidia.com/gpu"))),
                "gpu.nvidia-smi-probe",
                UNKNOWN);
        plant(
                "KAI does not know the queue",
                f -> f.kai.set(0, new KaiProbeFacts("cpu", Fact.of("QueueDoesNotExist: queue does not exist"))),
                "kai.schedule-probe",
                FAIL);
        plant(
                "no room for the pod that KAI was given",
                f -> f.kai.set(0, new KaiProbeFacts("cpu", Fact.unknown("no room for the pod"))),
                "kai.schedule-probe",
                UNKNOWN);
        plant(
                "pool adds no node",
                f -> f.scaleUps.set(
                        0,
                        new ScaleUpFacts(
                                "burst", Fact.of(new ScaleUpFacts.Outcome(false, 600, "max node group size reached")))),
                "pool.scale-from-zero-probe",
                FAIL);
        plant(
                "pod for the empty pool not made",
                f -> f.scaleUps.set(0, new ScaleUpFacts("burst", Fact.unknown("403 on create pods"))),
                "pool.scale-from-zero-probe",
                UNKNOWN);
        plant("namespace left", f -> f.left = Optional.of("the namespace x: 403"), "probe.removed", WARN);
        plant(
                "nothing from the pod of one pool",
                f -> f.blindReach("//"),
                "network.egress-probe",
                UNKNOWN,
                "network.dns",
                UNKNOWN,
                "network.osmo-http",
                UNKNOWN,
                "network.osmo-websocket",
                UNKNOWN,
                "registry.nvcr-reachable",
                UNKNOWN,
                "registry.ghcr-reachable",
                UNKNOWN,
                "registry.docker-reachable",
                UNKNOWN,
                "registry.private",
                UNKNOWN,
                "security.tls-min-version",
                UNKNOWN,
                "security.tls-certificates",
                UNKNOWN,
                "node.clock-skew",
                UNKNOWN);
    }

    @Test
    void good_results_pass_every_check() {
        assertThat(statuses(new ProbeResults().snapshot()).values()).containsOnly(PASS);
    }

    @TestFactory
    Stream<DynamicTest> a_planted_defect_is_found_by_exactly_the_checks_that_are_about_it() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    ProbeResults facts = new ProbeResults();
                    row.defect().accept(facts);

                    Map<String, Status> found = statuses(facts.snapshot());
                    found.values().removeIf(status -> status == PASS);

                    assertThat(found).isEqualTo(row.found());
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_breach_says_where_and_what_to_do() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    ProbeResults facts = new ProbeResults();
                    row.defect().accept(facts);

                    assertThat(VERIFIER.verify(facts.snapshot()).findings())
                            .filteredOn(f -> f.status() == FAIL || f.status() == WARN)
                            .allSatisfy(f -> assertThat(f.next()).isNotBlank())
                            .filteredOn(f -> !f.check().equals("probe.removed"))
                            .allSatisfy(f -> assertThat(f.resources()).isNotEmpty());
                }));
    }

    @Test
    void every_probe_check_has_a_defect_and_an_unknown() {
        List<String> ids = VERIFIER.checks().stream().map(Check::id).toList();

        assertThat(CASES.stream()
                        .flatMap(row -> row.found().entrySet().stream())
                        .filter(e -> e.getValue() != UNKNOWN)
                        .map(Map.Entry::getKey)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(CASES.stream()
                        .flatMap(row -> row.found().entrySet().stream())
                        .filter(e -> e.getValue() == UNKNOWN)
                        .map(Map.Entry::getKey)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().filter(id -> !id.equals("probe.removed")).toList());
    }

    @Test
    void if_probes_could_not_run_their_checks_are_unknown() {
        ClusterSnapshot snapshot = Clusters.goodEks().snapshot().withProbes(Fact.unknown("403 on create namespaces"));

        assertThat(statuses(snapshot).values()).containsOnly(UNKNOWN);
    }

    @Test
    void if_probes_were_not_requested_their_checks_are_skipped() {
        assertThat(statuses(Clusters.goodEks().snapshot()).values()).containsOnly(SKIPPED);
    }

    @Test
    void probes_that_were_not_requested_are_skipped_with_the_way_to_request_them() {
        Cluster untested = Clusters.goodEks();
        untested.deployments.clear();
        ClusterSnapshot snapshot = untested.snapshot().withProbes(Fact.of(ProbeResults.nothing()));

        assertThat(VERIFIER.only("network.workflow-to-osmo", "network.ws-idle", "registry.test-runner-images")
                        .verify(snapshot)
                        .findings())
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.status()).isEqualTo(SKIPPED))
                .extracting(Finding::observed)
                .anySatisfy(text -> assertThat(text).contains("Probes.Builder.workflowNamespace"))
                .anySatisfy(text -> assertThat(text).contains("global.backendTestNamespace"));
    }

    private static Map<String, Status> statuses(ClusterSnapshot snapshot) {
        return VERIFIER.verify(snapshot).findings().stream()
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }
}
