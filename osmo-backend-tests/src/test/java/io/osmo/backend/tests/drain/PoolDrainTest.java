// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolDrainTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static List<String> evictions(Draining draining) {
        return draining.cloud.calls().stream()
                .map(Call::operation)
                .filter(operation -> operation.endsWith("/eviction"))
                .toList();
    }

    private static long calls(Draining draining, String start) {
        return draining.cloud.calls().stream()
                .filter(call -> call.operation().startsWith(start))
                .count();
    }

    @Test
    void work_moves_to_the_other_nodes_and_its_budget_is_respected() {
        try (Draining draining = new Draining(3, 3)) {
            EmulatedWorkload web = draining.cluster
                    .workload("web")
                    .replicas(6)
                    .on("node-type", "compute")
                    .minAvailable("5")
                    .start();
            draining.settle();
            assertThat(web.nodes().values()).anyMatch(node -> node.equals("node-1"));

            assertThat(draining.within(HOUR, Draining.DRAIN)).isTrue();

            assertThat(web.nodes().values()).containsOnly("node-4", "node-5", "node-6");
            assertThat(web.lowestReady()).isEqualTo(5);
            assertThat(draining.told)
                    .anyMatch(text -> text.matches("2 of 3 pods left on 2 nodes;"
                            + " 2 wait for budget default/web: default/web-\\S+, default/web-\\S+"))
                    .anyMatch(text -> text.startsWith("3 of 3 pods left on 3 nodes; 3 of 3 nodes not cordoned yet"));
        }
    }

    @Test
    void nothing_is_touched_before_the_pool_has_stopped_growing() {
        try (Draining draining = new Draining(2, 1)) {
            draining.cluster
                    .workload("web")
                    .replicas(2)
                    .on("node-type", "compute")
                    .start();
            draining.settle();
            AtomicInteger asked = new AtomicInteger();
            Deletable<?> drain = draining.drain(Draining.DRAIN, state -> asked.incrementAndGet() > 2);

            assertThat(Draining.loop(draining.time, Duration.ofSeconds(10), drain, text -> {}))
                    .isFalse();
            assertThat(asked).hasValue(2);
            assertThat(draining.cluster.json("Node", "", "node-1")).doesNotContain("\"unschedulable\":true");
            assertThat(evictions(draining)).isEmpty();

            assertThat(Draining.loop(draining.time, HOUR, drain, text -> {})).isTrue();
            assertThat(asked).as("once it holds it is not asked for again").hasValue(3);
        }
    }

    @Test
    void a_budget_that_allows_nothing_is_named_and_the_drain_goes_on_when_it_allows_more() {
        try (Draining draining = new Draining(1, 1)) {
            EmulatedWorkload web = draining.cluster
                    .workload("web")
                    .replicas(2)
                    .on("node-type", "compute")
                    .minAvailable("100%")
                    .start();
            draining.settle();

            assertThat(draining.within(Duration.ofMinutes(10), Draining.DRAIN)).isFalse();
            assertThat(draining.told)
                    .last()
                    .asString()
                    .matches("1 of 1 pod left on 1 node; 1 waits for budget default/web: default/web-\\S+");
            assertThat(evictions(draining)).as("the API is not asked in vain").isEmpty();

            web.minAvailable("1").start();
            assertThat(draining.within(Duration.ofMinutes(1), Draining.DRAIN)).isTrue();
            assertThat(web.lowestReady()).isEqualTo(1);
        }
    }

    @Test
    void a_pod_that_nothing_would_create_again_is_waited_for() {
        try (Draining draining = new Draining(1, 1)) {
            EmulatedWorkload wf = draining.cluster
                    .workload("wf")
                    .bare()
                    .namespace("osmo")
                    .on("pool", "old")
                    .runsFor(Duration.ofMinutes(30))
                    .start();
            draining.settle();

            assertThat(draining.within(Duration.ofMinutes(20), Draining.DRAIN)).isFalse();
            assertThat(draining.told)
                    .last()
                    .isEqualTo("1 of 1 pod left on 1 node; 1 pod without controller runs on: osmo/wf-1");
            assertThat(wf.ready()).isEqualTo(1);

            assertThat(draining.within(HOUR, Draining.DRAIN)).isTrue();
            assertThat(evictions(draining)).isEmpty();
        }
    }

    @Test
    void a_drain_that_may_end_work_evicts_pods_without_a_controller() {
        try (Draining draining = new Draining(1, 1)) {
            EmulatedWorkload wf =
                    draining.cluster.workload("wf").bare().on("pool", "old").start();
            draining.settle();

            assertThat(draining.within(Duration.ofMinutes(1), Draining.DRAIN.endsWork(true)))
                    .isTrue();
            assertThat(wf.nodes()).isEmpty();
        }
    }

    @Test
    void pods_that_are_bound_to_their_node_are_left_alone() {
        try (Draining draining = new Draining(2, 0)) {
            EmulatedWorkload agent =
                    draining.cluster.workload("agent").daemonSet().start();
            draining.cluster.put(Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Pod",
                    "metadata",
                    Map.of(
                            "name",
                            "kube-proxy-node-1",
                            "namespace",
                            "kube-system",
                            "annotations",
                            Map.of("kubernetes.io/config.mirror", "x")),
                    "spec",
                    Map.of("nodeName", "node-1"),
                    "status",
                    Map.of("phase", "Running")));
            draining.settle();

            assertThat(draining.within(Duration.ofMinutes(1), Draining.DRAIN)).isTrue();
            assertThat(evictions(draining)).isEmpty();
            assertThat(agent.ready()).isEqualTo(2);
        }
    }

    @Test
    void a_pod_of_a_stateful_set_that_has_come_back_under_its_name_is_not_evicted_again() {
        try (Draining draining = new Draining(1, 1)) {
            EmulatedWorkload store = draining.cluster
                    .workload("store")
                    .statefulSet()
                    .on("node-type", "compute")
                    .start();
            draining.settle();
            Deletable<?> drain = draining.drain(Draining.DRAIN);

            deleteTwice(drain, draining);

            assertThat(store.nodes()).containsExactly(Map.entry("store-0", "node-2"));
            assertThat(store.ready()).isEqualTo(1);
        }
    }

    private static <O> void deleteTwice(Deletable<O> drain, Draining draining) {
        O seen = drain.read(Draining.NOTHING_KNOWN).orElseThrow();
        drain.delete(seen, Draining.NOTHING_KNOWN);
        draining.time.advance(Duration.ofMinutes(1));
        drain.delete(seen, Draining.NOTHING_KNOWN);
    }

    @Test
    void a_hundred_nodes_are_drained_in_few_calls() {
        try (Draining draining = new Draining(100, 20)) {
            EmulatedWorkload web = draining.cluster
                    .workload("web")
                    .replicas(180)
                    .on("node-type", "compute")
                    .maxUnavailable("20%")
                    .start();
            draining.settle();
            long here = web.nodes().values().stream()
                    .filter(node -> Integer.parseInt(node.substring("node-".length())) <= 100)
                    .count();
            draining.cloud.forgetCalls();

            assertThat(draining.within(HOUR, Draining.DRAIN)).isTrue();

            assertThat(calls(draining, "PATCH api/v1/nodes/")).isEqualTo(100);
            assertThat(calls(draining, "GET api/v1/nodes/")).isZero();
            assertThat(here).isGreaterThan(100);
            assertThat(evictions(draining)).doesNotHaveDuplicates();
            assertThat((long) evictions(draining).size()).isEqualTo(here);
            long passes = calls(draining, "GET api/v1/nodes");
            assertThat(calls(draining, "GET api/v1/pods")).isLessThanOrEqualTo(passes);
            assertThat(web.lowestReady()).isGreaterThanOrEqualTo(144);
        }
    }

    @Test
    void a_node_that_is_removed_meanwhile_is_no_failure() {
        try (Draining draining = new Draining(2, 1)) {
            draining.cluster
                    .workload("web")
                    .replicas(6)
                    .on("node-type", "compute")
                    .start();
            draining.settle();
            Deletable<?> drain = draining.drain(Draining.DRAIN);

            removeBetween(drain, draining);

            assertThat(draining.within(Duration.ofMinutes(1), Draining.DRAIN)).isTrue();
            assertThat(draining.cluster.workload("web").nodes().values()).containsOnly("node-3");
        }
    }

    private static <O> void removeBetween(Deletable<O> drain, Draining draining) {
        O seen = drain.read(Draining.NOTHING_KNOWN).orElseThrow();
        draining.cluster.removeNode("node-1");
        drain.delete(seen, Draining.NOTHING_KNOWN);
    }

    @Test
    void pods_on_a_node_that_is_lost_are_told_to_end_and_not_waited_for() {
        try (Draining draining = new Draining(1, 1)) {
            draining.cluster.workload("web").on("pool", "old").start();
            draining.settle();
            draining.cluster.loseNode("node-1");

            assertThat(draining.within(Duration.ofMinutes(1), Draining.DRAIN)).isTrue();
            assertThat(evictions(draining)).hasSize(1);
        }
    }

    @Test
    void a_node_that_joins_the_pool_meanwhile_is_drained_too() {
        try (Draining draining = new Draining(1, 1)) {
            draining.cluster.workload("wf").bare().on("pool", "old").start();
            draining.settle();
            draining.within(Duration.ofMinutes(1), Draining.DRAIN);
            draining.cloud.nodes(1, "lab-8", Map.of("pool", "old"));

            draining.within(Duration.ofMinutes(1), Draining.DRAIN);

            assertThat(draining.cluster.json("Node", "", "node-3")).contains("\"unschedulable\":true");
        }
    }

    @Test
    void a_pool_without_nodes_needs_no_drain() {
        try (Draining draining = new Draining(0, 1)) {
            draining.cluster.workload("web").start();

            assertThat(draining.drain(Draining.DRAIN).read(Draining.NOTHING_KNOWN))
                    .isEmpty();
            assertThat(calls(draining, "GET")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH api/v1/nodes/node-2", "POST *eviction", "GET api/v1/pods*"})
    void a_failure_in_the_middle_ends_the_pass_and_the_next_one_goes_on(String operation) {
        try (Draining draining = new Draining(2, 2)) {
            EmulatedWorkload web = draining.cluster
                    .workload("web")
                    .replicas(4)
                    .on("node-type", "compute")
                    .start();
            draining.settle();
            draining.cloud.faults().onCall(operation).times(1).refuse(403, "Forbidden", "no");

            assertThatThrownBy(() -> draining.within(HOUR, Draining.DRAIN))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.NOT_AUTHORIZED));
            assertThat(draining.within(Duration.ofMinutes(2), Draining.DRAIN)).isTrue();
            assertThat(web.nodes().values()).containsOnly("node-3", "node-4");
        }
    }

    @Test
    void a_pod_that_cannot_be_evicted_does_not_keep_the_others() {
        try (Draining draining = new Draining(1, 1)) {
            IntStream.rangeClosed(1, 3)
                    .forEach(i -> draining.cluster
                            .workload("web-" + i)
                            .on("node-type", "compute")
                            .start());
            draining.settle();
            int here = (int) IntStream.rangeClosed(1, 3)
                    .filter(i -> draining.cluster.workload("web-" + i).nodes().containsValue("node-1"))
                    .count();
            draining.cloud.faults().onCall("POST *eviction").nth(1).failWith5xx();

            assertThatThrownBy(() -> draining.within(HOUR, Draining.DRAIN))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.UNAVAILABLE));
            assertThat(evictions(draining)).hasSize(here).hasSizeGreaterThan(1);
        }
    }

    @Test
    void too_many_requests_to_the_api_are_told_apart_from_a_budget() {
        try (Draining draining = new Draining(1, 1)) {
            draining.cluster.workload("web").on("pool", "old").start();
            draining.settle();
            draining.cloud.faults().onCall("POST *eviction").times(1).throttle();

            assertThatThrownBy(() -> draining.within(HOUR, Draining.DRAIN))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.THROTTLED));
        }
    }

    @Test
    void a_pod_of_two_budgets_is_named_and_not_sent() {
        try (Draining draining = new Draining(1, 1)) {
            draining.cluster
                    .workload("web")
                    .on("pool", "old")
                    .maxUnavailable("1")
                    .start();
            draining.cluster.put(Map.of(
                    "apiVersion",
                    "policy/v1",
                    "kind",
                    "PodDisruptionBudget",
                    "metadata",
                    Map.of("name", "all", "namespace", "default"),
                    "spec",
                    Map.of("maxUnavailable", 1, "selector", Map.of())));
            draining.settle();

            assertThat(draining.within(Duration.ofMinutes(2), Draining.DRAIN)).isFalse();
            assertThat(draining.told)
                    .last()
                    .asString()
                    .startsWith("1 of 1 pod left on 1 node; 1 pod cannot be evicted, as more than one budget covers it:"
                            + " default/web-");
            assertThat(evictions(draining)).isEmpty();
        }
    }

    @Test
    void without_a_cluster_that_answers_nothing_is_known() {
        try (Draining draining = new Draining(1, 0);
                ClusterSide none = ClusterSide.open(draining.time, state -> Optional.empty())) {
            Deletable<?> drain =
                    none.drain(Draining.DRAIN, draining.drain(Draining.DRAIN).id());

            assertThatThrownBy(() -> drain.read(Draining.NOTHING_KNOWN))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.UNAVAILABLE));
            draining.cloud.faults().onCall("GET *").failWith5xx();
            assertThatThrownBy(() -> draining.drain(Draining.DRAIN).read(Draining.NOTHING_KNOWN))
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.UNAVAILABLE));
        }
    }

    @Test
    void what_a_plan_shows_of_it() {
        try (Draining draining = new Draining(1, 0)) {
            Deletable<?> drain = draining.drain(Draining.DRAIN.deadline(Duration.ofMinutes(20)));

            assertThat(drain.id()).hasToString("drain/cpu");
            assertThat(drain.pool()).contains("cpu");
            assertThat(drain.after()).containsExactlyElementsOf(Draining.DRAIN.pools());
            assertThat(drain.describe()).isEqualTo("work on the nodes of pool cpu");
            assertThat(drain.timing().deadline()).hasMinutes(20);
            assertThat(drain.deletedWith())
                    .hasValueSatisfying(id -> assertThat(id).hasToString("cluster/main"));
            assertThat(status(drain)).isEqualTo(Readiness.Status.PENDING);
        }
    }

    private static <O> Readiness.Status status(Deletable<O> drain) {
        return drain.readiness(drain.read(Draining.NOTHING_KNOWN).orElseThrow()).status();
    }
}
