// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.LimitRangeFacts;
import io.osmo.backend.verify.snapshot.QuotaFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceQuotasTest {
    private static Cluster with(QuotaFacts quota) {
        Cluster cluster = Clusters.goodEks();
        cluster.quotas.clear();
        cluster.quotas.add(quota);
        return cluster;
    }

    @ParameterizedTest
    @CsvSource({
        "pods, 0, 0, FAIL",
        "count/pods, 0, 0, FAIL",
        "requests.cpu, 0, 0, FAIL",
        "requests.cpu, 100m, 0, FAIL",
        "requests.memory, 512Mi, 0, FAIL",
        "limits.ephemeral-storage, 0, 0, FAIL",
        "pods, 10, 10, WARN",
        "requests.cpu, 16, 16, WARN",
        "pods, 100, 3, PASS",
        "requests.storage, 0, 0, PASS",
        "services, 0, 0, FAIL",
        "count/services, 0, 0, FAIL",
        "services, 5, 5, WARN",
        "secrets, 1, 0, FAIL",
        "count/secrets, 9, 8, WARN",
        "count/podgroups.scheduling.run.ai, 0, 0, FAIL",
        "services.loadbalancers, 0, 0, PASS",
        "configmaps, 0, 0, PASS"
    })
    void a_quota_without_room_for_a_pod_or_a_workflow_is_found(
            String resource, String hard, String used, Status status) {
        Cluster cluster = with(KubeObjects.quota("osmo-workflows", Map.of(resource, hard), Map.of(resource, used)));

        assertThat(status(cluster, "operator.namespace-quotas")).isEqualTo(status);
    }

    /** The good cluster has a node with a GPU. */
    @Test
    void a_quota_without_gpus_in_the_namespace_of_workflows_is_found() {
        Map<String, String> none = Map.of("requests.nvidia.com/gpu", "0");

        assertThat(finding(with(KubeObjects.quota("osmo-workflows", none, Map.of())), "operator.namespace-quotas"))
                .satisfies(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.FAIL);
                    assertThat(finding.observed())
                            .startsWith("osmo-workflows admits no pod with a GPU: requests.nvidia.com/gpu 0");
                });
        assertThat(status(with(KubeObjects.quota("osmo-operator", none, Map.of())), "operator.namespace-quotas"))
                .isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @CsvSource({"services, group of several tasks", "secrets, workflow", "count/podgroups.scheduling.run.ai, workflow"})
    void what_only_workflows_need_is_not_missed_in_the_namespace_of_the_operator(String resource, String refused) {
        Map<String, String> none = Map.of(resource, "0");

        assertThat(finding(with(KubeObjects.quota("osmo-workflows", none, Map.of())), "operator.namespace-quotas")
                        .observed())
                .startsWith("osmo-workflows admits no " + refused + ": " + resource + " 0");
        assertThat(status(with(KubeObjects.quota("osmo-operator", none, Map.of())), "operator.namespace-quotas"))
                .isEqualTo(Status.PASS);
    }

    @Test
    void the_quota_and_the_limit_are_named() {
        Cluster cluster = with(KubeObjects.quota("osmo-workflows", Map.of("pods", "0"), Map.of()));

        assertThat(finding(cluster, "operator.namespace-quotas").observed())
                .isEqualTo("osmo-workflows admits no pod: pods 0 (1 of 1 quotas on pods of OSMO)");
        assertThat(finding(cluster, "operator.namespace-quotas").resources())
                .containsExactly("quota/osmo-workflows/limit");
    }

    @ParameterizedTest
    @CsvSource({
        "osmo-workflows, BestEffort, SKIPPED",
        "osmo-workflows, Terminating, SKIPPED",
        "osmo-workflows, NotBestEffort, FAIL",
        "osmo-workflows, PriorityClass, FAIL",
        "osmo-workflows, not PriorityClass, SKIPPED",
        "osmo-workflows, not PriorityClass system-node-critical, FAIL",
        "osmo-workflows, not PriorityClass osmo-high, FAIL",
        "elsewhere, NotBestEffort, SKIPPED"
    })
    void quotas_on_other_pods_do_not_matter(String namespace, String scope, Status status) {
        Cluster cluster = with(new QuotaFacts(
                namespace, "limit", Set.of(), Fact.of(Set.of(scope)), Fact.of(Map.of("pods", "0")), Fact.of(Map.of())));

        assertThat(status(cluster, "operator.namespace-quotas")).isEqualTo(status);
    }

    @Test
    void a_quota_that_leaves_out_all_of_osmos_priority_classes_does_not_matter() {
        Cluster cluster = with(new QuotaFacts(
                "osmo-workflows",
                "limit",
                Set.of(),
                Fact.of(Set.of(
                        "not PriorityClass osmo-high", "not PriorityClass osmo-normal", "not PriorityClass osmo-low")),
                Fact.of(Map.of("pods", "0")),
                Fact.of(Map.of())));

        assertThat(status(cluster, "operator.namespace-quotas")).isEqualTo(Status.SKIPPED);
    }

    @Test
    void a_quota_on_other_priority_classes_does_not_matter() {
        Cluster cluster = with(new QuotaFacts(
                "osmo-workflows",
                "limit",
                Set.of("system-node-critical"),
                Fact.of(Set.of("PriorityClass")),
                Fact.of(Map.of("pods", "0")),
                Fact.of(Map.of())));

        assertThat(status(cluster, "operator.namespace-quotas")).isEqualTo(Status.SKIPPED);
    }

    @Test
    void a_quota_on_one_of_osmos_priority_classes_names_it() {
        Cluster cluster = with(new QuotaFacts(
                "osmo-workflows",
                "limit",
                Set.of("osmo-high", "system-node-critical"),
                Fact.of(Set.of("PriorityClass")),
                Fact.of(Map.of("pods", "0")),
                Fact.of(Map.of())));

        assertThat(finding(cluster, "operator.namespace-quotas").observed())
                .startsWith("osmo-workflows admits no pod of priority osmo-high: pods 0");
    }

    /** Where a quota is on limits, the API server refuses containers without one. */
    @Test
    void a_quota_on_cpu_limits_refuses_the_operator_before_it_is_installed() {
        Cluster installed = with(KubeObjects.quota("osmo-operator", Map.of("limits.cpu", "100"), Map.of()));
        Cluster bare = with(KubeObjects.quota("osmo-operator", Map.of("limits.cpu", "100"), Map.of()));
        bare.deployments.removeIf(d -> d.name().contains("osmo-backend"));

        assertThat(status(installed, "operator.namespace-quotas")).isEqualTo(Status.PASS);
        assertThat(finding(bare, "operator.namespace-quotas").observed())
                .startsWith("osmo-operator refuses containers without a CPU limit, which OSMO's chart does not set");
        assertThat(status(bare, "operator.namespace-quotas")).isEqualTo(Status.WARN);

        bare.limitRanges.add(new LimitRangeFacts(
                "osmo-operator",
                "limits",
                List.of(new LimitRangeFacts.Limit(
                        "Container", Map.of(), Map.of(), Map.of("cpu", "2"), Map.of(), Map.of()))));
        assertThat(status(bare, "operator.namespace-quotas")).isEqualTo(Status.PASS);
    }
}
