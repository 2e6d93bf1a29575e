// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.ShardFacts;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerFlagTest {
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

    @ParameterizedTest
    @CsvSource({
        "v0.9.9, scheduler.additionalArgs",
        "v0.10.2, kubectl patch schedulingshard default",
        "v0.14.7, kubectl patch schedulingshard default",
        "v0.15.0, --set-string scheduler.args.default-staleness-grace-period=-1s",
        "latest, scheduler.args of the chart (0.15 and newer)"
    })
    void the_remedy_for_a_flag_depends_on_the_version(String tag, String next) {
        Cluster cluster = of(tag);
        cluster.flag("kai-scheduler-default", STALENESS, null);

        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.FAIL);
        assertThat(finding(cluster, "kai.flag-staleness").next()).contains(next);
    }

    @ParameterizedTest
    @CsvSource({"-1s, PASS", "-1m, PASS", "-1ns, PASS", "-0s, FAIL", "60s, FAIL", "0, FAIL", "8760h, FAIL"})
    void any_negative_time_means_never(String value, Status status) {
        assertThat(status(Clusters.goodEks().flag("kai-scheduler-default", STALENESS, value), "kai.flag-staleness"))
                .isEqualTo(status);
    }

    /** The values of OSMO's deployments/charts/osmo/examples/kai-values.yaml at 99b29c1e. */
    @Test
    void osmos_present_values_for_kai_pass() {
        Cluster cluster = of("v0.15.3").flag("kai-scheduler-default", STALENESS, "3m");
        assertThat(status(cluster, "kai.flag-staleness"))
                .as("the time alone only delays the eviction")
                .isEqualTo(Status.FAIL);
        assertThat(finding(cluster, "kai.flag-staleness").next())
                .contains("scheduler.actions.stalegangeviction.enabled=false");

        cluster.shards.set(
                0, new ShardFacts("default", "", Map.of(STALENESS, "3m"), Fact.of(Set.of("stalegangeviction"))));
        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.PASS);
    }

    @Test
    void an_action_that_is_off_in_one_shard_is_still_on_in_another() {
        Cluster cluster = Clusters.goodEks().flag("kai-scheduler-default", STALENESS, "3m");
        cluster.shards.add(new ShardFacts("batch", "batch", Map.of(), Fact.of(Set.of("stalegangeviction"))));

        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.FAIL);
    }

    @Test
    void every_shards_scheduler_needs_the_flag() {
        Cluster cluster = Clusters.goodEks();
        cluster.shards.add(KubeObjects.shard("batch", "batch", Map.of(STALENESS, "-1s")));
        cluster.deployments.add(KubeObjects.installed(
                "kai-scheduler", "kai-scheduler-batch", "r/kai-scheduler/scheduler:v0.14.0", Map.of(), ""));

        assertThat(finding(cluster, "kai.flag-staleness").observed()).isEqualTo("not set (1 of 2 schedulers)");
        assertThat(finding(cluster, "kai.flag-staleness").resources())
                .containsExactly("deployment/kai-scheduler/kai-scheduler-batch");
    }

    @Test
    void without_a_scheduler_the_shard_is_judged() {
        Cluster cluster = Clusters.goodEks();
        cluster.deployments.removeIf(d -> d.name().equals("kai-scheduler-default"));
        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.FAIL);

        cluster.shards.set(0, KubeObjects.shard("default", "", Map.of(STALENESS, "-1s")));
        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "kai.installed-not-orphan")).isEqualTo(Status.FAIL);
    }
}
