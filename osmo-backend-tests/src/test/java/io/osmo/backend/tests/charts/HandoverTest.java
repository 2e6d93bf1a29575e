// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits by which an object gets another owner within its backend: one apply is enough, and the object is not deleted in between. */
class HandoverTest {
    private static final ApplyOptions ALL = ApplyOptions.defaults().allow(Disruption.DATA);
    private static final String NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: osmo-workflows}\n";
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: pull, namespace: osmo-operator}
            type: Opaque
            data: {key: eA==}
            """;
    private static final String SHARED = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: shared, namespace: kube-system}
            data: {owner: OWNER}
            """;

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cloud = EmulatedExisting.on(time).nodes(2, "lab-8", Map.of("node-type", "compute"));
    private final OsmoBackends osmo =
            OsmoBackends.builder().provider(cloud.provider()).scheduler(time).build();
    private final EmulatedCluster cluster = cloud.cluster(spec(s -> s).ref());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        osmo.close();
        cloud.close();
    }

    private static BackendSpec spec(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(BackendSpec.builder("lab-west")
                        .on("existing", "lab")
                        .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
                        .osmo(o -> o.serviceUrl("https://osmo.example.com")))
                .build();
    }

    private BackendSpecBuilder chart(BackendSpecBuilder spec, String name, String... objects) {
        try {
            String own = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n";
            Path file =
                    Files.writeString(folder.resolve(name + ".yaml"), own + "---\n" + String.join("---\n", objects));
            return spec.chart(name, c -> c.location(file.toString()).version("1.0.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plan applied(BackendSpec spec) {
        Plan plan = osmo.plan(spec);
        osmo.apply(plan, ALL);
        assertThat(osmo.plan(spec).changes()).as("second plan").isEmpty();
        return plan;
    }

    private static List<String> ids(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.action() + " " + change.resource())
                .toList();
    }

    private static BackendSpecBuilder moved(BackendSpecBuilder spec) {
        return spec.osmo(o -> o.workflowNamespace("robots"));
    }

    /** Whatever runs in a namespace that was deleted and created again would be lost. */
    private void remember() {
        cluster.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "work", "namespace", "osmo-workflows")));
    }

    @Test
    void a_chart_takes_over_a_namespace_that_the_backend_no_longer_wants_and_gives_it_back() {
        BackendSpec before = spec(s -> s);
        applied(before);
        remember();
        BackendSpec after = spec(s -> chart(moved(s), "sched", NAMESPACE));

        assertThat(ids(applied(after))).doesNotContain("DELETE namespace/osmo-workflows");
        assertThat(cluster.json("Namespace", "", "osmo-workflows"))
                .contains("\"meta.helm.sh/release-name\":\"sched\"")
                .doesNotContain("osmo-resource");

        assertThat(ids(applied(before)))
                .contains("UPDATE namespace/osmo-workflows", "DELETE chart/sched", "DELETE namespace/robots");
        assertThat(cluster.json("Namespace", "", "osmo-workflows"))
                .contains("\"osmo-resource\":\"namespace/osmo-workflows\"")
                .doesNotContain("meta.helm.sh");
        assertThat(cluster.has("ConfigMap", "osmo-workflows", "work")).isTrue();
    }

    /** Nothing but the release's record tells that the namespace is the backend's until the backend has marked it. */
    @Test
    void a_release_is_forgotten_only_once_its_objects_are_taken_over() {
        BackendSpec before = spec(s -> s);
        applied(spec(s -> chart(moved(s), "sched", NAMESPACE)));
        remember();
        Plan plan = osmo.plan(before);
        cloud.faults()
                .onCalls(call -> !call.reads() && call.operation().endsWith("/namespaces/osmo-workflows"))
                .deny();

        assertThatThrownBy(() -> osmo.apply(plan, ALL)).isInstanceOf(PartialApplyException.class);
        cloud.faults().clear();

        applied(before);
        assertThat(cluster.json("Namespace", "", "osmo-workflows"))
                .contains("\"osmo-resource\":\"namespace/osmo-workflows\"")
                .doesNotContain("meta.helm.sh");
        assertThat(cluster.has("ConfigMap", "osmo-workflows", "work")).isTrue();
    }

    @Test
    void a_chart_that_stays_gives_a_namespace_back() {
        applied(spec(s -> chart(moved(s), "sched", NAMESPACE)));
        remember();

        Plan plan = applied(spec(s -> chart(s, "sched")));

        assertThat(ids(plan)).contains("UPDATE namespace/osmo-workflows", "UPDATE chart/sched");
        assertThat(cluster.has("ConfigMap", "osmo-workflows", "work")).isTrue();
    }

    @Test
    void a_secret_of_a_type_that_cannot_be_changed_passes_to_a_chart_and_back() {
        BackendSpec before =
                spec(s -> s.pullSecret("registry.example.com", "robot", Secret.of("pull", () -> "x"), "pull"));
        BackendSpec after = spec(s -> chart(s, "sched", SECRET));
        applied(before);

        assertThat(ids(applied(after)))
                .doesNotContain("DELETE pull-secret/osmo-operator/pull")
                .contains("DELETE pull-secret/osmo-workflows/pull");
        assertThat(cluster.json("Secret", "osmo-operator", "pull")).contains("\"type\":\"Opaque\"");

        applied(before);
        assertThat(cluster.json("Secret", "osmo-operator", "pull"))
                .contains("\"type\":\"kubernetes.io/dockerconfigjson\"");
    }

    /** A chart that has an object of ours too leaves it to us, also when both are installed by one apply. */
    @Test
    void an_object_that_the_spec_wants_is_not_the_charts() {
        applied(spec(s -> chart(
                s.pullSecret("registry.example.com", "robot", Secret.of("pull", () -> "x"), "pull"),
                "sched",
                SECRET,
                NAMESPACE)));

        assertThat(cluster.json("Secret", "osmo-operator", "pull")).contains("\"osmo-resource\":\"pull-secret/");
        assertThat(cluster.json("Namespace", "", "osmo-workflows")).contains("\"osmo-resource\":\"namespace/");
    }

    @Test
    void an_object_moves_from_one_chart_to_another() {
        BackendSpec both = spec(s -> chart(chart(s, "one", SHARED.replace("OWNER", "one")), "two"));
        applied(both);
        BackendSpec moved = spec(s -> chart(chart(s, "one"), "two", SHARED.replace("OWNER", "two")));
        applied(moved);
        assertThat(cluster.json("ConfigMap", "kube-system", "shared"))
                .contains("\"meta.helm.sh/release-name\":\"two\"", "\"owner\":\"two\"");

        applied(spec(s -> chart(s, "three", SHARED.replace("OWNER", "three"))));
        assertThat(cluster.json("ConfigMap", "kube-system", "shared"))
                .contains("\"meta.helm.sh/release-name\":\"three\"", "\"owner\":\"three\"");
        assertThat(cluster.has("ConfigMap", "two", "two")).isFalse();
    }

    @Test
    void two_charts_with_one_object_are_refused() {
        assertThatThrownBy(() -> osmo.plan(spec(s -> chart(chart(s, "one", SHARED), "two", SHARED))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("charts[1].location")
                .hasMessageContaining("a chart with ConfigMap shared, as the release one in one has");
    }

    /** Of a chart that is removed, of a newer version without it, and not of one that another part of the backend takes over. */
    @Test
    void storage_classes_that_leave_are_told() {
        String fast = "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: x.io\n";
        applied(spec(s -> chart(s, "disks", fast)));
        UnaryOperator<BackendSpecBuilder> other = s -> chart(s, "others", fast);

        for (UnaryOperator<BackendSpecBuilder> change :
                List.<UnaryOperator<BackendSpecBuilder>>of(s -> s, s -> chart(s, "disks"))) {
            assertThat(osmo.plan(spec(change)).warnings())
                    .anyMatch(text -> text.startsWith("StorageClass fast is deleted."));
        }
        assertThat(osmo.plan(spec(other)).warnings()).noneMatch(text -> text.startsWith("StorageClass"));
        assertThat(osmo.planDestroy(spec(s -> s)).warnings())
                .anyMatch(text -> text.startsWith("StorageClass fast is deleted."));
    }
}
