// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several charts, and a cluster that the same plan creates. */
class ChartOrderTest {
    private static final String OPERATOR = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: operator}
            """;
    private static final String USER = """
            apiVersion: scheduling.example.com/v1
            kind: Queue
            metadata: {name: mine}
            spec: {priority: 2}
            """;

    @TempDir
    Path folder;

    private String write(String name, String manifests) {
        try {
            return Files.writeString(folder.resolve(name + ".yaml"), manifests).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** OSMO's operator, what uses the kinds of the scheduler, and the scheduler, in the wrong order. */
    private BackendSpec three(BackendSpec bare) {
        BackendSpec two = bare.toBuilder()
                .osmo(o -> o.serviceUrl("https://osmo.example.com").release("6.3.1"))
                .chart(
                        "osmo-operator",
                        c -> c.location(write("operator", OPERATOR))
                                .chart("backend-operator")
                                .version("1.4.0"))
                .chart("user", c -> c.location(write("user", USER)).version("1.0.0"))
                .build();
        return new ChartFile(folder, "sched").in(two);
    }

    private static List<String> charts(OsmoBackends osmo, Plan plan) {
        List<String> done = new ArrayList<>();
        osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.DATA).listener(event -> {
            if (event instanceof Event.ResourceDone one && one.resource().kind().equals("chart")) {
                done.add(one.resource().name());
            }
        }));
        return done;
    }

    @Test
    void charts_wait_for_the_kinds_of_others_and_the_operator_is_the_last_to_come_and_to_go() {
        BackendSpec bare = BackendSpec.builder("lab-west")
                .on("existing", "lab")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            EmulatedExisting cloud = (EmulatedExisting) clouds.cloud("existing");
            cloud.nodes(2, "lab-8", Map.of("node-type", "compute"));
            EmulatedCluster cluster = cloud.cluster(bare.ref());
            BackendSpec spec = three(bare);

            assertThat(charts(osmo, osmo.plan(spec))).containsExactly("sched", "user", "osmo-operator");
            assertThat(osmo.plan(spec).isEmpty()).isTrue();

            cluster.put(Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Pod",
                    "metadata",
                    Map.of(
                            "name", "wf-1",
                            "namespace", "osmo-workflows",
                            "finalizers", List.of("osmo.nvidia.com/cleanup"))));
            Plan destroy = osmo.planDestroy(bare.ref());
            assertThat(destroy.guards())
                    .singleElement()
                    .hasToString("workflows of OSMO: 1 pod has a finalizer that only OSMO's operator removes:"
                            + " osmo-workflows/wf-1. Cancel the workflows, or let them end, and plan again.");
            assertThatThrownBy(() -> osmo.apply(destroy)).isInstanceOf(GuardedException.class);
            assertThat(cluster.has("ConfigMap", "osmo-operator", "operator")).isTrue();
            cluster.remove("Pod", "osmo-workflows", "wf-1");

            assertThat(charts(osmo, osmo.planDestroy(bare.ref()))).containsExactly("user", "sched", "osmo-operator");
            assertThat(cluster.has("ConfigMap", "osmo-operator", "operator")).isFalse();
        }
    }

    @Test
    void without_a_cluster_a_chart_is_one_creation_with_its_digest_after_the_pools() {
        BackendSpec spec = new ChartFile(folder, "sched")
                .in(BackendSpec.builder("train-west")
                        .on("aws", "us-west-2")
                        .profile(Profile.DEVELOPMENT)
                        .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                        .build());
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            Plan plan = osmo.plan(spec);

            assertThat(plan.changes())
                    .filteredOn(change -> change.resource().equals(ResourceId.of("chart", "sched")))
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.action()).isEqualTo(Action.CREATE);
                        assertThat(change.fields())
                                .singleElement()
                                .extracting(FieldChange::after)
                                .asString()
                                .startsWith("sched-1.0.0 sha256:");
                    });
            assertThat(charts(osmo, plan)).containsExactly("sched");
            assertThat(osmo.plan(spec).isEmpty()).isTrue();
            assertThat(clouds.aws().cluster(spec.ref()).has("Deployment", "sched", "scheduler"))
                    .isTrue();

            assertThat(osmo.planDestroy(spec.ref()).changes())
                    .as("a chart goes with its cluster")
                    .noneMatch(change -> change.resource().kind().equals("chart"));
        }
    }
}
