// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledNotOrphanTest {
    private static final String STALENESS = "defaultstalenessgraceperiod";

    /** All deployments of KAI with this tag. */
    private static Cluster of(String tag) {
        return of(Clusters.goodEks(), tag);
    }

    private static Cluster of(Cluster cluster, String tag) {
        cluster.deployments.stream()
                .filter(d -> d.namespace().equals("kai-scheduler"))
                .toList()
                .forEach(d -> cluster.image(d.name(), "ghcr.io/nvidia/kai-scheduler/" + d.name() + ":" + tag));
        return cluster;
    }

    /** Before 0.10 the chart makes everything itself: one scheduler, no shard. */
    private static Cluster ofChart() {
        Cluster cluster = Clusters.goodEks();
        cluster.deployments.removeIf(d -> d.namespace().equals("kai-scheduler"));
        for (String part : List.of("scheduler", "binder", "podgrouper", "admission", "queuecontroller")) {
            cluster.deployments.add(KubeObjects.installed(
                    "kai-scheduler",
                    part,
                    "ghcr.io/nvidia/kai-scheduler/" + part + ":v0.9.9",
                    part.equals("scheduler")
                            ? Map.of(STALENESS, "-1s", "updatepodevictioncondition", "true")
                            : Map.of(),
                    ""));
        }
        cluster.shards.clear();
        cluster.schedulerNames.clear();
        return cluster;
    }

    @Test
    void an_installation_by_the_chart_alone_is_judged_by_its_deployments() {
        Cluster cluster = ofChart();

        assertThat(status(cluster, "kai.installed-not-orphan")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "kai.flag-eviction-condition")).isEqualTo(Status.PASS);
        assertThat(finding(cluster, "kai.scheduler-name").observed()).isEqualTo("kai-scheduler, its default");
        assertThat(status(cluster, "kai.shard-covers-nodes")).isEqualTo(Status.SKIPPED);
        assertThat(status(cluster, "kai.version")).isEqualTo(Status.WARN);

        cluster.flag("scheduler", STALENESS, null);
        assertThat(finding(cluster, "kai.flag-staleness").next()).contains("scheduler.additionalArgs");
    }

    @Test
    void a_scheduler_that_is_down_is_found_among_others() {
        Cluster cluster = Clusters.goodEks();
        cluster.deployments.add(KubeObjects.ready(
                KubeObjects.installed(
                        "kai-scheduler", "kai-scheduler-batch", "r/kai-scheduler/scheduler:v0.14.0", Map.of(), ""),
                0));

        assertThat(finding(cluster, "kai.installed-not-orphan").observed()).startsWith("scheduler is not running");
    }
}
