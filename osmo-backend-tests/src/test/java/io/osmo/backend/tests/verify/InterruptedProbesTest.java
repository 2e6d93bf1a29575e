// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.cluster.PodEnd;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What probes leave behind, and say, where they cannot run to their end, on an emulated cluster. */
class InterruptedProbesTest extends EmulatedProbes {
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
    void without_the_vantage_or_without_asking_nothing_is_made() {
        List<String> before = namespaces();
        cluster.deny("create", "namespaces");

        Report kubernetes = VERIFIER.from(Vantage.KUBERNETES).probes(probes()).verify(cluster.access(), EXPECTATIONS);
        Report unasked = VERIFIER.verify(cluster.access(), EXPECTATIONS);

        assertThat(statuses(kubernetes).values()).containsOnly(Status.SKIPPED);
        assertThat(statuses(unasked).values()).containsOnly(Status.SKIPPED);
        assertThat(namespaces()).isEqualTo(before);
    }
}
