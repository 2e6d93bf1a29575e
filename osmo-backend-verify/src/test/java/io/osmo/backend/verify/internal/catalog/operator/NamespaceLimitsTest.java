// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.LimitRangeFacts;
import io.osmo.backend.verify.snapshot.LimitRangeFacts.Limit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceLimitsTest {
    private static final String CHECK = "operator.namespace-limits";

    private static Cluster with(Limit... limits) {
        return with("osmo-workflows", limits);
    }

    private static Cluster with(String namespace, Limit... limits) {
        Cluster cluster = Clusters.goodEks();
        cluster.limitRanges.clear();
        cluster.limitRanges.add(new LimitRangeFacts(namespace, "limits", List.of(limits)));
        return cluster;
    }

    private static Limit limit(String type, String field, String resource, String amount) {
        Map<String, String> value = Map.of(resource, amount);
        return new Limit(
                type,
                field.equals("max") ? value : Map.of(),
                field.equals("min") ? value : Map.of(),
                field.equals("default") ? value : Map.of(),
                field.equals("defaultRequest") ? value : Map.of(),
                field.equals("ratio") ? value : Map.of());
    }

    /** The good cluster has a node with a GPU, and nodes with 8 CPU and more. */
    @ParameterizedTest
    @CsvSource({
        "Container, max, cpu, 100m, FAIL",
        "Container, max, cpu, 0.1, FAIL",
        "Container, max, cpu, 250m, PASS",
        "Container, max, memory, 512Mi, FAIL",
        "Container, max, memory, 2G, PASS",
        "Pod, max, memory, 1000M, FAIL",
        "Pod, max, ephemeral-storage, 1Mi, FAIL",
        "PersistentVolumeClaim, max, storage, 1Mi, PASS",
        "Container, max, nvidia.com/gpu, 0, FAIL",
        "Pod, max, nvidia.com/gpu, 0, FAIL",
        "Pod, max, nvidia.com/gpu, 8, PASS",
        "Container, default, nvidia.com/gpu, 8, FAIL",
        "Container, default, nvidia.com/mig-1g.10gb, 1, FAIL",
        "Container, default, nvidia.com/gpu, 0, PASS",
        "Container, defaultRequest, nvidia.com/gpu, 1, FAIL",
        "Container, default, cpu, 100m, PASS",
        "Container, min, cpu, 100m, PASS",
        "Container, min, cpu, 1, PASS",
        "Container, min, cpu, 2, WARN",
        "Container, min, memory, 4Gi, WARN",
        "Container, ratio, cpu, 2, WARN",
        "Container, ratio, cpu, 500, PASS",
        "Pod, ratio, memory, 1.5, WARN"
    })
    void what_refuses_or_hinders_pods_of_workflows_is_found(
            String type, String field, String resource, String amount, Status status) {
        assertThat(status(with(limit(type, field, resource, amount)), CHECK)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "max, memory, 100Mi, FAIL",
        "max, memory, 256Mi, PASS",
        "max, nvidia.com/gpu, 0, PASS",
        "default, nvidia.com/gpu, 1, FAIL",
        "min, cpu, 2, PASS",
        "ratio, cpu, 2, PASS"
    })
    void in_the_namespace_of_the_operator_its_own_pods_count(
            String field, String resource, String amount, Status status) {
        assertThat(status(with("osmo-operator", limit("Container", field, resource, amount)), CHECK))
                .isEqualTo(status);
    }

    @Test
    void each_limit_that_matters_is_named() {
        Cluster cluster = with(
                limit("Pod", "max", "memory", "512Mi"),
                limit("Container", "default", "nvidia.com/gpu", "8"),
                limit("Container", "min", "cpu", "2"));

        assertThat(finding(cluster, CHECK).observed())
                .isEqualTo("osmo-workflows admits no pod: at most 512Mi memory per pod, gives each container 8"
                        + " nvidia.com/gpu, also those of OSMO's own, refuses control containers: at least 2 cpu per"
                        + " container (1 of 1 limit ranges)");
        assertThat(finding(cluster, CHECK).resources()).containsExactly("limitrange/osmo-workflows/limits");
    }

    @Test
    void without_limit_ranges_there_is_nothing_to_judge() {
        Cluster cluster = Clusters.goodEks();
        cluster.limitRanges.clear();

        assertThat(status(cluster, CHECK)).isEqualTo(Status.SKIPPED);
    }
}
