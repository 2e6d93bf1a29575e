// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Taint;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a change of a pool in place does to its nodes. */
class GkePoolChangesTest {
    private static final String ZONE = "us-central1-a";
    private static final String G2 = "g2-standard-4";

    private static BackendSpec changed(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(spec().toBuilder()).build();
    }

    @Test
    void a_tag_a_label_and_a_taint_cost_no_node() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = gke.nodes("cpu");
            BackendSpec spec = changed(s -> s.tag("team", "robots")
                    .changePool(
                            "cpu",
                            p -> p.label("team", "robots").taint("dedicated", "osmo", Taint.Effect.NO_SCHEDULE)));

            Plan plan = gke.osmo.plan(spec);
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.NONE));

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
            assertThat(gke.nodes("cpu")).isEqualTo(before);
        }
    }

    @Test
    void reordered_types_change_nothing() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());

            assertThat(gke.osmo
                            .plan(changed(
                                    s -> s.changePool("cpu", p -> p.instanceTypes("n2-standard-16", "n2-standard-8"))))
                            .changes())
                    .isEmpty();
        }
    }

    /** The first type is sold in one zone only at first; the pool got the second one. */
    @Test
    void a_type_that_becomes_available_changes_nothing() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = spec(s ->
                    s.gpuPool("gpu", p -> p.instanceTypes("a2-ultragpu-1g", G2).scale(1, 2)));
            gke.gcp().withdraw("a2-ultragpu-1g");
            gke.applied(spec);
            assertThat(gke.pool("gpu").getConfig().getMachineType()).isEqualTo(G2);

            gke.gcp().offer("a2-ultragpu-1g");
            gke.clouds.time().advance(Duration.ofHours(2));

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
        }
    }

    /** A pool that can have a node in each of three zones. */
    private static BackendSpec in(String... zones) {
        return spec(s -> s.network(n -> n.zones(zones)).changePool("cpu", p -> p.scale(1, 3)));
    }

    @Test
    void a_further_zone_disturbs_nothing() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec two = in("us-central1-a", "us-central1-b");
            gke.applied(two);
            List<String> before = gke.nodes("cpu");
            BackendSpec three = in("us-central1-a", "us-central1-b", "us-central1-c");

            Plan plan = gke.osmo.plan(three);
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            gke.osmo.apply(plan);

            assertThat(gke.osmo.plan(three).changes()).isEmpty();
            assertThat(gke.pool("cpu").getLocationsList()).hasSize(3);
            assertThat(gke.nodes("cpu")).containsAll(before);
        }
    }

    /** GKE removes the nodes of a removed zone without waiting for budgets. */
    @Test
    void a_removed_zone_is_an_outage_of_a_pool_that_may_not_surge() {
        try (GkeBackend gke = new GkeBackend()) {
            UnaryOperator<BackendSpecBuilder> pool =
                    s -> s.changePool("cpu", p -> p.scale(2, 4).replacement(Replacement.RECREATE));
            gke.applied(spec(s -> pool.apply(s).changePool("cpu", p -> p.zones(ZONE, "us-central1-b"))));
            List<String> before = gke.nodes("cpu");
            BackendSpec one = spec(s -> pool.apply(s).changePool("cpu", p -> p.zones(ZONE)));

            Plan plan = gke.osmo.plan(one);
            GkeBackend.assertDisruption(plan, "node-pool/cpu", Disruption.OUTAGE);
            assertThatThrownBy(() -> gke.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(gke.pool("cpu").getLocationsList()).containsExactly(ZONE);
            assertThat(gke.nodes("cpu")).as("the node of the other zone stays").containsAnyElementsOf(before);
            assertThat(gke.osmo.plan(one).changes()).isEmpty();
        }
    }

    @Test
    void a_larger_disk_and_another_machine_roll_the_nodes_once() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = gke.nodes("cpu");
            BackendSpec spec =
                    changed(s -> s.changePool("cpu", p -> p.diskGib(300).instanceType("n2-standard-16")));
            gke.gcp().forgetCalls();

            Plan plan = gke.osmo.plan(spec);
            GkeBackend.assertDisruption(plan, "node-pool/cpu", Disruption.ROLLING);
            gke.osmo.apply(plan);

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
            assertThat(gke.nodes("cpu")).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
            assertThat(gke.gcp().calls())
                    .filteredOn(call -> call.operation().equals("container.UpdateNodePool"))
                    .hasSize(1);
        }
    }

    @Test
    void unavailable_machines_cost_no_node() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = gke.nodes("cpu");
            List.of("a", "b", "c")
                    .forEach(zone -> gke.gcp().faults().stockOut("n2-standard-16", "us-central1-" + zone));
            BackendSpec spec = changed(s -> s.changePool("cpu", p -> p.instanceTypes("n2-standard-16")));

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spec)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("does not have enough resources");
            assertThat(gke.nodes("cpu")).isEqualTo(before);

            gke.gcp().faults().restock("n2-standard-16", ZONE);
            // At once: what an earlier apply was told is no answer to this one.
            gke.applied(spec);
        }
    }

    @Test
    void a_lower_maximum_says_that_work_moves() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(3, 6))));

            GkeBackend.assertDisruption(
                    gke.osmo.plan(spec(s -> s.changePool("cpu", p -> p.scale(1, 2)))),
                    "node-pool/cpu",
                    Disruption.ROLLING);
        }
    }

    @Test
    void the_estimate_of_a_rolling_change_counts_nodes() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(9, 12))));

            Plan plan = gke.osmo.plan(spec(
                    s -> s.changePool("cpu", p -> p.scale(9, 12).diskGib(300))));

            assertThat(plan.estimatedDuration()).isGreaterThanOrEqualTo(Duration.ofMinutes(27));
        }
    }
}
