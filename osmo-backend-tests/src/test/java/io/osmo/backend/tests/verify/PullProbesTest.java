// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Secret;
import io.osmo.backend.testkit.cluster.PodEnd;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What probes say of images, registries and their credentials, on an emulated cluster. */
class PullProbesTest extends EmulatedProbes {
    private static final String PASSWORD = "a-password-that-must-not-leak";
    private static final Secret SECRET = Secret.of("registry password", () -> PASSWORD);

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
    void where_the_probes_own_image_cannot_be_pulled_nothing_is_claimed_about_the_network() {
        cluster.runPods(pod -> pod.image().equals(Probes.IMAGE)
                ? new PodEnd.NotPulled("429 Too Many Requests: toomanyrequests")
                : PlannedPods.good(pod));

        Report report = verify(probes());

        assertThat(finding(report, "network.egress-probe").status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding(report, "registry.pull-each-pool").status()).isEqualTo(Status.FAIL);
        assertThat(finding(report, "registry.pull-each-pool").observed()).contains("limits the rate");
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
}
