// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Forecast;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.IdleFacts;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import io.osmo.backend.verify.snapshot.ScaleUpFacts;
import io.osmo.backend.verify.snapshot.SnapshotChange;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.VolumeProbeFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each check of probes: what makes it fail, and nothing else; what it cannot know; and that it passes otherwise. */
class ProbeChecksTest {
    private static final BackendVerifier VERIFIER =
            BackendVerifier.standard().select(c -> c.vantages().contains(Vantage.PROBE));
    private static final Instant UNTIL = Instant.parse("2027-06-01T00:00:00Z");
    private static final List<Case> CASES = new ArrayList<>();

    /** Facts to plant defects in. */
    private static final class Facts {
        final List<ReachFacts> reaches = new ArrayList<>();
        final List<ReachFacts> workflowReaches = new ArrayList<>();
        final List<IdleFacts> idle = new ArrayList<>();
        final List<PullFacts> pulls = new ArrayList<>();
        final List<PullFacts> testPulls = new ArrayList<>();
        final List<VolumeProbeFacts> volumes = new ArrayList<>();
        final List<GpuProbeFacts> gpus = new ArrayList<>();
        final List<KaiProbeFacts> kai = new ArrayList<>();
        final List<ScaleUpFacts> scaleUps = new ArrayList<>();
        Optional<String> left = Optional.empty();

        Facts() {
            for (String pool : List.of("operator", "cpu", "gpu")) {
                reach(
                        pool,
                        Target.CLUSTER_DNS,
                        "https://kubernetes.default.svc/version",
                        answer(60, 0, "", "self-signed"));
                reach(pool, Target.SERVICE, "https://osmo.example.com/api/version", version());
                reach(pool, Target.WEBSOCKET, "https://osmo.example.com/socket", answer(0, 401, "TLSv1.3", ""));
                for (String host : List.of("nvcr.io", "ghcr.io", "registry-1.docker.io", "registry.example.com")) {
                    reach(pool, Target.REGISTRY, "https://" + host + "/v2/", answer(0, 401, "TLSv1.2", ""));
                }
                pull(pool, "docker.io/curlimages/curl:8.11.1", false, "");
                pull(pool, "registry.example.com/team/image:1", true, "");
            }
            workflow(Target.SERVICE, "https://osmo.example.com/api/version", version());
            workflow(Target.WEBSOCKET, "https://osmo.example.com/logger", answer(0, 403, "TLSv1.3", ""));
            idle.add(new IdleFacts("operator", "https://osmo.example.com/api/version", Fact.of(true)));
            testPulls.add(new PullFacts(
                    "cpu ubuntu", "cpu", "docker.io/library/ubuntu:22.04", "docker.io", false, Fact.of("")));
            volumes.add(new VolumeProbeFacts("us-west-2a", Fact.of("")));
            volumes.add(new VolumeProbeFacts("us-west-2b", Fact.of("")));
            gpus.add(
                    new GpuProbeFacts("gpu", Fact.of(new GpuProbeFacts.Sight(0, List.of("NVIDIA L4, 580.82.07"), ""))));
            kai.add(new KaiProbeFacts("cpu", Fact.of("")));
            kai.add(new KaiProbeFacts("gpu", Fact.of("")));
            scaleUps.add(new ScaleUpFacts("burst", Fact.of(new ScaleUpFacts.Outcome(true, 92, ""))));
        }

        private static Answer version() {
            return new Answer(
                    0, 200, "TLSv1.3", Optional.of(UNTIL), Optional.of(1L), "{\"major\": \"6\", \"minor\": \"3\"}", "");
        }

        private void workflow(Target target, String url, Answer answer) {
            workflowReaches.add(new ReachFacts("cpu " + url, "cpu", target, url, Fact.of(answer)));
        }

        private static Answer answer(int exit, int status, String tls, String error) {
            return new Answer(
                    exit, status, tls, status == 0 ? Optional.empty() : Optional.of(UNTIL), Optional.of(0L), "", error);
        }

        private void reach(String pool, Target target, String url, Answer answer) {
            reaches.add(new ReachFacts(pool + " " + url, pool, target, url, Fact.of(answer)));
        }

        private void pull(String pool, String image, boolean credential, String refusal) {
            pulls.add(new PullFacts(
                    pool + " " + image, pool, image, PullFacts.hostOf(image), credential, Fact.of(refusal)));
        }

        /** Changes the answer that pool cpu got from an address. */
        void change(String part, UnaryOperator<Answer> change) {
            reaches.replaceAll(r -> r.pool().equals("cpu") && r.url().contains(part)
                    ? new ReachFacts(
                            r.name(), r.pool(), r.target(), r.url(), r.answer().map(change))
                    : r);
        }

        void blindReach(String part) {
            reaches.replaceAll(r -> r.pool().equals("cpu") && r.url().contains(part)
                    ? new ReachFacts(r.name(), r.pool(), r.target(), r.url(), Fact.unknown("no pod"))
                    : r);
        }

