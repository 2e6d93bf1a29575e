// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.Clusters.finding;
import static io.osmo.backend.verify.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.ShardFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KAI as its versions install it. */
class KaiChecksTest {
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
            cluster.deployments.add(Clusters.installed(
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
    void what_the_chart_alone_installs_is_judged_by_its_deployments() {
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

    @ParameterizedTest
    @CsvSource({
        "v0.9.9, scheduler.additionalArgs",
        "v0.10.2, kubectl patch schedulingshard default",
        "v0.14.7, kubectl patch schedulingshard default",
        "v0.15.0, --set-string scheduler.args.default-staleness-grace-period=-1s",
        "latest, scheduler.args of the chart (0.15 and newer)"
    })
    void how_a_flag_is_set_depends_on_the_version(String tag, String next) {
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

    @Test
    void a_flag_is_asked_of_the_scheduler_of_each_shard() {
        Cluster cluster = Clusters.goodEks();
        cluster.shards.add(new ShardFacts("batch", "batch", Map.of(STALENESS, "-1s")));
        cluster.deployments.add(Clusters.installed(
                "kai-scheduler", "kai-scheduler-batch", "r/kai-scheduler/scheduler:v0.14.0", Map.of(), ""));

        assertThat(finding(cluster, "kai.flag-staleness").observed()).isEqualTo("not set (1 of 2 schedulers)");
        assertThat(finding(cluster, "kai.flag-staleness").resources())
                .containsExactly("deployment/kai-scheduler/kai-scheduler-batch");
    }

    @Test
    void as_long_as_no_scheduler_is_there_its_shard_tells() {
        Cluster cluster = Clusters.goodEks();
        cluster.deployments.removeIf(d -> d.name().equals("kai-scheduler-default"));
        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.FAIL);

        cluster.shards.set(0, new ShardFacts("default", "", Map.of(STALENESS, "-1s")));
        assertThat(status(cluster, "kai.flag-staleness")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "kai.installed-not-orphan")).isEqualTo(Status.FAIL);
    }

    @Test
    void a_scheduler_that_is_down_is_found_beside_one_that_runs() {
        Cluster cluster = Clusters.goodEks();
        cluster.deployments.add(Clusters.ready(
                Clusters.installed(
                        "kai-scheduler", "kai-scheduler-batch", "r/kai-scheduler/scheduler:v0.14.0", Map.of(), ""),
                0));

        assertThat(finding(cluster, "kai.installed-not-orphan").observed()).startsWith("scheduler does not run");
    }

    @ParameterizedTest
    @CsvSource({
        "v0.12.10, '0.12.10, 0.14 is recommended'",
        "v0.14.0, 0.14.0",
        "v0.14.7, 0.14.7",
        "v0.16.8, '0.16.8, newer than OSMO was tested with'"
    })
    void a_version_that_is_good_enough_is_told_with_what_is_to_be_said_of_it(String tag, String observed) {
        assertThat(status(of(tag), "kai.version")).isEqualTo(Status.PASS);
        assertThat(finding(of(tag), "kai.version").observed()).isEqualTo(observed);
    }

    @ParameterizedTest
    @CsvSource({"v0.13.4, WARN", "v0.14.0, PASS"})
    void on_aks_kai_before_0_14_is_at_odds_with_the_cloud(String tag, Status status) {
        Cluster cluster = of(Clusters.goodAks(), tag);

        assertThat(status(cluster, "kai.version")).isEqualTo(status);
    }

    @Test
    void the_version_is_that_of_kai_and_the_oldest_of_its_parts() {
        Cluster cluster = of("v0.14.0");
        cluster.deployments.add(
                0,
                Clusters.installed(
                        "kai-scheduler", "prometheus", "quay.io/prometheus/prometheus:v0.1.0", Map.of(), ""));
        assertThat(finding(cluster, "kai.version").observed()).isEqualTo("0.14.0");

        cluster.image("binder", "mirror.example.com/osmo/binder:v0.11.0");
        assertThat(finding(cluster, "kai.version").observed()).isEqualTo("0.11.0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void only_a_class_of_another_value_has_to_be_deleted(boolean wrong) {
        Cluster cluster = Clusters.goodEks();
        cluster.priorityClasses.remove(2);
        if (wrong) {
            cluster.priorityClasses.set(0, new PriorityClassFacts("osmo-high", 1000, false));
        }

        String next = finding(cluster, "kai.priority-classes").next();

        assertThat(next.contains("kubectl delete priorityclass osmo-high,")).isEqualTo(wrong);
        assertThat(next.contains("global.priorityClasses.enabled=true")).isEqualTo(!wrong);
    }
}
