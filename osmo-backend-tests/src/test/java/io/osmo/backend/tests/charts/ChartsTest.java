// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.testkit.cluster.PodEnd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartsTest extends ChartLab {
    private static final ApplyOptions ALL = ApplyOptions.defaults().allow(Disruption.DATA);
    private static final String IN_MONITORING =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rules, namespace: monitoring}\n";

    private BackendSpec spec() {
        return file.in(BARE);
    }

    private void install() {
        osmo.apply(osmo.plan(spec()));
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();
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

    private List<String> revisions() {
        return revisions("owner", "helm");
    }

    @Test
    void an_installation_is_one_creation_that_says_chart_and_digest_and_a_second_plan_is_empty() {
        Plan plan = osmo.plan(spec());

        assertThat(chart(plan).action()).isEqualTo(Action.CREATE);
        assertThat(chart(plan).description())
                .startsWith("Helm chart sched-1.0.0 sha256:")
                .endsWith("8 objects in sched");
        assertThat(fields(plan)).singleElement().asString().startsWith("chart: (none) -> sched-1.0.0 sha256:");
        assertThat(plan.toString()).doesNotContain("Zmlyc3Q");
        osmo.apply(plan);

        assertThat(revisions()).containsExactly("sh.helm.release.v1.sched.v1 deployed");
        assertThat(cluster.json("Deployment", "sched", "scheduler"))
                .contains("\"meta.helm.sh/release-name\":\"sched\"", "\"app.kubernetes.io/managed-by\":\"Helm\"")
                .contains("\"defaultMode\":420");
        assertThat(cluster.has("CustomResourceDefinition", "", "queues.scheduling.example.com"))
                .isTrue();
        assertThat(client.genericKubernetesResources("scheduling.example.com/v1", "Queue")
                        .inNamespace("sched")
                        .withName("default")
                        .get())
                .isNotNull();
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();
    }

    @Test
    void a_changed_tag_is_two_lines_and_the_record_is_a_new_revision() {
        install();
        file.with("TAG", "1.1");

        Plan plan = osmo.plan(spec());

        assertThat(fields(plan)).hasSize(2);
        assertThat(fields(plan).get(0))
                .isEqualTo("Deployment scheduler spec.template.spec.containers[main].image:"
                        + " registry.example.com/scheduler:1.0 -> registry.example.com/scheduler:1.1");
        assertThat(fields(plan).get(1))
                .matches("chart: sched-1.0.0 sha256:\\w{12} at revision 1 ->"
                        + " sched-1.0.0 sha256:\\w{12} at revision 2");
        osmo.apply(plan);
        assertThat(revisions())
                .containsExactly("sh.helm.release.v1.sched.v1 superseded", "sh.helm.release.v1.sched.v2 deployed");
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();
    }

    @Test
    void drift_is_seen_and_repaired_without_a_new_revision() {
        install();
        client.configMaps().inNamespace("sched").withName("scheduler").edit(map -> {
            map.getData().put("mode", "lax");
            return map;
        });
        client.configMaps().inNamespace("sched").withName("extra").delete();

        Plan plan = osmo.plan(spec());

        assertThat(fields(plan))
                .containsExactly("ConfigMap scheduler data.mode: lax -> strict", "ConfigMap extra: (none) -> created");
        osmo.apply(plan);
        assertThat(revisions()).containsExactly("sh.helm.release.v1.sched.v1 deployed");
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();
    }

    @Test
    void values_of_secrets_are_compared_and_never_shown() {
        install();
        file.secret("second-value").with("TAG", "1.0");

        Plan plan = osmo.plan(spec());

        assertThat(fields(plan)).contains("Secret scheduler data.key: (redacted) -> changed (redacted)");
        assertThat(plan + plan.toJson()).doesNotContain("Zmlyc3Q", "c2Vjb25k", "second-value");
    }

    @Test
    void an_object_that_the_chart_no_longer_has_is_planned_as_deleted() {
        install();
        file.without("ConfigMap", "extra");

        Plan plan = osmo.plan(spec());

        assertThat(fields(plan)).first().isEqualTo("ConfigMap extra: of the recorded release -> deleted");
        osmo.apply(plan);
        assertThat(cluster.has("ConfigMap", "sched", "extra")).isFalse();
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();
    }

    @Test
    void a_stored_plan_is_stale_once_the_chart_has_another_digest() {
        Plan create = osmo.plan(spec());
        file.with("TAG", "1.1");
        assertThatThrownBy(() -> osmo.apply(create))
                .isInstanceOf(StalePlanException.class)
                .hasMessageContaining("chart: (none) -> sched-1.0.0 sha256:");

        osmo.apply(osmo.plan(spec()));
        Plan update = osmo.plan(file.with("TAG", "1.2").in(BARE));
        file.with("TAG", "1.3");
        assertThatThrownBy(() -> osmo.apply(update)).isInstanceOf(StalePlanException.class);
    }

    @Test
    void an_immutable_field_of_a_workload_is_told_as_outage_and_replaced() {
        install();
        file.with("SELECTOR", "other");

        Plan plan = osmo.plan(spec());

        assertThat(fields(plan))
                .anyMatch(f -> f.equals("Deployment scheduler spec.selector.matchLabels.app: scheduler -> other"
                        + " (immutable: the Deployment is deleted and created again)"));
        assertThat(plan.disruption()).isEqualTo(Disruption.OUTAGE);
        osmo.apply(plan, ALL);
        assertThat(cluster.json("Deployment", "sched", "scheduler")).contains("\"app\":\"other\"");
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();
    }

    @Test
    void an_immutable_field_of_what_holds_data_is_refused_with_what_to_do() {
        String set = """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: %s
                  replicas: 0
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec: {containers: [{name: db, image: db}]}
                """;
        file.and(set.formatted("one"));
        cluster.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "sched")));
        client.load(new java.io.ByteArrayInputStream(set.formatted("one")
                        .replace("{name: db}\nspec", "{name: db, namespace: sched}\nspec")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .create();
        file.with("TAG", "1.0").and(set.formatted("two"));

        assertThatThrownBy(() -> osmo.plan(file.in(BARE, c -> c.adopt(true))))
                .isInstanceOf(UnsupportedChangeException.class)
                .hasMessageContaining(
                        "StatefulSet db spec.serviceName: one -> two (immutable: go back to the version and values of the chart");
    }

    @Test
    void hooks_and_unknown_kinds_are_refused_when_planned() {
        file.and("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}
                ---
                apiVersion: monitoring.example.com/v1
                kind: PodMonitor
                metadata: {name: pods}
                """);

        assertThatThrownBy(() -> osmo.plan(spec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("a chart with hooks: Job migrate (pre-install, pre-upgrade)");
        file.with("TAG", "1.0").and("""
                apiVersion: monitoring.example.com/v1
                kind: PodMonitor
                metadata: {name: pods}
                """);
        assertThatThrownBy(() -> osmo.plan(spec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("a chart with objects of monitoring.example.com/v1 PodMonitor");
    }

    @Test
    void an_object_in_a_namespace_that_nothing_creates_is_refused_when_planned() {
        file.and(IN_MONITORING);

        assertThatThrownBy(() -> osmo.plan(spec()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("charts[0].location")
                .hasMessageContaining("a chart with objects in the namespace monitoring");

        file.and("apiVersion: v1\nkind: Namespace\nmetadata: {name: monitoring}\n");
        install();
    }

    @Test
    void an_object_in_a_namespace_that_exists_is_installed() {
        file.and(IN_MONITORING);
        cluster.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "monitoring")));

        install();
    }

    @Test
    void a_release_or_objects_of_somebody_else_are_a_conflict_that_names_the_release() {
        cluster.put(Map.of(
                "apiVersion",
                "rbac.authorization.k8s.io/v1",
                "kind",
                "ClusterRole",
                "metadata",
                Map.of(
                        "name",
                        "sched",
                        "annotations",
                        Map.of("meta.helm.sh/release-name", "other", "meta.helm.sh/release-namespace", "there")),
                "rules",
                List.of()));

        assertThatThrownBy(() -> osmo.plan(file.in(BARE, c -> c.adopt(true))))
                .isInstanceOf(OwnershipConflictException.class)
                .hasMessageContaining("ClusterRole sched belongs to the Helm release other in there");
    }

    @Test
    void a_release_that_helm_has_made_is_adopted_with_nothing_but_its_record() {
        install();
        // As Helm leaves it: no marks of ours on the record.
        client.secrets()
                .inNamespace("sched")
                .withLabel("owner", "helm")
                .list()
                .getItems()
                .forEach(record -> {
                    record.getMetadata().getLabels().remove("osmo-backend");
                    record.getMetadata().setAnnotations(null);
                    client.resource(record).update();
                });

        assertThatThrownBy(() -> osmo.plan(spec()))
                .isInstanceOf(OwnershipConflictException.class)
                .hasMessageContaining("Helm release sched in sched exists, of chart sched-1.0.0 at revision 1");
        BackendSpec adopting = file.in(BARE, c -> c.adopt(true));
        Plan plan = osmo.plan(adopting);

        assertThat(fields(plan)).containsExactly("release: of Helm, revision 1 -> adopted");
        osmo.apply(plan);
        assertThat(revisions()).containsExactly("sh.helm.release.v1.sched.v1 deployed");
        assertThat(osmo.plan(adopting).isEmpty()).isTrue();
    }

    @Test
    void definitions_that_an_earlier_release_left_are_told_apart_from_a_release() {
        install();
        osmo.apply(osmo.plan(BARE), ALL);
        assertThat(cluster.has("CustomResourceDefinition", "", "queues.scheduling.example.com"))
                .isTrue();

        Plan plan = osmo.plan(spec());

        assertThat(fields(plan))
                .contains("crds: 1 left by an earlier release -> updated to those of the chart; their objects stay");
        osmo.apply(plan);
        client.genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                .withName("queues.scheduling.example.com")
                .delete();
        assertThat(fields(osmo.plan(spec())))
                .contains("CustomResourceDefinition queues.scheduling.example.com: (none) -> created");
    }

    @Test
    void what_is_waited_for_is_told_with_the_reason_of_its_pods() {
        cluster.runPods(pod -> new PodEnd.NotPulled("manifest unknown"));

        assertThatThrownBy(() -> osmo.apply(osmo.plan(file.in(BARE, c -> c.deadlineMinutes(2)))))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("not ready within 2 minutes: Deployment scheduler: main: image pull failed:"
                        + " registry.example.com/scheduler:1.0");
        assertThat(revisions()).isEmpty();
        cluster.runPods(pod -> new PodEnd.Running());

        osmo.apply(osmo.plan(spec()));
        assertThat(osmo.plan(spec()).isEmpty()).isTrue();
    }

    @Test
    void an_installation_that_never_ended_is_uninstalled_as_well() {
        cluster.runPods(pod -> new PodEnd.NotPulled("manifest unknown"));
        assertThatThrownBy(() -> osmo.apply(osmo.plan(file.in(BARE, c -> c.deadlineMinutes(1)))))
                .isInstanceOf(PartialApplyException.class);

        osmo.apply(osmo.plan(BARE), ALL);

        assertThat(cluster.has("ClusterRole", "", "sched")).isFalse();
        assertThat(osmo.plan(BARE).isEmpty()).isTrue();
    }

    @Test
    void a_change_that_does_not_become_ready_is_rolled_back_to_the_record() {
        install();
        cluster.runPods(
                pod -> pod.image().endsWith(":1.1") ? new PodEnd.NotPulled("unauthorized") : new PodEnd.Running());
        file.with("TAG", "1.1").with("MODE", "lax").and("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: added}
                """);
        BackendSpec rollback = file.in(BARE, c -> c.deadlineMinutes(2).onFailure(Chart.OnFailure.ROLLBACK));

        assertThatThrownBy(() -> osmo.apply(osmo.plan(rollback)))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("image pull failed")
                .hasMessageContaining("rolled back to revision 1");

        assertThat(cluster.json("Deployment", "sched", "scheduler")).contains("scheduler:1.0");
        assertThat(cluster.json("ConfigMap", "sched", "scheduler")).contains("strict");
        assertThat(cluster.has("ConfigMap", "sched", "added")).isFalse();
        assertThat(cluster.list("Secret")).noneMatch(secret -> secret.contains("attempt"));
        assertThat(revisions()).containsExactly("sh.helm.release.v1.sched.v1 deployed");
    }

    @Test
    void an_uninstallation_deletes_the_objects_and_the_record_and_leaves_definitions_and_says_so() {
        install();

        Plan plan = osmo.plan(BARE);

        assertThat(chart(plan).action()).isEqualTo(Action.DELETE);
        assertThat(chart(plan).description())
                .isEqualTo("Helm release sched in sched of sched-1.0.0; its 1 custom resource definitions stay");
        osmo.apply(plan, ALL);
        assertThat(cluster.has("Deployment", "sched", "scheduler")).isFalse();
        assertThat(cluster.has("ClusterRole", "", "sched")).isFalse();
        assertThat(cluster.has("Namespace", "", "sched")).isFalse();
        assertThat(cluster.has("CustomResourceDefinition", "", "queues.scheduling.example.com"))
                .isTrue();
        assertThat(osmo.plan(BARE).isEmpty()).isTrue();
    }

    @Test
    void a_destruction_uninstalls_charts_and_their_definitions_if_the_spec_said_so() {
        osmo.apply(osmo.plan(file.in(BARE, c -> c.crds(Chart.Definitions.DELETE))));

        osmo.apply(osmo.planDestroy(BARE.ref()));

        assertThat(cluster.has("Deployment", "sched", "scheduler")).isFalse();
        assertThat(cluster.has("CustomResourceDefinition", "", "queues.scheduling.example.com"))
                .isFalse();
        assertThat(cloud.inventory()).isEmpty();
    }
}
