// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.probe.CallResult.Cause;
import io.osmo.backend.verify.internal.probe.CallResult.Done;
import io.osmo.backend.verify.internal.probe.CallResult.Failed;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobStateTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withName("pull-0-0")
            .endMetadata()
            .withNewSpec()
            .withNodeName("ip-10-0-0-4")
            .endSpec()
            .build();
    private static final Job JOB = new Job(
            POD, List.of(), Duration.ofMinutes(3), PodOutcome::ended, (result, waited, warning, findings) -> {});
    private static final CallResult<Map<String, Pod>> NO_PODS = new Done<>(Map.of());

    private final JobState waiting = new JobState.Waiting(START);
    private final JobState created = waiting.created(new Done<>(POD));

    @Test
    void a_pod_created_before_its_service_account_is_retried() {
        JobState again = waiting.created(refused(403, "error looking up: serviceaccount \"default\" not found"));

        assertThat(again).isEqualTo(waiting);
        assertThat(again.seen(JOB, NO_PODS, START.plusSeconds(179))).isEqualTo(waiting);
        assertThat(again.seen(JOB, NO_PODS, START.plusSeconds(180)).result().outcome())
                .isEqualTo(Fact.unknown("the cluster gave the new namespace no service account in time"));
    }

    @Test
    void a_rejected_pod_ends_at_once() {
        JobState over = waiting.created(refused(500, "no space left"));

        assertThat(over).isInstanceOf(JobState.Over.class);
        assertThat(over.result().outcome()).isEqualTo(Fact.unknown("could not create pods: no space left"));
    }

    @Test
    void a_failed_check_is_repeated_until_the_deadline() {
        CallResult<Map<String, Pod>> failed = Failed.of(Right.LIST_PODS, new IOException("connection reset"));

        assertThat(created.seen(JOB, failed, START.plusSeconds(10))).isEqualTo(created);
        assertThat(created.seen(JOB, failed, START.plusSeconds(180)).result().outcome())
                .isEqualTo(Fact.unknown("could not list pods: connection reset"));
    }

    @Test
    void the_last_result_counts_at_the_deadline() {
        JobState placed = created.seen(JOB, new Done<>(Map.of("pull-0-0", POD)), START.plusSeconds(2));
        JobState over = placed.seen(JOB, NO_PODS, START.plusSeconds(200));

        assertThat(placed).isInstanceOf(JobState.Created.class);
        assertThat(over.waited()).isEqualTo(Duration.ofSeconds(200));
        assertThat(over.result().outcome().map(PodOutcome::placed)).isEqualTo(Fact.of(true));
        assertThat(over.seen(JOB, NO_PODS, START.plusSeconds(400))).isEqualTo(over);
    }

    @Test
    void an_error_names_the_permission_only_if_it_is_missing() {
        Failed<HasMetadata> noRight = refused(403, "User \"system:serviceaccount:ci:verifier\" cannot create pods");

        assertThat(noRight.cause()).isEqualTo(Cause.NO_RIGHT);
        assertThat(noRight.reason()).startsWith("403 on create pods: ").contains("resources: [\"pods\"]");
        assertThat(refused(403, "violates PodSecurity \"restricted\"").cause()).isEqualTo(Cause.REJECTED);
        assertThat(refused(500, "failed calling webhook \"validate.kai.scheduler\"")
                        .cause())
                .isEqualTo(Cause.KAI_WEBHOOK);
    }

    @Test
    void an_api_outage_is_told_as_what_it_is() {
        Failed<Map<String, Pod>> outage = Failed.of(
                Right.LIST_PODS,
                new KubernetesClientException(
                        "Operation: [list]  for kind: [Pod]  failed.",
                        new IOException("connect", new ConnectException("Connection refused: /10.0.0.1:443"))));
        JobState over = created.seen(JOB, outage, START.plusSeconds(180));

        assertThat(outage.cause()).isEqualTo(Cause.NO_ANSWER);
        assertThat(over.result().outcome()).isInstanceOfSatisfying(Fact.Unknown.class, unknown -> {
            assertThat(unknown.reason())
                    .isEqualTo("the API server did not answer (list pods): Connection refused: the API server");
            assertThat(unknown.remedy()).contains("once the API server answers");
        });
    }

    /** Pods of a probe that cannot be pulled, by containerd's messages. */
    private static Pod refusedPod(String message) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pull-0-0")
                .endMetadata()
                .withNewSpec()
                .withNodeName("n")
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("probe")
                .withNewState()
                .withNewWaiting()
                .withReason("ErrImagePull")
                .withMessage(message)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dial tcp: lookup registry.example.com on 10.96.0.10:53: no such host | 20",
                "dial tcp 10.1.2.3:443: connect: connection refused | 20",
                "dial tcp 10.1.2.3:443: i/o timeout | 10",
                "unexpected status from HEAD request to https://x/v2/a/manifests/1: 503 Service Unavailable | 60",
                "remote error: tls: protocol version not supported | 0",
                "failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized | 0",
                "something new | 180"
            })
    void a_refusal_is_waited_for_as_long_as_it_may_pass(String message, int seconds) {
        CallResult<Map<String, Pod>> refused = new Done<>(Map.of("pull-0-0", refusedPod(message)));
        JobState state = created;
        int second = 0;
        while (!(state instanceof JobState.Over)) {
            second += 2;
            state = state.seen(JOB, refused, START.plusSeconds(second));
        }

        assertThat(state.waited()).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 2L));
    }

    private static Failed<HasMetadata> refused(int code, String message) {
        return Failed.of(
                Right.CREATE_PODS,
                new KubernetesClientException(
                        new StatusBuilder().withCode(code).withMessage(message).build()));
    }
}
