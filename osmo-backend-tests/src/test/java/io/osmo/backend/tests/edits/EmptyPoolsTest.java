// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.container.v1.SetNodePoolSizeRequest;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.testkit.EmulatedClouds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool that may have no nodes, and has none: whatever happens to it disturbs nothing, as long as that is so. */
class EmptyPoolsTest {
    private static final String POOL = "idle";

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();

    private enum Cloud {
        AWS("us-west-2", "m7i.2xlarge"),
        GCP("us-central1", "n2-standard-8"),
        AZURE("westeurope", "Standard_D8s_v5");

        private final String region;
        private final String machine;

        Cloud(String region, String machine) {
            this.region = region;
            this.machine = machine;
        }

        private BackendSpec spec(UnaryOperator<BackendSpecBuilder> change) {
            return change.apply(BackendSpec.builder("train-west")
                            .on(name().toLowerCase(Locale.ROOT), region)
                            .deletionProtection(false)
                            .computePool("cpu", p -> p.instanceType(machine).scale(1, 2))
                            .computePool(
                                    POOL,
                                    p -> p.instanceType(machine)
                                            .scale(0, 4)
                                            .label("team", POOL)
                                            .drainMinutes(5)))
                    .build();
        }
    }

    /** By their names; each does something to the nodes of a pool that has any, on every cloud. */
    private static Map<String, UnaryOperator<BackendSpecBuilder>> edits() {
        Map<String, UnaryOperator<BackendSpecBuilder>> edits = new LinkedHashMap<>();
        edits.put("disk", s -> s.changePool(POOL, p -> p.diskGib(300)));
        edits.put("spot", s -> s.changePool(POOL, p -> p.spot(true)));
        edits.put("recreated", s -> s.changePool(POOL, p -> p.spot(true).replacement(Replacement.RECREATE)));
        edits.put("taint", s -> s.changePool(POOL, p -> p.taint("stop", "now", Taint.Effect.NO_EXECUTE)));
        edits.put("removed", s -> s.removePool(POOL));
        return edits;
    }

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    /** As the autoscaler does for a pod. */
    private void addNodes(Cloud cloud) {
        String cluster = cloud.spec(s -> s).name();
        switch (cloud) {
            case AWS ->
                clouds.aws()
                        .open(cloud.region, EksSettings.defaults())
                        .eks()
                        .updateNodegroupConfig(r -> r.clusterName(cluster)
                                .nodegroupName(POOL)
                                .scalingConfig(
                                        scaling -> scaling.minSize(0).maxSize(4).desiredSize(1)));
            case GCP -> {
                try (GcpClients gcp = clouds.gcp().open(cloud.region, GkeSettings.defaults())) {
                    var unused = gcp.clusters()
                            .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                                    .setName("projects/" + gcp.project() + "/locations/" + cloud.region + "/clusters/"
                                            + cluster + "/nodePools/" + POOL)
                                    .setNodeCount(1)
                                    .build());
                }
            }
            case AZURE -> clouds.azure().scalePool("osmo-" + cluster + "-" + cloud.region, cluster, POOL, 1);
        }
        clouds.time().advance(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @EnumSource
    void no_change_disturbs_anything_before_there_is_a_node(Cloud cloud) {
        osmo.apply(osmo.plan(cloud.spec(s -> s)));

        edits().forEach((name, edit) -> {
            Plan plan = osmo.plan(cloud.spec(edit));
            assertThat(plan.changes()).as(name).isNotEmpty();
            assertThat(plan.disruption()).as(name).isEqualTo(Disruption.NONE);
        });

        addNodes(cloud);
        edits().forEach((name, edit) ->
                assertThat(osmo.plan(cloud.spec(edit)).disruption()).as(name).isNotEqualTo(Disruption.NONE));
    }

    @ParameterizedTest
    @EnumSource
    void changes_are_made_without_a_permission(Cloud cloud) {
        osmo.apply(osmo.plan(cloud.spec(s -> s)));

        edits().forEach((name, edit) -> {
            BackendSpec changed = cloud.spec(edit);
            osmo.apply(osmo.plan(changed), ApplyOptions.defaults().allow(Disruption.NONE));
            assertThat(osmo.plan(changed).changes()).as(name).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void nodes_that_came_after_the_plan_are_not_ended(Cloud cloud) {
        osmo.apply(osmo.plan(cloud.spec(s -> s)));
        Plan removal = osmo.plan(cloud.spec(s -> s.removePool(POOL)));
        addNodes(cloud);

        assertThatExceptionOfType(StalePlanException.class)
                .isThrownBy(() -> osmo.apply(removal, ApplyOptions.defaults().allow(Disruption.OUTAGE)))
                .withMessageContaining("would do more to running work: OUTAGE; the plan says NONE");
    }
}
