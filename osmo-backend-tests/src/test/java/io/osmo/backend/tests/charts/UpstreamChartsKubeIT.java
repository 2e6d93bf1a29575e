// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.tests.services.KubeApiServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * KAI Scheduler, the GPU Operator and OSMO's operator, as their authors have published them, on a real API server, with Helm's own
 * commands afterward. The charts are not part of this repository, so a build does not have them: {@code dev/charts} fetches them and
 * runs this. The test installs copies without what Kubernetes 1.20 does not know ({@link UpstreamCharts}).
 */
@EnabledIfSystemProperty(
        named = UpstreamCharts.PROPERTY,
        matches = ".+",
        disabledReason = "SKIPPED: no charts of upstream; dev/charts fetches them")
class UpstreamChartsKubeIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.own();

    private static final List<String> NAMESPACES = List.of("kai-scheduler", "gpu-operator");

    private final KubeHost host = new KubeHost(SERVER);
    private final OsmoBackends osmo = host.osmo;
    private final KubernetesClient admin = host.admin;
    private final Map<String, String> copies = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void namespaces() {
        NAMESPACES.forEach(host::namespace);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void apply(Plan plan) {
        host.apply(plan, this::settle);
    }

    /** No node runs a pod of a DaemonSet. */
    private void settle() {
        admin.apps().deployments().inAnyNamespace().list().getItems().forEach(host::settle);
        admin.apps().daemonSets().inAnyNamespace().list().getItems().forEach(daemonSet -> {
            daemonSet.setStatus(new DaemonSetStatusBuilder()
                    .withObservedGeneration(daemonSet.getMetadata().getGeneration())
                    .withCurrentNumberScheduled(0)
                    .withDesiredNumberScheduled(0)
                    .withNumberMisscheduled(0)
                    .withNumberReady(0)
                    .build());
            admin.resource(daemonSet).updateStatus();
        });
    }

    private String copy(String chart) {
        assumeTrue(UpstreamCharts.has(chart), "SKIPPED: there is no chart " + chart);
        return copies.computeIfAbsent(
                chart, c -> UpstreamCharts.newest(c, folder).toString());
    }

    private static List<String> fields(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.resource().kind().equals("chart"))
                .flatMap(change -> change.fields().stream())
                .map(FieldChange::toString)
                .toList();
    }

    private List<String> helmList() {
        return Helm.list().allNamespaces().withKubeConfig(SERVER.kubeconfig()).call().stream()
                .map(release -> release.getNamespace() + " " + release.getName() + " " + release.getRevision() + " "
                        + release.getStatus())
                .sorted()
                .toList();
    }

    private BackendSpec bare(String release, String chart) {
        return BackendSpec.builder("train-" + chart)
                .on("existing", "lab")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", p -> p.instanceType("lab-8").scale(1, 4))
                .osmo(o -> o.release(release)
                        .serviceUrl("https://osmo.example.com")
                        .operatorNamespace("operator-" + chart)
                        .workflowNamespace("workflows-" + chart)
                        .token(() -> "not-a-real-token-but-as-long-as-one-has-to-"))
                .build();
    }

    private BackendSpec withOperator(BackendSpec spec, String chart, Map<String, Object> values) {
        OsmoService service = spec.osmo().orElseThrow();
        return spec.toBuilder()
                .chart(
                        service.helmRelease(),
                        c -> c.namespace(service.operatorNamespace())
                                .location(copy(chart))
                                .values(values)
                                .deadlineMinutes(2)
                                .onFailure(Chart.OnFailure.ROLLBACK))
                .build();
    }

    @Test
    void kai_the_gpu_operator_and_the_operator_of_6_3_are_installed_together_and_uninstalled_again() {
        BackendSpec bare = bare("6.3.1", "backend-operator");
        BackendSpec stack = withOperator(bare, "backend-operator", Map.of()).toBuilder()
                .chart("kai-scheduler", c -> c.location(copy("kai-scheduler")).deadlineMinutes(2))
                .chart("gpu-operator", c -> c.location(copy("gpu-operator")).deadlineMinutes(2))
                .build();

        apply(osmo.plan(stack));
        assertThat(osmo.plan(stack).isEmpty()).isTrue();
        assertThat(helmList())
                .containsExactly(
                        "gpu-operator gpu-operator 1 deployed",
                        "kai-scheduler kai-scheduler 1 deployed",
                        "operator-backend-operator osmo-operator 1 deployed");
        assertThat(admin.genericKubernetesResources("kai.scheduler/v1", "Config")
                        .list()
                        .getItems())
                .as("what a hook of KAI Scheduler would have made")
                .hasSize(1);
        assertThat(admin.genericKubernetesResources("nvidia.com/v1", "ClusterPolicy")
                        .list()
                        .getItems())
                .hasSize(1);

        apply(osmo.plan(bare));
        assertThat(helmList()).isEmpty();
        assertThat(admin.apps().deployments().inAnyNamespace().list().getItems())
                .isEmpty();
        assertThat(osmo.plan(bare).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"6.3.1, backend-operator", "6.4.0, osmo"})
    void the_operator_is_upgraded_repaired_and_rolled_back(String release, String chart) {
        BackendSpec bare = bare(release, chart);
        OsmoService service = bare.osmo().orElseThrow();
        String operator = service.helmRelease();
        // The chart of 6.4 that a clone has is of the days when this value was a text.
        Function<String, Map<String, Object>> tag = value -> release.startsWith("6.4")
                ? Map.of("imageTag", value, "compute", Map.of("workloadNamespace", service.workflowNamespace()))
                : Map.of("global", Map.of("osmoImageTag", value));
        BackendSpec spec = withOperator(bare, chart, tag.apply("1.0"));
        apply(osmo.plan(spec));
        assertThat(osmo.plan(spec).isEmpty()).isTrue();

        BackendSpec upgraded = withOperator(bare, chart, tag.apply("1.1"));
        Plan upgrade = osmo.plan(upgraded);
        assertThat(fields(upgrade))
                .as("listener, worker, and the record")
                .hasSize(3)
                .filteredOn(field -> field.contains(".image:"))
                .hasSize(2)
                .allMatch(field -> field.endsWith(":1.1"));
        apply(upgrade);

        admin.apps()
                .deployments()
                .inNamespace(service.operatorNamespace())
                .list()
                .getItems()
                .forEach(deployment -> {
                    deployment.getSpec().setReplicas(3);
                    admin.resource(deployment).update();
                });
        assertThat(fields(osmo.plan(upgraded))).hasSize(2).allMatch(field -> field.endsWith("spec.replicas: 3 -> 1"));
        apply(osmo.plan(upgraded));

        BackendSpec broken = withOperator(bare, chart, tag.apply("broken"));
        assertThatThrownBy(() -> apply(osmo.plan(broken))).hasMessageContaining("rolled back to revision 2");
        assertThat(osmo.plan(upgraded).isEmpty()).isTrue();

        assertThat(Helm.get(operator)
                        .values()
                        .withNamespace(service.operatorNamespace())
                        .withKubeConfig(SERVER.kubeconfig())
                        .call())
                .contains("1.1");
        Helm.uninstall(operator)
                .withNamespace(service.operatorNamespace())
                .withKubeConfig(SERVER.kubeconfig())
                .call();
        assertThat(admin.apps()
                        .deployments()
                        .inNamespace(service.operatorNamespace())
                        .list()
                        .getItems())
                .isEmpty();
    }
}