        void refuse(String part, Fact<String> refusal) {
            pulls.replaceAll(p -> p.pool().equals("cpu") && p.image().contains(part)
                    ? new PullFacts(p.name(), p.pool(), p.image(), p.host(), p.withCredential(), refusal)
                    : p);
        }

        ClusterSnapshot snapshot() {
            return Clusters.goodEks()
                    .snapshot()
                    .withProbes(Fact.of(new ProbeFacts(
                            reaches, workflowReaches, idle, pulls, testPulls, volumes, gpus, kai, scaleUps, left)));
        }
    }

    private record Case(String name, Consumer<Facts> defect, Map<String, Status> found) {}

    private static void plant(String name, Consumer<Facts> defect, Object... found) {
        Map<String, Status> map = new TreeMap<>();
        for (int i = 0; i < found.length; i += 2) {
            map.put((String) found[i], (Status) found[i + 1]);
        }
        CASES.add(new Case(name, defect, map));
    }

    private static UnaryOperator<Answer> to(int exit, int status, String tls, String error) {
        return a -> new Answer(exit, status, tls, Optional.empty(), Optional.empty(), "", error);
    }

    private static UnaryOperator<Answer> expiring(String instant) {
        return a -> new Answer(
                a.exit(), a.status(), a.tls(), Optional.of(Instant.parse(instant)), a.clockOffset(), a.body(), "");
    }

    private static UnaryOperator<Answer> ahead(long seconds) {
        return a -> new Answer(a.exit(), a.status(), a.tls(), a.certificateUntil(), Optional.of(seconds), a.body(), "");
    }

