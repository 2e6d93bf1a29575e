// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExistingBackendTest {
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("existing", "lab")
            .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
            .build();

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cluster = EmulatedExisting.on(time);
    private final OsmoBackends osmo =
            OsmoBackends.builder().provider(cluster.provider()).scheduler(time).build();

    @AfterEach
    void close() {
        osmo.close();
        cluster.close();
    }

    private Optional<PreflightFinding> finding(PreflightReport report, String check) {
        return report.findings().stream().filter(f -> f.check().equals(check)).findFirst();
    }

    @Test
    void pools_are_expected_of_the_nodes_and_never_made() {
        cluster.nodes(1, "lab-4", Map.of("node-type", "compute"));

        Plan plan = osmo.plan(SPEC);

        assertThat(plan.changes()).allMatch(change -> change.action() == Action.CREATE);
        assertThat(plan.changes()).noneMatch(change -> change.id().kind().contains("pool"));
        assertThat(plan.warnings())
                .anyMatch(
                        warning -> warning.startsWith("pool cpu expects at least 2 nodes labelled node-type=compute"));
        PreflightReport report = osmo.preflight(SPEC);
        assertThat(finding(report, "preflight.pools"))
                .map(PreflightFinding::status)
                .contains(Status.FAIL);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void nodes_of_another_type_are_told() {
        cluster.nodes(2, "lab-4", Map.of("node-type", "compute"));

        assertThat(osmo.plan(SPEC).warnings())
                .anyMatch(warning -> warning.contains("pool cpu expects nodes of type lab-8")
                        && warning.contains("are of type lab-4"));
    }

    @Test
    void a_cluster_without_a_default_class_is_told_and_keeps_its_classes() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));

        Plan plan = osmo.plan(SPEC);

        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("no default StorageClass"));
        osmo.apply(plan);
        assertThat(cluster.cluster(SPEC.ref()).list("StorageClass")).isEmpty();
    }

    @Test
    void a_destruction_leaves_the_cluster_and_its_nodes() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        var before = cluster.inventory();
        osmo.apply(osmo.plan(SPEC));
        assertThat(cluster.inventory()).isNotEqualTo(before).contains("Namespace osmo-operator");

        var gone = osmo.apply(osmo.planDestroy(SPEC.ref()));

        assertThat(cluster.inventory()).isEqualTo(before);
        assertThat(gone.leftovers()).isEmpty();
        assertThat(osmo.list("existing", "lab")).isEmpty();
    }

    @Test
    void missing_rights_fail_the_preflight() {
        cluster.nodes(2, "lab-8", Map.of("node-type", "compute"));
        cluster.cluster(SPEC.ref()).deny("create", "secrets");

        assertThat(finding(osmo.preflight(SPEC), "preflight.permissions")).hasValueSatisfying(f -> {
            assertThat(f.status()).isEqualTo(Status.FAIL);
            assertThat(f.message()).contains("create secrets");
        });
    }
}
