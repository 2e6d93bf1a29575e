// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Taint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Google Cloud would refuse in the middle of an apply is refused by the plan, with its path. */
class GkeRulesTest {
    static List<Violation> violations(GkeBackend gke, BackendSpec spec) {
        InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, () -> gke.osmo.plan(spec));
        assertThat(refused).as("the plan is refused").isNotNull();
        return refused.violations();
    }

    @Test
    void tags_that_are_no_labels_are_refused_all_at_once() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = spec(s -> s.tag("2026-budget", "x")
                    .tag("cost centre", "x")
                    .tag("x".repeat(64), "x")
                    .tag("team", "Robots and Drones")
                    .tag("goog-gke-node", "x")
                    .tag("Owner", "a")
                    .tag("owner", "b"));

            assertThat(violations(gke, spec))
                    .extracting(Violation::path)
                    .containsExactlyInAnyOrder(
                            "tags.2026-budget",
                            "tags[\"cost centre\"]",
                            "tags." + "x".repeat(64),
                            "tags.team",
                            "tags.goog-gke-node",
                            "tags.owner");
            assertThat(violations(gke, spec))
                    .filteredOn(v -> v.path().equals("tags.owner"))
                    .singleElement()
                    .satisfies(v -> assertThat(v.given()).contains("Owner").contains("owner"));
            assertThat(gke.gcp().inventory()).isEmpty();
        }
    }

    @Test
    void tags_become_labels_in_lower_case_on_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = spec(s -> {
                for (int i = 0; i < 37; i++) {
                    s.tag("tag-" + i, "");
                }
                return s.tag("Owner", "Ada").tag("größe", "klein").tag("x".repeat(63), "y".repeat(63));
            });

            gke.applied(spec);

            assertThat(gke.pool("cpu").getConfig().getResourceLabelsMap())
                    .containsEntry("owner", "ada")
                    .containsEntry("größe", "klein")
                    .containsKey("tag-36");
            assertThat(gke.clients.clusters().getCluster(gke.path()).getResourceLabelsMap())
                    .containsEntry("owner", "ada");
        }
    }

    @Test
    void labels_and_taints_that_gke_keeps_for_itself_are_refused() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThat(violations(
                            gke,
                            spec(s -> s.changePool(
                                    "cpu",
                                    p -> p.label("cloud.google.com/gke-nodepool", "x")
                                            .label("node.kubernetes.io/kind", "x")
                                            .label("cloud.google.com/compute-class", "batch")
                                            .taint("node.kubernetes.io/mine", "x", Taint.Effect.NO_SCHEDULE)
                                            .taint("cloud.google.com/mine", "x", Taint.Effect.NO_SCHEDULE)))))
                    .extracting(Violation::path)
                    .containsExactlyInAnyOrder(
                            "computePools[0].labels[\"cloud.google.com/gke-nodepool\"]",
                            "computePools[0].labels[\"node.kubernetes.io/kind\"]",
                            "computePools[0].taints[0].key",
                            "computePools[0].taints[1].key");
        }
    }
}