    static {
        plant(
                "one registry blocked in one pool",
                f -> f.change("nvcr.io", to(28, 0, "", "Connection timed out")),
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
                f -> f.change("kubernetes.default", to(6, 0, "", "Could not resolve host: kubernetes.default.svc")),
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
                f -> f.change("ghcr.io", to(35, 0, "", "unsupported protocol")),
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
                f -> f.change("nvcr.io", to(60, 0, "", "unable to get local issuer certificate")),
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
                f -> f.change("/socket", expiring("2026-12-15T00:00:00Z")),
                "security.tls-certificates",
                WARN);
        plant("clock a minute ahead", f -> f.change("/api/version", ahead(60)), "node.clock-skew", WARN);
        plant("clock two minutes behind", f -> f.change("/api/version", ahead(-120)), "node.clock-skew", FAIL);
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
                        r.answer().map(to(6, 0, "", "Could not resolve host: osmo.example.com")))),
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
                                r.answer().map(to(0, 404, "", "")))),
                "network.workflow-to-osmo",
                FAIL);
        plant(
                "service asks workflows to log in",
                f -> f.workflowReaches.replaceAll(r -> new ReachFacts(
                        r.name(), r.pool(), r.target(), r.url(), r.answer().map(to(0, 401, "", "")))),
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
                "pool brings no node",
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
        assertThat(statuses(new Facts().snapshot()).values()).containsOnly(PASS);
    }

    @TestFactory
    Stream<DynamicTest> a_planted_defect_is_found_by_exactly_the_checks_that_are_about_it() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    Facts facts = new Facts();
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
                    Facts facts = new Facts();
                    row.defect().accept(facts);

                    assertThat(VERIFIER.verify(facts.snapshot()).findings())
                            .filteredOn(f -> f.status() == FAIL || f.status() == WARN)
                            .allSatisfy(f -> assertThat(f.next()).isNotBlank())
                            .filteredOn(f -> !f.check().equals("probe.removed"))
                            .allSatisfy(f -> assertThat(f.resources()).isNotEmpty());
                }));
    }

    @Test
    void every_check_of_probes_has_a_defect_and_something_that_it_cannot_know() {
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
    void where_probes_could_not_run_every_check_of_them_is_unknown() {
        ClusterSnapshot snapshot = Clusters.goodEks().snapshot().withProbes(Fact.unknown("403 on create namespaces"));

        assertThat(statuses(snapshot).values()).containsOnly(UNKNOWN);
    }

    @Test
    void where_probes_were_not_asked_for_every_check_of_them_is_skipped() {
        assertThat(statuses(Clusters.goodEks().snapshot()).values()).containsOnly(SKIPPED);
    }

    @Test
    void kai_is_not_judged_before_it_is_installed_nor_where_nobody_knows_whether_it_is() {
        ProbeFacts none = none();
        BackendVerifier kai = VERIFIER.only("kai.schedule-probe");

        Clusters.Cluster bare = Clusters.goodEks();
        bare.deployments.clear();
        Clusters.Cluster unread = Clusters.goodEks();
        unread.blind.add("crds");

        assertThat(kai.verify(bare.snapshot().withProbes(Fact.of(none))).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.status()).isEqualTo(SKIPPED))
                .satisfies(f -> assertThat(f.observed()).contains("not installed yet"));
        assertThat(kai.verify(unread.snapshot().withProbes(Fact.of(none))).findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(UNKNOWN);
    }

    private static ProbeFacts none() {
        return new ProbeFacts(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    @Test
    void a_pod_that_kais_webhook_let_not_in_is_a_webhook_that_is_not_well() {
        Facts facts = new Facts();
        facts.kai.set(
                0,
                new KaiProbeFacts(
                        "cpu",
                        Fact.of(
                                "could not create pods: Internal error occurred: failed calling webhook"
                                        + " \"admission.kai-scheduler.svc\": no endpoints available for service \"admission\"")));
        BackendVerifier webhooks = BackendVerifier.standard().only("kai.webhook-health");

        assertThat(webhooks.verify(facts.snapshot()).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.status()).isEqualTo(FAIL))
                .satisfies(f -> assertThat(f.observed()).contains("no endpoints available"))
                .satisfies(f -> assertThat(f.resources()).containsExactly("pool/cpu"));
        assertThat(webhooks.verify(new Facts().snapshot()).findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(PASS);
    }

    @Test
    void a_registry_that_limits_how_often_it_is_asked_calls_for_a_mirror_or_a_credential() {
        Facts facts = new Facts();
        facts.change("docker.io", to(0, 429, "TLSv1.3", ""));

        assertThat(VERIFIER.only("registry.docker-reachable")
                        .verify(facts.snapshot())
                        .findings())
                .singleElement()
                .satisfies(f -> assertThat(f.next()).contains("mirror").contains("credential"));
    }

    @Test
    void a_certificate_of_an_authority_of_ones_own_is_told_how_to_be_trusted() {
        Facts facts = new Facts();
        UnaryOperator<Answer> distrusted = to(60, 0, "", "unable to get local issuer certificate");
        facts.change("/api/version", distrusted);
        facts.workflowReaches.replaceAll(r -> new ReachFacts(
                r.name(), r.pool(), r.target(), r.url(), r.answer().map(distrusted)));

        assertThat(VERIFIER.only("security.tls-certificates", "network.osmo-http", "network.workflow-to-osmo")
                        .verify(facts.snapshot())
                        .findings())
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.next()).contains("Probes.Builder.trust"));
    }

    @Test
    void what_was_not_asked_for_is_skipped_with_the_way_to_ask() {
        Clusters.Cluster untested = Clusters.goodEks();
        untested.deployments.clear();
        ClusterSnapshot snapshot = untested.snapshot().withProbes(Fact.of(none()));

        assertThat(VERIFIER.only("network.workflow-to-osmo", "network.ws-idle", "registry.test-runner-images")
                        .verify(snapshot)
                        .findings())
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.status()).isEqualTo(SKIPPED))
                .extracting(Finding::observed)
                .anySatisfy(text -> assertThat(text).contains("Probes.Builder.workflowNamespace"))
                .anySatisfy(text -> assertThat(text).contains("global.backendTestNamespace"));
    }

    @Test
    void a_certificate_that_is_good_today_fails_on_the_day_after_its_end() {
        ClusterSnapshot snapshot = new Facts().snapshot();
        BackendVerifier certificates = VERIFIER.only("security.tls-certificates");

        assertThat(certificates
                        .asOf(LocalDate.parse("2027-05-20"))
                        .verify(snapshot)
                        .findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(WARN);
        assertThat(certificates
                        .asOf(LocalDate.parse("2027-06-02"))
                        .verify(snapshot)
                        .findings())
                .singleElement()
                .extracting(Finding::status)
                .isEqualTo(FAIL);
    }

    @Test
    void the_outlook_names_the_days_on_which_a_certificate_comes_to_its_end() {
        assertThat(VERIFIER.outlook(new Facts().snapshot(), LocalDate.parse("2027-12-31")))
                .extracting(Forecast::day)
                .containsExactly(LocalDate.parse("2027-05-03"), LocalDate.parse("2027-06-02"));
    }

    @Test
    void without_a_service_the_clocks_of_registries_count() {
        Facts facts = new Facts();
        facts.reaches.removeIf(r -> r.target() == Target.SERVICE || r.target() == Target.WEBSOCKET);
        facts.change("ghcr.io", ahead(40));

        assertThat(statuses(facts.snapshot()))
                .containsEntry("node.clock-skew", WARN)
                .containsEntry("network.osmo-http", SKIPPED)
                .containsEntry("network.osmo-websocket", SKIPPED);
    }

    @Test
    void results_are_saved_and_compared_but_measurements_are_no_change() {
        ClusterSnapshot before = new Facts().snapshot();
        Facts later = new Facts();
        later.change("/api/version", ahead(3));
        later.scaleUps.set(0, new ScaleUpFacts("burst", Fact.of(new ScaleUpFacts.Outcome(true, 120, ""))));
        later.volumes.set(1, new VolumeProbeFacts("us-west-2b", Fact.of("quota exceeded")));

        assertThat(ClusterSnapshot.fromJson(before.toJson())).isEqualTo(before);
        assertThat(later.snapshot().changesSince(before))
                .extracting(SnapshotChange::path)
                .containsExactly("probes/volumes/us-west-2b/refusal");
    }

    private static Map<String, Status> statuses(ClusterSnapshot snapshot) {
        return VERIFIER.verify(snapshot).findings().stream()
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }
}
