// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemainingPodTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static Pod pod(String metadata, String status) {
        return YAML.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: default, uid: u, labels: {app: web, tier: front}%s}
                spec: {nodeName: n}
                status: {%s}
                """.formatted(metadata.isEmpty() ? "" : ", " + metadata, status), Pod.class);
    }

    private static String owner(String kind) {
        return "ownerReferences: [{apiVersion: apps/v1, kind: " + kind + ", name: o, uid: o, controller: true}]";
    }

    private static final String RUNNING = "phase: Running, conditions: [{type: Ready, status: 'True'}]";
    private static final String UNREADY = "phase: Running, conditions: [{type: Ready, status: 'False'}]";

    private static Budget budget(String name, String spec, String status) {
        return Budget.of(YAML.unmarshal(
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: %s, namespace: default, generation: 2}
                spec: {selector: {matchLabels: {app: web}}%s}
                status: {%s}
                """.formatted(name, spec.isEmpty() ? "" : ", " + spec, status), PodDisruptionBudget.class));
    }

    @Test
    void pods_of_daemon_sets_mirror_pods_and_finished_pods_are_no_work() {
        assertThat(Stream.of(
                        pod(owner("DaemonSet"), RUNNING),
                        pod(owner("Node"), RUNNING),
                        pod("annotations: {kubernetes.io/config.mirror: x}", RUNNING),
                        pod(owner("ReplicaSet"), "phase: Succeeded"),
                        pod("", "phase: Failed")))
                .noneMatch(RemainingPod::isWork);
        assertThat(Stream.of(pod(owner("ReplicaSet"), RUNNING), pod("", RUNNING), pod(owner("Job"), "")))
                .allMatch(RemainingPod::isWork);
    }

    @Test
    void a_pod_without_a_controller_is_kept_unless_its_work_may_end() {
        Pod owned = pod("ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: o, uid: o}]", RUNNING);

        assertThat(RemainingPod.of(owned, List.of(), false).hold())
                .as("an owner that is no controller makes no new pods")
                .isEqualTo(Hold.NO_CONTROLLER);
        assertThat(RemainingPod.of(owned, List.of(), true).hold()).isEqualTo(Hold.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "'disruptionsAllowed: 1, observedGeneration: 2', '', true, NONE",
        "disruptionsAllowed: 0, '', true, BUDGET",
        // An unhealthy pod may go if enough others are healthy, or if the budget says so.
        "'disruptionsAllowed: 0, currentHealthy: 5, desiredHealthy: 5', '', false, NONE",
        "'disruptionsAllowed: 0, currentHealthy: 4, desiredHealthy: 5', '', false, BUDGET",
        "'disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0', '', false, BUDGET",
        "'disruptionsAllowed: 0, currentHealthy: 4, desiredHealthy: 5', unhealthyPodEvictionPolicy: AlwaysAllow, false, NONE",
        "'disruptionsAllowed: 0, currentHealthy: 5, desiredHealthy: 5', unhealthyPodEvictionPolicy: AlwaysAllow, true, BUDGET",
        // The last change of the budget has not been counted yet.
        "disruptionsAllowed: 3, '', true, BUDGET",
    })
    void a_budget_holds_a_pod_as_the_eviction_api_would(String status, String spec, boolean ready, Hold hold) {
        Budget budget = budget("web", spec, status);

        RemainingPod pod = RemainingPod.of(pod(owner("ReplicaSet"), ready ? RUNNING : UNREADY), List.of(budget), false);

        assertThat(pod.hold()).isEqualTo(hold);
        assertThat(pod.budgets()).containsExactly("default/web");
    }

    @Test
    void a_pod_of_two_budgets_cannot_be_evicted_and_one_that_has_not_started_can() {
        List<Budget> two = List.of(budget("a", "", "disruptionsAllowed: 1"), budget("b", "", ""));

        assertThat(RemainingPod.of(pod(owner("ReplicaSet"), RUNNING), two, false)
                        .hold())
                .isEqualTo(Hold.SEVERAL_BUDGETS);
        assertThat(RemainingPod.of(pod(owner("ReplicaSet"), "phase: Pending"), two, false)
                        .hold())
                .isEqualTo(Hold.NONE);
    }

    @Test
    void a_pod_that_has_been_told_to_end_is_only_waited_for() {
        Pod ending = pod("deletionTimestamp: '2026-01-01T00:00:00Z'", RUNNING);

        assertThat(RemainingPod.of(ending, List.of(), true).hold()).isEqualTo(Hold.ENDING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{matchLabels: {app: web}}",
                "{matchExpressions: [{key: app, operator: In, values: [api, web]}]}",
                "{matchExpressions: [{key: app, operator: Exists}, {key: other, operator: DoesNotExist}]}",
                "{matchExpressions: [{key: other, operator: NotIn, values: [web]}]}",
            })
    void selectors_that_cover_a_pod(String selector) {
        assertThat(covers(selector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{matchLabels: {app: web, tier: back}}",
                "{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}",
                "{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: DoesNotExist}]}",
                "{matchExpressions: [{key: other, operator: In, values: [web]}]}",
            })
    void selectors_that_do_not_cover_it(String selector) {
        assertThat(covers(selector)).isFalse();
    }

    private static boolean covers(String selector) {
        PodDisruptionBudget budget = YAML.unmarshal("""
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web, namespace: default}
                spec: {selector: %s}
                """.formatted(selector), PodDisruptionBudget.class);
        return Budget.of(budget).covers(pod("", RUNNING));
    }
}
