// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.micrometer.MicrometerProgress;
import io.osmo.backend.opentelemetry.OpenTelemetryProgress;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners of modules of their own, on applies of an emulated EKS backend. */
class ProgressModulesTest {
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("aws", "us-west-2")
            .computePool("cpu", p -> p.instanceType("m7i.2xlarge"))
            .build();

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final Observed observed = new Observed();
    private final ObservationRegistry registry = observed.registry();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();

    @AfterEach
    void close() {
        telemetry.close();
        clouds.close();
    }

    @Test
    void each_apply_and_each_resource_is_an_observation() {
        clouds.aws().faults().onCall("eks:CreateCluster").times(1).throttle();
        Observation deployment = Observation.start("deployment", registry);
        Plan plan;
        try (Observation.Scope current = deployment.openScope()) {
            plan = apply(() -> MicrometerProgress.of(registry));
        }
        deployment.stop();

        assertThat(observed.named("osmo.resource")).hasSize(plan.changes().size());
        Observation.Context apply = observed.one("osmo apply aws");
        assertThat(apply.getParentObservation()).isSameAs(deployment);
        assertThat(values(apply))
                .containsEntry("osmo.provider", "aws")
                .containsEntry("osmo.outcome", "succeeded")
                .containsEntry("osmo.backend", "aws/us-west-2/train-west");
        Observation.Context cluster = observed.one("create eks-cluster");
        assertThat(parent(cluster)).isSameAs(apply);
        assertThat(values(cluster))
                .containsEntry("osmo.kind", "eks-cluster")
                .containsEntry("osmo.action", "create")
                .containsEntry("osmo.outcome", "done")
                .containsEntry("osmo.resource", "eks-cluster/main");
        assertThat(observed.events(cluster)).contains("retrying", "accepted", "waiting");
    }

    @Test
    void what_failed_is_an_error_of_its_observation() {
        clouds.aws().faults().onCall("eks:CreateCluster").refuse(403, "AccessDeniedException", "not allowed");

        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> apply(() -> MicrometerProgress.of(registry)));

        assertThat(values(observed.one("osmo apply aws"))).containsEntry("osmo.outcome", "partial");
        Observation.Context cluster = observed.one("create eks-cluster");
        assertThat(values(cluster)).containsEntry("osmo.outcome", "failed");
        assertThat(cluster.getError()).hasMessageContaining("not allowed");
    }

    @Test
    void each_apply_and_each_resource_is_a_span_in_the_time_of_the_events() {
        Span deployment = telemetry.getTracer("host").spanBuilder("deployment").startSpan();
        Plan plan;
        try (Scope current = deployment.makeCurrent()) {
            plan = apply(() -> OpenTelemetryProgress.of(telemetry));
        }
        deployment.end();

        SpanData apply = span("osmo apply aws");
        assertThat(apply.getParentSpanId())
                .isEqualTo(deployment.getSpanContext().getSpanId());
        assertThat(attribute(apply, "osmo.outcome")).isEqualTo("succeeded");
        assertThat(apply.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        SpanData cluster = span("create eks-cluster");
        assertThat(cluster.getParentSpanId()).isEqualTo(apply.getSpanId());
        assertThat(attribute(cluster, "osmo.resource")).isEqualTo("eks-cluster/main");
        assertThat(attribute(cluster, "osmo.outcome")).isEqualTo("done");
        assertThat(cluster.getEvents()).extracting(EventData::getName).contains("accepted", "waiting");
        assertThat(took(cluster)).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(11));
        assertThat(took(apply)).isGreaterThan(took(cluster));
        assertThat(exporter.getFinishedSpanItems()).hasSize(plan.changes().size() + 2);
    }

    @Test
    void what_failed_is_a_span_with_an_error_and_its_remedy() {
        clouds.aws().faults().onCall("eks:CreateCluster").refuse(403, "AccessDeniedException", "not allowed");

        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> apply(() -> OpenTelemetryProgress.of(telemetry)));

        assertThat(span("osmo apply aws").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        SpanData cluster = span("create eks-cluster");
        assertThat(cluster.getStatus().getDescription()).contains("not allowed");
        assertThat(attribute(cluster, "osmo.outcome")).isEqualTo("failed");
        assertThat(attribute(cluster, "osmo.remedy")).isNotBlank();
    }

    private Plan apply(Supplier<ProgressListener> listener) {
        try (OsmoBackends osmo = clouds.open()) {
            Plan plan = osmo.plan(SPEC);
            osmo.apply(plan, ApplyOptions.defaults().listener(listener.get()));
            return plan;
        }
    }

    private static Map<String, String> values(Observation.Context context) {
        return context.getAllKeyValues().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static Object parent(Observation.Context context) {
        return Objects.requireNonNull(context.getParentObservation()).getContextView();
    }

    private SpanData span(String name) {
        List<SpanData> found = exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static String attribute(SpanData span, String name) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
    }

    private static Duration took(SpanData span) {
        return Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos());
    }
}
