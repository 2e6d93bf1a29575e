// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoServiceBuilder;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingBackendTest {
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("existing", "lab")
            .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
            .build();

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cluster = EmulatedExisting.on(time);
    private final OsmoBackends osmo =
            OsmoBackends.builder().provider(cluster.provider()).scheduler(time).build();

    @AfterEach
    void close() {
        osmo.close();
        cluster.close();
    }

    private Optional<PreflightFinding> finding(PreflightReport report, String check) {
        return report.findings().stream().filter(f -> f.check().equals(check)).findFirst();
    }

    @Test
    void pools_are_expected_of_the_nodes_and_never_made() {
        cluster.nodes(1, "lab-4", Map.of("node-type", "compute"));

        Plan plan = osmo.plan(SPEC);

        assertThat(plan.changes()).allMatch(change -> change.action() == Action.CREATE);
        assertThat(plan.changes()).noneMatch(change -> change.resource().kind().contains("pool"));
        assertThat(plan.warnings())
                .anyMatch(warning -> warning.startsWith("pool cpu expects at least 2 nodes labeled node-type=compute"));
        PreflightReport report = osmo.preflight(SPEC);
        assertThat(finding(report, "preflight.pools"))
                .map(PreflightFinding::status)
                .contains(Status.FAIL);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void what_to_do_about_several_pools_is_said_once() {
        BackendSpec three = SPEC.toBuilder()
                .computePool("more", p -> p.instanceType("lab-8").scale(2, 4).label("team", "a"))
                .computePool("most", p -> p.instanceType("lab-8").scale(2, 4).label("team", "b"))
                .build();

        List<String> pools = osmo.plan(three).warnings().stream()
                .filter(warning -> warning.startsWith("pool "))
                .toList();

        assertThat(pools).hasSizeGreaterThanOrEqualTo(3);
        assertThat(pools)
                .filteredOn(warning -> warning.contains("label the nodes, or add nodes"))
                .hasSize(1);
        assertThat(pools.get(pools.size() - 1))
                .endsWith(". For these " + pools.size() + " pools: label the nodes, or add nodes");
    }

    @Test
    void nodes_of_another_type_are_told() {
        cluster.nodes(2, "lab-4", Map.of("node-type", "compute"));

        assertThat(osmo.plan(SPEC).warnings())
                .anyMatch(warning -> warning.contains("pool cpu expects nodes of type lab-8")
                        && warning.contains("are of type lab-4"));
    }

    private Optional<PreflightFinding> ofCpu(PreflightReport report) {
        return report.findings().stream()
                .filter(f -> f.message().startsWith("pool cpu"))
                .findFirst();
    }

    @Test
    void nodes_that_take_no_pods_do_not_count() {
        cluster.nodes(4, "lab-8", Map.of("node-type", "compute"));
        assertThat(ofCpu(osmo.preflight(SPEC))).map(PreflightFinding::status).contains(Status.PASS);
        cluster.cluster(SPEC.ref()).loseNode("node-1");
        cluster.cluster(SPEC.ref()).loseNetwork("node-2");
        assertThat(osmo.plan(SPEC).warnings()).noneMatch(warning -> warning.startsWith("pool cpu"));

        cluster.cluster(SPEC.ref()).drainNode("node-3");

        String told = "pool cpu expects at least 2 nodes labeled node-type=compute, and of 4 in the cluster only 1 take"
                + " pods (not ready: node-1, node-2; cordoned: node-3)";
        assertThat(osmo.plan(SPEC).warnings()).anyMatch(warning -> warning.startsWith(told));
        assertThat(ofCpu(osmo.preflight(SPEC))).hasValueSatisfying(f -> {
            assertThat(f.status()).isEqualTo(Status.FAIL);
            assertThat(f.message()).startsWith(told);
        });
    }

    @Test
    void gpu_nodes_without_taint_or_device_plugin_are_told_and_not_refused() {
        BackendSpec spec = SPEC.toBuilder()
                .gpuPool("gpu", p -> p.instanceType("lab-gpu").scale(1, 2))
                .build();
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"))
                .nodes(1, "lab-gpu", Map.of("node-type", "gpu", "nvidia.com/gpu.present", "true"));

        assertThat(osmo.plan(spec).warnings())
                .anyMatch(
                        warning -> warning.startsWith("pool gpu has the taint nvidia.com/gpu=present:NoSchedule in the"
                                + " spec, which these nodes lack (node-3)"))
                .anyMatch(warning -> warning.startsWith("pool gpu expects GPUs, and none of its nodes offers"));
        assertThat(osmo.preflight(spec).findings().stream()
                        .filter(f -> f.check().equals("preflight.pools"))
                        .map(PreflightFinding::status))
                .as("that of operators has no nodes")
                .containsExactlyInAnyOrder(Status.FAIL, Status.PASS, Status.PASS, Status.WARN, Status.WARN);
    }

    @Test
    void a_cluster_without_a_default_class_is_told_and_keeps_its_classes() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));

        Plan plan = osmo.plan(SPEC);

        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("no default StorageClass"));
        osmo.apply(plan);
        assertThat(cluster.cluster(SPEC.ref()).list("StorageClass")).isEmpty();
    }

    @Test
    void a_destruction_leaves_the_cluster_and_its_nodes() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        var before = cluster.inventory();
        osmo.apply(osmo.plan(SPEC));
        assertThat(cluster.inventory()).isNotEqualTo(before).contains("Namespace osmo-operator");

        var gone = osmo.apply(osmo.planDestroy(SPEC.ref()));

        assertThat(cluster.inventory()).isEqualTo(before);
        assertThat(gone.leftovers()).isEmpty();
        assertThat(osmo.list("existing", "lab")).isEmpty();
    }

    /** The plan refuses the same. */
    @Test
    void names_that_others_have_fail_the_preflight() {
        BackendSpec spec = SPEC.toBuilder()
                .pullSecret("registry.example.com", "robot", () -> "not-a-real-password")
                .build();
        BackendSpec storage = spec.toBuilder()
                .settings(ExistingSettings.defaults().withStorage("x.io", Map.of()))
                .build();
        String free = "no object of others has a name that this backend needs";
        assertThat(finding(osmo.preflight(spec), "preflight.name"))
                .map(PreflightFinding::message)
                .contains(free);
        cluster.plantForeignObject(SPEC.ref());
        assertThat(finding(osmo.preflight(spec), "preflight.name"))
                .as("without a provisioner the classes are nobody's business")
                .map(PreflightFinding::message)
                .contains(free);
        cluster.cluster(SPEC.ref()).put(named("Namespace", Map.of("name", "osmo-operator")));
        cluster.cluster(SPEC.ref())
                .put(named("Secret", Map.of("name", "registry-example-com-pull", "namespace", "osmo-operator")));

        for (BackendSpec each : List.of(spec, storage)) {
            assertThat(finding(osmo.preflight(each), "preflight.name")).hasValueSatisfying(f -> {
                assertThat(f.status()).isEqualTo(Status.FAIL);
                assertThat(f.message()).contains("pull-secret/osmo-operator/registry-example-com-pull");
                assertThat(f.message().contains("storage-class/osmo")).isEqualTo(each == storage);
            });
            assertThatThrownBy(() -> osmo.plan(each)).isInstanceOf(OwnershipConflictException.class);
        }
        cluster.cluster(SPEC.ref()).deny("list", "configmaps");
        assertThat(osmo.preflight(spec).passed()).isFalse();
        assertThat(osmo.preflight(spec).findings())
                .anyMatch(f -> f.status() == Status.UNKNOWN && f.message().contains("configmaps is forbidden"));
    }

    private static Map<String, ?> named(String kind, Map<String, String> metadata) {
        return Map.of("apiVersion", "v1", "kind", kind, "metadata", metadata);
    }

    @Test
    void missing_rights_fail_the_preflight() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        cluster.cluster(SPEC.ref()).deny("create", "secrets");

        assertThat(finding(osmo.preflight(SPEC), "preflight.permissions")).hasValueSatisfying(f -> {
            assertThat(f.status()).isEqualTo(Status.FAIL);
            assertThat(f.message()).contains("create secrets");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "list, secrets",
        "get, secrets",
        "list, nodes",
        "list, storageclasses.storage.k8s.io",
        "list, clusterrolebindings.rbac.authorization.k8s.io",
        "list, deployments.apps",
        "delete, priorityclasses.scheduling.k8s.io"
    })
    void each_missing_right_is_named(String verb, String resource) {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        cluster.cluster(SPEC.ref()).deny(verb, resource);

        assertThat(finding(osmo.preflight(SPEC), "preflight.permissions")).hasValueSatisfying(f -> {
            assertThat(f.status()).isEqualTo(Status.FAIL);
            assertThat(f.message()).isEqualTo("may not " + verb + " " + resource);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "6.3.1, osmo-operator, 6.4.0, osmo-compute",
        "6.4.0, osmo-compute, 6.3.1, osmo-operator",
    })
    void priority_classes_of_another_helm_release_are_a_conflict_that_names_it(
            String release, String helm, String otherRelease, String otherHelm) {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        putPriorityClass(Map.of(), otherHelm);

        assertThatThrownBy(() -> osmo.plan(osmoOf(release, o -> {})))
                .isInstanceOfSatisfying(
                        OwnershipConflictException.class,
                        e -> assertThat(e.conflicts())
                                .singleElement()
                                .asString()
                                .startsWith("priority-class/osmo-high (PriorityClass osmo-high)")
                                .contains("belongs to the Helm release " + otherHelm + " in " + otherHelm)
                                .contains("installed as " + helm + " in " + helm));
        assertThat(osmo.plan(osmoOf(otherRelease, o -> {})).changes())
                .extracting(change -> change.resource().toString())
                .contains("priority-class/osmo-low")
                .doesNotContain("priority-class/osmo-high");
        assertThat(osmo.plan(osmoOf(release, o -> o.helmRelease(otherHelm).operatorNamespace(otherHelm)))
                        .changes())
                .extracting(change -> change.resource().toString())
                .doesNotContain("priority-class/osmo-high");
    }

    @Test
    void marks_for_helm_follow_the_spec_until_another_release_has_taken_them_over() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        osmo.apply(osmo.plan(osmoOf("6.3.1", o -> {})));
        BackendSpec newer =
                osmoOf("6.4.0", o -> o.operatorNamespace("osmo-operator").tokenSecretName("token"));

        assertThat(osmo.plan(newer).changes())
                .extracting(change -> change.action() + " " + change.resource())
                .containsExactlyInAnyOrder(
                        "UPDATE priority-class/osmo-high",
                        "UPDATE priority-class/osmo-normal",
                        "UPDATE priority-class/osmo-low");
        osmo.apply(osmo.plan(newer));
        assertThat(cluster.cluster(SPEC.ref()).json("PriorityClass", "", "osmo-high"))
                .contains(
                        "\"meta.helm.sh/release-name\":\"osmo-compute\"",
                        "\"meta.helm.sh/release-namespace\":\"osmo-operator\"",
                        "\"app.kubernetes.io/managed-by\":\"Helm\"",
                        "\"helm.sh/resource-policy\":\"keep\"");
        assertThat(osmo.plan(newer).isEmpty()).isTrue();

        putPriorityClass(Map.of("osmo-backend", "train-west"), "somebody");
        assertThatThrownBy(() -> osmo.plan(newer))
                .isInstanceOf(OwnershipConflictException.class)
                .hasMessageContaining("Helm release somebody in somebody");
    }

    private static BackendSpec osmoOf(String release, Consumer<OsmoServiceBuilder> change) {
        return SPEC.toBuilder()
                .osmo(o -> change.accept(o.release(release).serviceUrl("https://osmo.example.com")))
                .build();
    }

    private void putPriorityClass(Map<String, String> labels, String helm) {
        Map<String, String> all = new HashMap<>(labels);
        all.put("app.kubernetes.io/managed-by", "Helm");
        cluster.cluster(SPEC.ref())
                .put(Map.of(
                        "apiVersion",
                        "scheduling.k8s.io/v1",
                        "kind",
                        "PriorityClass",
                        "metadata",
                        Map.of(
                                "name",
                                "osmo-high",
                                "labels",
                                all,
                                "annotations",
                                Map.of("meta.helm.sh/release-name", helm, "meta.helm.sh/release-namespace", helm)),
                        "value",
                        125));
    }

    @Test
    void a_parameter_that_is_removed_is_told_once() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        osmo.apply(osmo.plan(SPEC.toBuilder()
                .settings(ExistingSettings.defaults().withStorage("x.io", Map.of("a", "1", "b", "2")))
                .build()));
        BackendSpec less = SPEC.toBuilder()
                .settings(ExistingSettings.defaults().withStorage("x.io", Map.of("a", "1")))
                .build();

        Plan plan = osmo.plan(less);

        assertThat(plan.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.fields())
                        .extracting(FieldChange::field)
                        .containsExactly("parameters.b"));
        osmo.apply(plan);
        assertThat(osmo.plan(less).changes()).isEmpty();
    }

    /** A Secret's type is fixed, so each is deleted and created again: in the apply of the edit, and not by a second one. */
    @Test
    void a_token_and_a_pull_secret_that_exchange_their_names_converge_in_one_apply() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        osmo.apply(osmo.plan(withSecrets("one", "two")));

        Plan plan = osmo.plan(withSecrets("two", "one"));

        assertThat(plan.changes())
                .extracting(change -> change.action() + " " + change.resource())
                .containsExactlyInAnyOrder(
                        "REPLACE token-secret/osmo-operator/two",
                        "REPLACE pull-secret/osmo-operator/one",
                        "DELETE pull-secret/osmo-workflows/two",
                        "CREATE pull-secret/osmo-workflows/one");
        osmo.apply(plan);
        assertThat(osmo.plan(withSecrets("two", "one")).changes()).isEmpty();
        assertThat(cluster.cluster(SPEC.ref()).json("Secret", "osmo-operator", "one"))
                .contains("\"type\":\"kubernetes.io/dockerconfigjson\"");
        assertThat(cluster.cluster(SPEC.ref()).json("Secret", "osmo-operator", "two"))
                .contains("\"type\":\"Opaque\"");
    }

    private static BackendSpec withSecrets(String token, String pull) {
        return SPEC.toBuilder()
                .pullSecret("registry.example.com", "robot", Secret.of("pull", () -> "x"), pull)
                .osmo(o -> o.serviceUrl("https://osmo.example.com")
                        .token(() -> "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ")
                        .tokenSecretName(token))
                .build();
    }

    @Test
    void a_plan_that_deletes_the_only_default_class_says_so() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        BackendSpec before = SPEC.toBuilder()
                .settings(ExistingSettings.defaults().withStorage("x.io", Map.of()))
                .build();
        osmo.apply(osmo.plan(before));
        String warning = "the plan deletes the only default StorageClass, osmo: mark another one as default";

        assertThat(osmo.plan(before).warnings()).noneMatch(text -> text.contains("StorageClass"));
        assertThat(osmo.plan(SPEC).warnings()).anyMatch(text -> text.startsWith(warning));
        assertThat(osmo.planDestroy(before).warnings()).anyMatch(text -> text.startsWith(warning));
        String claims = "StorageClass osmo is deleted. Volumes stay, but can no longer be expanded.";
        assertThat(osmo.plan(SPEC).warnings())
                .anyMatch(
                        text -> text.startsWith(claims) && text.endsWith("another class, or create one of that name."));
        assertThat(osmo.planDestroy(before).warnings()).anyMatch(text -> text.startsWith(claims));
    }
}
