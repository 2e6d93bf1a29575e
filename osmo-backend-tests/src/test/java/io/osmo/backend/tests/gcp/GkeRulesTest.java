// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

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
                    .tag("cost center", "x")
                    .tag("x".repeat(64), "x")
                    .tag("team", "Robots and Drones")
                    .tag("goog-gke-node", "x")
                    .tag("Owner", "a")
                    .tag("owner", "b"));

            assertThat(violations(gke, spec))
                    .extracting(Violation::path)
                    .containsExactlyInAnyOrder(
                            "tags.2026-budget",
                            "tags[\"cost center\"]",
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

    @Test
    void a_type_with_gpus_in_a_pool_without_is_told_as_that() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThat(violations(
                            gke,
                            spec(s -> s.computePool(
                                            "a",
                                            p -> p.instanceTypes("n2-standard-8", "a4-highgpu-8g")
                                                    .zones(GkeBackend.REGION + "-a"))
                                    .computePool("b", p -> p.instanceType("n1-standard-4+nvidia-tesla-t4")))))
                    .extracting(Violation::path, Violation::allowed)
                    .containsExactly(
                            tuple(
                                    "computePools[1].instanceTypes[1]",
                                    "a machine without GPUs, since it is no GPU pool"),
                            tuple(
                                    "computePools[2].instanceTypes[0]",
                                    "a machine without GPUs, since it is no GPU pool"));
            assertThat(violations(
                            gke,
                            spec(s -> s.gpuPool(
                                    "a", p -> p.instanceType("n2-standard-8").zones(GkeBackend.REGION + "-z")))))
                    .extracting(Violation::path)
                    .containsExactly("computePools[1].instanceTypes");
        }
    }

    @Test
    void administrators_are_principals_and_service_accounts_of_the_project_exist() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThat(violations(
                            gke,
                            spec(s -> s.admin("ada")
                                    .admin("user:ada")
                                    .admin("arn:aws:iam::1:role/x")
                                    .admin("role:a@b.c"))))
                    .extracting(Violation::path)
                    .containsExactly("admins[0]", "admins[1]", "admins[2]", "admins[3]");
            String ghost = "serviceAccount:ghost@" + gke.clients.project() + ".iam.gserviceaccount.com";
            assertThat(violations(
                            gke, spec(s -> s.admin("group:team@example.com").admin(ghost))))
                    .extracting(Violation::path)
                    .containsExactly("admins[1]");

            gke.gcp().faults().onCall("iam.GetServiceAccount").nth(2).deny();
            assertThat(gke.osmo
                            .plan(
                                    spec(
                                            s -> s.admin(ghost)
                                                    .admin("ada@example.com")
                                                    .admin(
                                                            "principal://iam.googleapis.com/locations/global/workforcePools/p/subject/s")))
                            .warnings())
                    .anySatisfy(w -> assertThat(w).contains("ghost").contains("could not be read"));
        }
    }
}
