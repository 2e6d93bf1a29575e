// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.read.Protobuf.Message;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.PodFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a server that fails, dies midway, forgets where the reader was, or answers with something else. */
class ListsTest extends BadServer {
    @Test
    void an_empty_cluster_is_known_to_be_empty() {
        ClusterSnapshot snapshot = read();

        assertThat(snapshot.core().nodes()).isEqualTo(Fact.of(List.of()));
        assertThat(snapshot.stack().crds()).isEqualTo(Fact.of(List.of()));
        assertThat(snapshot.stack().shards()).isEqualTo(Fact.of(List.of()));
        assertThat(snapshot.access().notReady()).isEqualTo(Fact.of(List.of()));
        assertThat(asked).noneMatch(a -> a.contains("schedulingshards") && !a.contains("customresource"));
    }

    @Test
    void one_unknown_taint_effect_hides_nothing_else() {
        bodies.put(
                "/api/v1/nodes",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":{\"taints\":[{\"key\":\"k\",\"value\":"
                        + "\"v\",\"effect\":\"NoScheduleNoAdmit\"}]}},{\"metadata\":{\"name\":\"b\"}}]}");

        ClusterSnapshot snapshot = read();
        Report report = VERIFIER.verify(snapshot);

        assertThat(snapshot.core().nodes().known().orElseThrow()).hasSize(2);
        assertThat(report.findings())
                .filteredOn(f -> f.observed().contains("NoScheduleNoAdmit"))
                .singleElement()
                .satisfies(f -> assertThat(f.check()).isEqualTo("node.taint-effects"))
                .satisfies(f -> assertThat(f.resources()).containsExactly("node/a"));
        assertThat(report.findings(Status.UNKNOWN))
                .extracting(Finding::check)
                .doesNotContain("node.ready", "runtime.arch");
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
    }

    @Test
    void a_common_cause_has_the_same_text_everywhere() {
        for (String path : Set.of("/api/v1/nodes", "/api/v1/pods", "/version")) {
            codes.put(path, 401);
        }
        ClusterSnapshot refused = read();
        Path kubeconfig = kubeconfig();
        server.stop(0);
        ClusterSnapshot silent = VERIFIER.snapshotKubeconfig(kubeconfig, Expectations.ofAnyBackend());

        assertThat(Stream.<Object>of(
                                refused.core().nodes(),
                                refused.core().pods(),
                                refused.server().version())
                        .distinct())
                .containsExactly(Fact.unknown(
                        "401: the API server does not accept the credential, which may have expired",
                        "Log in to the cluster again, or create its kubeconfig again."));
        assertThat(Stream.of(
                                silent.core().nodes(),
                                silent.core().pods(),
                                silent.server().version(),
                                silent.stack().crds(),
                                silent.server().tlsVerified())
                        .map(fact -> ((Fact.Unknown<?>) fact).reason())
                        .distinct())
                .singleElement()
                .asString()
                .matches("no answer from http://127.0.0.1:\\d+/?: the connection is refused");
        assertThat(VERIFIER.verify(silent).findings(Status.UNKNOWN))
                .filteredOn(f -> f.observed().startsWith("no answer"))
                .hasSizeGreaterThan(50)
                .allSatisfy(f -> assertThat(f.next()).contains("VPN"));
    }

    @Test
    void a_huge_list_is_read_completely_even_if_the_continue_token_expires() {
        pages = 40;

        ClusterSnapshot snapshot = read();

        assertThat(forgotten).isTrue();
        assertThat(snapshot.core().pods().known().orElseThrow()).hasSize(20_000).doesNotHaveDuplicates();
    }

    @Test
    void the_next_page_is_requested_while_the_current_one_arrives() {
        pages = 4;
        holdsBack = true;

        assertThat(read().core().pods().known().orElseThrow()).hasSize(2_000);
    }

    @Test
    void pages_with_the_token_at_the_end_are_read() {
        pages = 4;
        tokenLast = true;

        assertThat(read().core().pods().known().orElseThrow()).hasSize(2_000);
    }

    @Test
    void a_list_that_repeats_its_pages_has_an_end() {
        pages = Integer.MAX_VALUE;
        repeats = true;
        forgotten.set(true);

        assertThat(read().core().pods())
                .isEqualTo(Fact.unknown("no end on /api/v1/pods: the API server repeats pages"));
    }

