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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        assertThat(refused(403, "violates PodSecurity \"restricted\"").cause()).isEqualTo(Cause.OTHER);
        assertThat(refused(500, "failed calling webhook \"validate.kai.scheduler\"")
                        .cause())
                .isEqualTo(Cause.KAI_WEBHOOK);
    }

    private static Failed<HasMetadata> refused(int code, String message) {
        return Failed.of(
                Right.CREATE_PODS,
                new KubernetesClientException(
                        new StatusBuilder().withCode(code).withMessage(message).build()));
    }
}
