// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of section 8.12 of OSMO's contract, row by row: what the worker's pod shows, its cause, the next step. */
class DeploymentsAvailableTest {
    private static final String WORKER = "osmo-osmo-backend-worker";

    private record Row(String shows, Consumer<Cluster> change, String cause, String next) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    "taint of the operator pool not tolerated",
                    pending(
                            "0/6 nodes are available: 1 node(s) had untolerated taint {nvidia.com/gpu: present}, 2 node(s) had"
                                    + " untolerated taint {ops: true}, 3 node(s) didn't match Pod's node affinity/selector."),
                    "does not tolerate these taints of nodes: nvidia.com/gpu, ops",
                    "global.tolerations"),
            new Row(
                    "taints of all nodes not tolerated",
                    pending("0/2 nodes are available: 2 node(s) had untolerated taint(s)."),
                    "the scheduler found no node",
                    "describe pod"),
            new Row(
                    "label of the pool absent, another pool is tainted",
                    pending(
                            "0/6 nodes are available: 1 node(s) had untolerated taint {nvidia.com/gpu: present}, 5 node(s)"
                                    + " didn't match Pod's node affinity/selector. preemption: 0/6 nodes are available: 6"
                                    + " Preemption is not helpful for scheduling."),
                    "no node has the labels",
                    "Label the operator pool"),
            new Row(
                    "operator nodes of two CPUs",
                    pending("0/6 nodes are available: 1 node(s) had untolerated taint {nvidia.com/gpu: present}, 2"
                            + " Insufficient cpu, 3 node(s) didn't match Pod's node affinity/selector."),
                    "no node has enough resources: Insufficient cpu",
                    "Use larger machines"),
            new Row(
                    "volume in another zone",
                    pending("0/6 nodes are available: 6 node(s) had volume node affinity conflict."),
                    "volume node affinity conflict",
                    "describe pod " + WORKER + "-1"),
            new Row(
                    "Secret missing",
                    c -> {
                        creating().accept(c);
                        c.secrets.remove(2);
                    },
                    "the Secret osmo-backend-token-default that it mounts is missing",
                    "create secret generic osmo-backend-token-default --from-file=token=FILE"),
            new Row(
                    "key of the Secret missing",
                    c -> {
                        creating().accept(c);
                        c.secrets.set(
                                2,
                                new SecretFacts(
                                        "osmo-operator",
                                        "osmo-backend-token-default",
                                        "Opaque",
                                        Set.of("jwt"),
                                        Optional.empty(),
                                        Optional.empty()));
                    },
                    "that it mounts has no entry token",
                    "--from-file=token=FILE"),
            new Row("starting", creating(), "backend-worker is not ready", "describe pods"),
            new Row(
                    "credential refused",
                    pulling(
                            "failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized"),
                    "rejects these credentials",
                    "global.imagePullSecret"),
            new Row(
                    "access denied",
                    pulling("unexpected status from HEAD request: 403 Forbidden"),
                    "rejects these credentials",
                    "global.imagePullSecret"),
            new Row(
                    "tag that does not exist",
                    pulling("registry.example.com/osmo/backend-worker:6.4.9: not found (404)"),
                    "the registry has no such image",
                    "global.osmoImageTag"),
            new Row(
                    "limit of the registry",
                    pulling("unexpected status code: 429 Too Many Requests - toomanyrequests: rate limit"),
                    "limits the rate of requests",
                    "from a mirror"),
            new Row(
                    "image that is not pulled for an unknown reason",
                    pulling("Back-off pulling image"),
                    "the image could not be pulled (ImagePullBackOff)",
                    "describe pod " + WORKER + "-1"),
            new Row(
                    "token refused",
                    logged(LogPhrase.TOKEN_NOT_ACCEPTED),
                    "Unable to refresh login token",
                    "Secret osmo-backend-token-default"),
            new Row("name not resolved", logged(LogPhrase.NAME_NOT_RESOLVED), "gaierror", "kube-dns"),
            new Row("name not known", logged(LogPhrase.NAME_NOT_KNOWN), "Name or service not known", "kube-dns"),
            new Row(
                    "no way to the service",
                    ended(137, "Error", "Progress file /var/run/osmo/last_progress_websocket does not exist"),
                    "did not reach the OSMO service",
                    "network.osmo-http"),
            new Row(
                    "no token file",
                    c -> {
                        ended(137, "Error", "Progress file /var/run/osmo/last_progress_websocket does not exist")
                                .accept(c);
                        c.operatorLogs.set(1, KubeObjects.operatorLog("worker", LogPhrase.NOT_THERE));
                    },
                    "has no token file",
                    "network.osmo-http"),
            new Row(
                    "WebSockets kept out",
                    ended(137, "Error", "Progress file /var/run/osmo/last_progress_worker_heartbeat does not exist"),
                    "could not open a WebSocket",
                    "network.osmo-websocket"),
            new Row("memory limit", ended(137, "OOMKilled", ""), "ran out of memory", "limits.memory"),
            new Row(
                    "another exit",
                    ended(2, "Error", ""),
                    "exited with code 2",
                    "logs -p " + WORKER + "-1 -c backend-worker"),
            new Row(
                    "container that cannot be made",
                    container("CreateContainerConfigError", "", "", 0, ""),
                    "it is waiting (CreateContainerConfigError)",
                    "describe pod " + WORKER + "-1"));

    @TestFactory
    Stream<DynamicTest> the_pod_of_a_part_that_is_down_tells_the_cause() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(row.shows(), () -> {
                    Cluster cluster = Clusters.goodEks();
                    cluster.change(WORKER, d -> KubeObjects.ready(d, 0));
                    row.change().accept(cluster);

                    Finding finding = finding(cluster, "operator.deployments-available");

                    assertThat(finding.status()).isEqualTo(Status.FAIL);
                    assertThat(finding.observed()).contains(row.cause());
                    assertThat(finding.next()).contains(row.next());
                }));
    }

    /** The last rows: it runs and is ready, and only its log tells that the backend is of no use. */
    @Test
    void the_log_of_a_ready_part_tells_that_it_is_rejected() {
        Cluster taken = Clusters.goodEks();
        taken.operatorLogs.set(1, KubeObjects.operatorLog("worker", LogPhrase.NAME_TAKEN));
        Cluster early = Clusters.goodEks();
        early.operatorLogs.set(1, KubeObjects.operatorLog("worker", LogPhrase.KAI_MISSING));

        assertThat(finding(taken, "operator.deployments-available").status()).isEqualTo(Status.PASS);
        assertThat(finding(taken, "operator.log-scan").next()).contains("global.backendName");
        assertThat(finding(early, "operator.log-scan").next()).contains("rollout restart");
    }

    @Test
    void a_part_that_is_down_is_reported_without_pods() {
        Cluster cluster =
                Clusters.goodEks().change(WORKER, d -> KubeObjects.ready(d, 0)).blind("pods");

        assertThat(finding(cluster, "operator.deployments-available").status()).isEqualTo(Status.FAIL);
    }

    private static Consumer<Cluster> pending(String message) {
        return c -> {
            c.pods.removeIf(p -> p.name().startsWith(WORKER));
            c.pods.add(KubeObjects.pod("osmo-operator", WORKER + "-1", "", "Pending", "ReplicaSet", 1000, message));
        };
    }

    private static Consumer<Cluster> creating() {
        return container("ContainerCreating", "", "", 0, "");
    }

    private static Consumer<Cluster> pulling(String message) {
        return container("ImagePullBackOff", message, "", 0, "");
    }

    private static Consumer<Cluster> ended(int exit, String reason, String message) {
        return container("CrashLoopBackOff", "", reason, exit, message);
    }

    private static Consumer<Cluster> logged(LogPhrase phrase) {
        return c -> {
            ended(1, "Error", "Progress file /var/run/osmo/last_progress_worker_heartbeat does not exist")
                    .accept(c);
            c.operatorLogs.set(1, KubeObjects.operatorLog("worker", phrase));
        };
    }

    private static Consumer<Cluster> container(String waiting, String pull, String reason, int exit, String message) {
        return c -> {
            c.pods.removeIf(p -> p.name().startsWith(WORKER));
            c.pods.add(new PodFacts(
                    "osmo-operator",
                    WORKER + "-1",
                    "operator-0",
                    "Pending",
                    "ReplicaSet",
                    1000,
                    1L << 30,
                    0,
                    "",
                    List.of(new ContainerFacts(
                            "backend-worker",
                            exit == 0 ? 0 : 3,
                            waiting,
                            Fact.of(pull),
                            reason,
                            exit,
                            message,
                            exit == 0 ? Optional.empty() : Optional.of(Instant.parse("2026-11-23T23:59:00Z")),
                            Optional.empty()))));
        };
    }
}
