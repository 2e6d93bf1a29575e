// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.ReleaseHistory;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.tests.services.KubeApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Charts on a real API server, with Helm's own commands beside. There are no controllers: the test writes the status of Deployments, and
 * the namespaces of releases exist already, since none can be deleted.
 */
class ChartsKubeIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final String name = "chart-" + TESTS.incrementAndGet();
    private final KubeHost host = new KubeHost(SERVER);
    private final OsmoBackends osmo = host.osmo;
    private final KubernetesClient admin = host.admin;
    private final BackendSpec bare = BackendSpec.builder(name)
            .on("existing", "lab")
            .profile(Profile.DEVELOPMENT)
            .computePool("cpu", p -> p.instanceType("lab-8").scale(1, 4))
            .osmo(o -> o.serviceUrl("https://osmo.example.com")
                    .operatorNamespace(name + "-operator")
                    .workflowNamespace(name + "-workflows"))
            .build();

    @TempDir
    Path folder;

    private ChartFile file;

    @BeforeEach
    void write() {
        host.namespace(name);
        file = new ChartFile(folder, name);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private BackendSpec spec() {
        return file.in(bare);
    }

    private void apply(Plan plan) {
        host.apply(
                plan,
                () -> admin.apps()
                        .deployments()
                        .inNamespace(name)
                        .list()
                        .getItems()
                        .forEach(this::settle));
    }

    private void settle(Deployment deployment) {
        boolean broken = host.settle(deployment);
        var pods = admin.pods().inNamespace(name).withName("scheduler-x");
        pods.withGracePeriod(0).delete();
        if (broken) {
            var pod = admin.resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("scheduler-x")
                            .withNamespace(name)
                            .withLabels(deployment.getSpec().getSelector().getMatchLabels())
                            .endMetadata()
                            .withNewSpec()
                            .withAutomountServiceAccountToken(false)
                            .addNewContainer()
                            .withName("main")
                            .withImage("registry.example.com/scheduler:broken")
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();
            pod.getStatus()
                    .setContainerStatuses(List.of(new ContainerStatusBuilder()
                            .withName("main")
                            .withImage("registry.example.com/scheduler:broken")
                            .withImageID("")
                            .withReady(false)
                            .withRestartCount(0)
                            .withNewState()
                            .withNewWaiting("manifest unknown", "ErrImagePull")
                            .endState()
                            .build()));
            admin.resource(pod).updateStatus();
        }
    }

    private static Change chart(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.resource().kind().equals("chart"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> fields(Plan plan) {
        return chart(plan).fields().stream().map(FieldChange::toString).toList();
    }

    private List<String> history() {
        return Helm.history(name).withNamespace(name).withKubeConfig(SERVER.kubeconfig()).call().stream()
                .map((ReleaseHistory revision) -> revision.getRevision() + " " + revision.getStatus() + " "
                        + revision.getChart() + " " + revision.getDescription())
                .toList();
    }

    @Test
    void a_chart_lives_from_installation_to_helms_own_uninstallation() {
        Plan install = osmo.plan(spec());
        assertThat(chart(install).action()).isEqualTo(Action.CREATE);
        apply(install);
        assertThat(osmo.plan(spec()).toString()).contains("is up to date");
        assertThat(Helm.list()
                        .withNamespace(name)
                        .withKubeConfig(SERVER.kubeconfig())
                        .call())
                .singleElement()
                .satisfies((Release release) -> {
                    assertThat(release.getName()).isEqualTo(name);
                    assertThat(release.getStatus()).isEqualTo("deployed");
                    assertThat(release.getChart()).isEqualTo(name + "-1.0.0");
                });

        file.with("TAG", "1.1");
        assertThat(fields(osmo.plan(spec())))
                .hasSize(2)
                .first()
                .isEqualTo("Deployment scheduler spec.template.spec.containers[main].image:"
                        + " registry.example.com/scheduler:1.0 -> registry.example.com/scheduler:1.1");
        apply(osmo.plan(spec()));
        assertThat(history())
                .containsExactly(
                        "1 superseded " + name + "-1.0.0 Install complete",
                        "2 deployed " + name + "-1.0.0 Upgrade complete");
        assertThat(Helm.status(name)
                        .withNamespace(name)
                        .withKubeConfig(SERVER.kubeconfig())
                        .call()
                        .getRevision())
                .isEqualTo("2");

        admin.apps().deployments().inNamespace(name).withName("scheduler").edit(deployment -> {
            deployment.getSpec().setReplicas(3);
            return deployment;
        });
        assertThat(fields(osmo.plan(spec()))).containsExactly("Deployment scheduler spec.replicas: 3 -> 1");
        apply(osmo.plan(spec()));
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();

        file.with("SELECTOR", "other").without("ConfigMap", "extra");
        Plan immutable = osmo.plan(spec());
        assertThat(immutable.disruption()).isEqualTo(Disruption.OUTAGE);
        assertThat(fields(immutable))
                .anyMatch(field ->
                        field.startsWith("Deployment scheduler spec.selector.matchLabels.app: scheduler -> other"))
                .contains("ConfigMap extra: of the recorded release -> deleted");
        apply(immutable);
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();

        Helm.uninstall(name)
                .withNamespace(name)
                .withKubeConfig(SERVER.kubeconfig())
                .call();
        assertThat(admin.apps().deployments().inNamespace(name).list().getItems())
                .isEmpty();
        assertThat(chart(osmo.plan(spec())).action()).isEqualTo(Action.CREATE);
    }

    @Test
    void a_broken_image_is_told_and_rolled_back_and_an_uninstallation_leaves_the_definitions() {
        apply(osmo.plan(spec()));
        file.with("TAG", "broken").with("MODE", "lax");
        BackendSpec rollback = file.in(bare, c -> c.deadlineMinutes(2).onFailure(Chart.OnFailure.ROLLBACK));

        assertThatThrownBy(() -> apply(osmo.plan(rollback)))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("not ready within 2 minutes: Deployment scheduler: main: image pull failed:"
                        + " registry.example.com/scheduler:broken: manifest unknown; rolled back to revision 1");
        file.with("TAG", "1.0").with("MODE", "strict");
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();

        apply(osmo.plan(bare));
        assertThat(admin.configMaps().inNamespace(name).withName("scheduler").get())
                .isNull();
        assertThat(admin.rbac().clusterRoles().withName(name).get()).isNull();
        assertThat(admin.secrets()
                        .inNamespace(name)
                        .withLabel("owner", "helm")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(admin.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("queues.scheduling.example.com")
                        .get())
                .isNotNull();
    }

    /** As KAI Scheduler's chart does with a service account: Helm itself deletes it with the next upgrade. */
    @Test
    void what_a_chart_leaves_out_because_its_own_release_has_created_it_stays() throws IOException {
        Path chart = Files.createDirectories(folder.resolve("chart"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: guarded\nversion: 0.1.0\n");
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("templates/all.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: always}
                data: {mode: "{{ .Values.mode }}"}
                {{- if not (lookup "v1" "ServiceAccount" .Release.Namespace "guarded") }}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: guarded}
                {{- end }}
                """);
        BackendSpec strict = bare.toBuilder()
                .chart(name, c -> c.location(chart.toString()).values(Map.of("mode", "strict")))
                .build();
        apply(osmo.plan(strict));
        assertThat(osmo.plan(strict).isEmpty()).isTrue();

        BackendSpec lax = strict.toBuilder()
                .changeChart(name, c -> c.values(Map.of("mode", "lax")))
                .build();
        assertThat(fields(osmo.plan(lax))).hasSize(2).first().isEqualTo("ConfigMap always data.mode: strict -> lax");
        apply(osmo.plan(lax));
        assertThat(admin.serviceAccounts().inNamespace(name).withName("guarded").get())
                .isNotNull();
        assertThat(osmo.plan(lax).isEmpty()).isTrue();
    }

    @Test
    void what_helm_has_installed_is_adopted_and_helm_goes_on_with_what_we_upgraded() throws IOException {
        Path chart = Files.createDirectories(folder.resolve("chart"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: small\nversion: 0.1.0\n");
        Files.writeString(chart.resolve("values.yaml"), "mode: strict\nsize: 1\nword: first\n");
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("templates/map.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: small, labels: {by: "{{ .Release.Name }}"}}
                data:
                  mode: "{{ .Values.mode }}"
                  size: "{{ .Values.size }}"
                  found: "{{ (lookup "v1" "Namespace" "" .Release.Namespace).metadata.name }}"
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: frozen}
                immutable: true
                data: {word: "{{ .Values.word }}"}
                """);
        new Helm(chart)
                .install()
                .withName(name)
                .withNamespace(name)
                .set("size", "3")
                .withKubeConfig(SERVER.kubeconfig())
                .call();
        BackendSpec strict = bare.toBuilder()
                .chart(name, c -> c.location(chart.toString()).values(Map.of("size", 3)))
                .build();

        assertThatThrownBy(() -> osmo.plan(strict))
                .isInstanceOf(OwnershipConflictException.class)
                .hasMessageContaining(
                        "Helm release " + name + " in " + name + " exists, of chart small-0.1.0 at revision 1");
        BackendSpec adopting =
                strict.toBuilder().changeChart(name, c -> c.adopt(true)).build();
        assertThat(fields(osmo.plan(adopting))).containsExactly("release: of Helm, revision 1 -> adopted");
        apply(osmo.plan(adopting));
        assertThat(osmo.plan(strict).isEmpty()).isTrue();

        BackendSpec larger = strict.toBuilder()
                .changeChart(name, c -> c.values(Map.of("size", 5)))
                .build();
        apply(osmo.plan(larger));
        assertThat(Helm.get(name)
                        .values()
                        .withNamespace(name)
                        .withKubeConfig(SERVER.kubeconfig())
                        .call())
                .contains("size: 5");
        assertThat(admin.configMaps().inNamespace(name).withName("small").get().getData())
                .as("lookup asks the cluster of the plan")
                .containsEntry("found", name);

        // Helm's own rollback, which also runs when an upgrade fails.
        assertThatThrownBy(() -> new Helm(chart)
                        .upgrade()
                        .withName(name)
                        .withNamespace(name)
                        .reuseValues()
                        .set("size", "7")
                        .set("word", "second")
                        .atomic()
                        .withKubeConfig(SERVER.kubeconfig())
                        .call())
                .hasMessageContaining("has been rolled back due to atomic being set");
        assertThat(history())
                .last()
                .asString()
                .startsWith("4 deployed small-0.1.0")
                .endsWith("Rollback to 2");
        assertThat(osmo.plan(larger).isEmpty()).isTrue();

        new Helm(chart)
                .upgrade()
                .withName(name)
                .withNamespace(name)
                .reuseValues()
                .set("mode", "lax")
                .withKubeConfig(SERVER.kubeconfig())
                .call();
        assertThat(history()).last().asString().startsWith("5 deployed small-0.1.0");
        assertThat(fields(osmo.plan(larger))).first().isEqualTo("ConfigMap small data.mode: lax -> strict");
    }
}