    @Test
    void a_list_without_end_has_an_end() {
        pages = Integer.MAX_VALUE;
        forgotten.set(true);

        assertThat(read().core().pods())
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unknown -> assertThat(unknown.reason()).startsWith("more than 500000 objects"));
    }

    @Test
    void a_snapshot_keeps_no_credential_of_a_url() {
        bodies.put(
                "/api/v1/pods",
                "{\"items\":[{\"metadata\":{\"name\":\"p\",\"namespace\":\"n\"},\"status\":{\"phase\":\"Pending\",\"conditions\":["
                        + "{\"type\":\"PodScheduled\",\"status\":\"False\",\"reason\":\"Unschedulable\",\"message\":"
                        + "\"webhook https://me:hunter2@hook.example.com/x?sig=hunter2&access_token=hunter2\"}]}}]}");
        codes.put("/api/v1/nodes", 403);
        refusal = "{\"message\":\"policy https://me:hunter2@opa.example.com denies\"}";
        ClusterSnapshot snapshot = read();

        assertThat(snapshot.toJson())
                .doesNotContain("hunter2")
                .contains("https://…@hook.example.com/x")
                .contains("https://…@opa.example.com denies");
        assertThat(VERIFIER.verify(snapshot).toJson()).doesNotContain("hunter2");
    }

    @Test
    void a_redirect_is_not_followed() {
        codes.put("/api/v1/nodes", 302);

        assertThat(read().core().nodes())
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("redirect, which is not followed"));
    }

    @Test
    void nodes_and_pods_are_read_as_protobuf_if_the_server_offers_it() {
        protobuf.put(
                "/api/v1/pods",
                Protobuf.list(
                        "",
                        new Message()
                                .message(1, new Message().string(1, "p").string(3, "n"))
                                .message(2, new Message().string(10, "node-1"))));
        List<PodFacts> pods = read().core().pods().known().orElseThrow();

        assertThat(pods).singleElement().satisfies(pod -> {
            assertThat(pod.name()).isEqualTo("p");
            assertThat(pod.node()).isEqualTo("node-1");
        });
    }

    @Test
    void the_reason_for_a_refused_list_is_read_from_protobuf() {
        codes.put("/api/v1/pods", 403);
        protobuf.put("/api/v1/pods", Protobuf.envelope(new Message().string(3, "planted in protobuf")));
        Fact<List<PodFacts>> pods = read().core().pods();

        assertThat(pods)
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo("403 on /api/v1/pods: planted in protobuf"));
    }

    @Test
    void malformed_protobuf_counts_as_nothing() {
        byte[] page = Protobuf.list("", new Message().message(1, new Message().string(1, "p")));
        page[page.length - 8] = 120;
        protobuf.put("/api/v1/pods", page);
        Fact<List<PodFacts>> pods = read().core().pods();

        assertThat(pods.known()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>a login page</html>"})
    void a_malformed_list_is_not_an_empty_one(String body) {
        bodies.put("/api/v1/nodes", body);
        bodies.put("/apis/storage.k8s.io/v1/storageclasses", body);
        ClusterSnapshot snapshot = read();

        assertThat(snapshot.core().nodes().known()).isEmpty();
        assertThat(snapshot.storage().storageClasses().known()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410, 429, 500, -1})
    void a_failed_list_affects_only_what_is_read_from_it(int code) {
        codes.put("/apis/node.k8s.io/v1/runtimeclasses", code);

        ClusterSnapshot snapshot = read();

        assertThat(snapshot.stack().runtimeClasses()).isInstanceOf(Fact.Unknown.class);
        assertThat(snapshot.stack().webhooks()).isInstanceOf(Fact.Known.class);
        assertThat(snapshot.core().nodes()).isInstanceOf(Fact.Known.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410, 429, 500, -1})
    void no_failed_request_makes_a_check_pass_or_throw(int code) {
        read();
        asked.forEach(a -> codes.put(a.substring(a.indexOf(' ') + 1), code));

        Report report = VERIFIER.verify(read());

        assertThat(report.findings(Status.PASS)).extracting(Finding::check).isSubsetOf("kai.queue-name-length");
        assertThat(report.findings()).noneMatch(f -> f.observed().contains("defective"));
    }

    @Test
    void nothing_of_a_server_that_dies_midway_counts_as_complete() {
        pages = 40;
        deathAt = 7;

        ClusterSnapshot snapshot = read();
        Report report = VERIFIER.verify(snapshot);

        assertThat(snapshot.core().pods()).isInstanceOf(Fact.Unknown.class);
        assertThat(report.findings())
                .filteredOn(f -> f.check().equals("pool.isolation-from-operator"))
                .extracting(Finding::status)
                .containsExactly(Status.UNKNOWN);
        assertThat(report.findings()).noneMatch(f -> f.observed().contains("defective"));
    }
}
