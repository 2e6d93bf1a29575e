// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.LogFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of OSMO's operator, of which only known phrases are kept. */
class LogReaderTest extends BadServer {

    private static Finding logScan(ClusterSnapshot snapshot) {
        return VERIFIER.verify(snapshot).findings().stream()
                .filter(f -> f.check().equals("operator.log-scan"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void only_known_phrases_of_logs_are_kept() {
        operator();
        bodies.put(
                WORKER_LOG,
                "token=s3cret\nERROR Backend x is already being used by a different cluster, pa55\n"
                        + "CRD not found on backend, skipping sync\n");

        ClusterSnapshot snapshot = read();

        assertThat(asked.stream().filter(a -> a.endsWith("/log")))
                .containsExactlyInAnyOrder("GET " + LISTENER_LOG, "GET " + WORKER_LOG);
        assertThat(logQueries).containsExactly("container=main&tailLines=200&limitBytes=1048576");
        assertThat(snapshot.stack().operatorLogs())
                .isEqualTo(Fact.of(java.util.List.of(
                        new LogFacts("osmo-operator", "osmo-listener-5d-a", "main", Fact.of(List.of())),
                        new LogFacts(
                                "osmo-operator",
                                "osmo-worker-7f-b",
                                "main",
                                Fact.of(java.util.List.of(LogPhrase.NAME_TAKEN, LogPhrase.KAI_MISSING))))));
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        assertThat(snapshot.toJson() + VERIFIER.verify(snapshot).toJson()).doesNotContain("s3cret", "pa55", "skipping");
        assertThat(logScan(snapshot).status()).isEqualTo(Status.WARN);
        assertThat(logScan(snapshot).observed())
                .contains("'already being used by a different cluster' and 'CRD not found on backend'");
        assertThat(logScan(snapshot).next()).contains("global.backendName").contains("Install KAI");
        assertThat(logScan(snapshot).resources()).containsExactly("pod/osmo-operator/osmo-worker-7f-b");
    }

    @Test
    void logs_without_a_known_phrase_pass() {
        operator();

        assertThat(logScan(read()).status()).isEqualTo(Status.PASS);
    }

    @Test
    void no_log_is_requested_without_an_operator() {
        operator();
        bodies.remove("/apis/apps/v1/deployments");

        ClusterSnapshot snapshot = read();

        assertThat(asked).noneMatch(a -> a.endsWith("/log"));
        assertThat(snapshot.stack().operatorLogs()).isEqualTo(Fact.of(List.of()));
        assertThat(logScan(snapshot).status()).isEqualTo(Status.SKIPPED);
        assertThat(logScan(snapshot).observed()).isEqualTo("OSMO's operator is not installed yet");
    }

    @Test
    void a_forbidden_log_is_unknown_with_the_missing_rule() {
        operator();
        codes.put(WORKER_LOG, 403);

        ClusterSnapshot snapshot = read();

        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        assertThat(logScan(snapshot).status()).isEqualTo(Status.UNKNOWN);
        assertThat(logScan(snapshot).observed()).contains("403");
        assertThat(logScan(snapshot).next())
                .contains("Role in namespace osmo-operator")
                .contains("{apiGroups: [\"\"], resources: [\"pods/log\"], verbs: [\"get\"]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, -1})
    void an_unreadable_log_never_passes(int code) {
        operator();
        codes.put(WORKER_LOG, code);

        assertThat(logScan(read()).status()).isEqualTo(Status.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unable to retrieve container logs for containerd://b91ca08d",
                "failed to try resolving symlinks in path \"/var/log/pods/0.log\": no such file or directory"
            })
    void an_error_message_of_the_kubelet_is_not_a_log(String text) {
        operator();
        bodies.put(WORKER_LOG, text);

        assertThat(logScan(read()).status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void a_readable_log_counts_although_another_is_unreadable() {
        operator();
        codes.put(LISTENER_LOG, 403);
        bodies.put(WORKER_LOG, "Unable to refresh login token (status code 401)\n");

        assertThat(logScan(read()).status()).isEqualTo(Status.WARN);
    }

    @Test
    void a_truncated_log_counts_only_for_what_was_found() {
        operator();
        String line = "x".repeat(64 << 10) + "\n";
        bodies.put(WORKER_LOG, line.repeat(200) + "does not exist!\n");

        Finding unseen = logScan(read());
        bodies.put(WORKER_LOG, "does not exist!\n" + line.repeat(200));
        Finding seen = logScan(read());

        assertThat(unseen.status()).isEqualTo(Status.UNKNOWN);
        assertThat(unseen.observed()).contains("longer than 1 MiB");
        assertThat(seen.status()).isEqualTo(Status.WARN);
    }

    @Test
    void each_log_is_read_once() {
        operator();
        StringBuilder statuses = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            statuses.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"c-")
                    .append(i)
                    .append("\"}");
        }
        bodies.put(
                "/api/v1/pods",
                "{\"metadata\":{},\"items\":["
                        + pod("osmo-operator", "osmo-worker-7f-b", "Running", "[" + statuses + "]") + "]}");

        assertThat(read().stack().operatorLogs().known().orElseThrow())
                .hasSize(30)
                .extracting(LogFacts::container)
                .doesNotHaveDuplicates();
        assertThat(logQueries).hasSize(30);
    }
}
