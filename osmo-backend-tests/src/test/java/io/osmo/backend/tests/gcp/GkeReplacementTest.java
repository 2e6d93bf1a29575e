// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.NAME;
import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.container.v1.CreateNodePoolRequest;
import com.google.container.v1.NodePool;
import com.google.container.v1.SetNodePoolSizeRequest;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A pool is replaced by its next generation, or recreated. */
class GkeReplacementTest {
    private static final String ZONE = "us-central1-a";
    private static final String G2 = "g2-standard-4";

    private static BackendSpec gpus(Consumer<NodePoolBuilder> change) {
        return spec(s -> s.gpuPool(
                "gpu", p -> change.accept(p.instanceType(G2).scale(1, 3).zones(ZONE))));
    }

    /** Pods on the CPU pool that may be moved one at a time. */
    private static EmulatedWorkload web(GkeBackend gke) {
        EmulatedWorkload web = gke.gcp()
                .cluster(REGION, NAME)
                .workload("web")
                .replicas(4)
                .on("node-type", "compute")
                .minAvailable("3")
                .start();
        gke.clouds.time().advance(Duration.ofMinutes(1));
        assertThat(web.ready()).isEqualTo(4);
        return web;
    }

    @Test
    void budgets_are_respected_by_every_change_that_moves_pods() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(3, 5))));
            EmulatedWorkload web = web(gke);

            for (UnaryOperator<BackendSpecBuilder> change : List.<UnaryOperator<BackendSpecBuilder>>of(
                    s -> s.changePool("cpu", p -> p.scale(3, 5).diskGib(300)),
                    s -> s.changePool("cpu", p -> p.scale(3, 5).diskGib(300).spot(true)),
                    s -> s.changePool("cpu", p -> p.scale(1, 2).diskGib(300).spot(true)))) {
                gke.applied(spec(change));
                for (int minute = 0; minute < 20; minute++) {
                    gke.clouds.time().advance(Duration.ofMinutes(1));
                    assertThat(gke.nodes("operator")).isNotEmpty();
                }
            }

            assertThat(web.lowestReady()).isEqualTo(3);
            assertThat(web.ready()).isEqualTo(4);
            assertThat(gke.poolNames()).containsExactly("cpu-gen2", "operator");
            assertThat(gke.nodes("cpu-gen2")).hasSizeBetween(1, 2);
        }
    }

    @Test
    void work_that_cannot_move_keeps_its_pool() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp()
                    .cluster(REGION, NAME)
                    .workload("web")
                    .replicas(2)
                    .on("node-type", "compute")
                    .minAvailable("2")
                    .start();
            gke.clouds.time().advance(Duration.ofMinutes(1));
            List<String> before = gke.nodes("cpu");

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spec(s -> s.changePool("cpu", p -> p.spot(true))))))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("web");

            assertThat(gke.nodes("cpu")).isEqualTo(before);
            assertThat(gke.poolNames()).containsExactly("cpu", "cpu-gen2", "operator");
        }
    }

    @Test
    void a_pool_is_replaced_by_its_next_generation() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            BackendSpec spot = gpus(p -> p.spot(true));

            Plan plan = gke.osmo.plan(spot);
            assertThat(plan.disruption()).isEqualTo(Disruption.ROLLING);
            assertThat(plan.changes())
                    .extracting(change -> change.action() + " " + change.resource())
                    .containsExactlyInAnyOrder("CREATE node-pool/gpu-gen2", "DELETE drain/gpu", "DELETE node-pool/gpu");
            gke.gcp().forgetCalls();
            gke.osmo.apply(plan);

            assertThat(gke.gcp().calls())
                    .as("the old pool stops growing before it is drained")
                    .filteredOn(call -> call.request().toString().contains("nodePools/gpu\""))
                    .extracting(call -> call.operation())
                    .containsSubsequence("container.SetNodePoolAutoscaling", "container.DeleteNodePool");
            assertThat(gke.poolNames()).containsExactly("cpu", "gpu-gen2", "operator");
            assertThat(gke.pool("gpu-gen2").getConfig().getSpot()).isTrue();
            assertThat(gke.osmo.plan(spot).changes()).isEmpty();
            assertThat(gke.osmo
                            .get(spot.ref())
                            .orElseThrow()
                            .facts()
                            .pools()
                            .known()
                            .orElseThrow())
                    .anySatisfy(pool -> assertThat(pool.specPool()).contains("gpu"));

            gke.applied(gpus(p -> {}));
            assertThat(gke.poolNames()).containsExactly("cpu", "gpu-gen3", "operator");
        }
    }

    /** GKE would remove the nodes of the old zone at once; so does a zone that the whole backend leaves. */
    @Test
    void a_pool_that_leaves_a_zone_is_replaced() {
        try (GkeBackend gke = new GkeBackend()) {
            String other = "us-central1-b";
            BackendSpec both = spec(s -> s.network(n -> n.zones(ZONE, other)).changePool("cpu", p -> p.scale(2, 6)));
            gke.applied(both);
            EmulatedWorkload web = web(gke);
            BackendSpec one =
                    both.toBuilder().changePool("cpu", p -> p.zones(other)).build();

            Plan plan = gke.osmo.plan(one);
            assertThat(plan.disruption()).isEqualTo(Disruption.ROLLING);
            assertThat(plan.warnings())
                    .contains("pool cpu leaves us-central1-a: pods with a volume in that zone cannot run elsewhere");
            assertThat(plan.toString())
                    .contains("is replaced by node-pool/cpu-gen2", "2 to 6 n2-standard-8 in us-central1-b");
            assertThat(plan.changes())
                    .filteredOn(change -> change.resource().kind().equals("node-pool"))
                    .extracting(change -> change.resource() + " " + change.fields())
                    .containsExactlyInAnyOrder(
                            "node-pool/cpu [locations: [us-central1-a, us-central1-b] -> [us-central1-b]]",
                            "node-pool/cpu-gen2 [locations: [us-central1-a, us-central1-b] -> [us-central1-b]]");
            gke.osmo.apply(plan);

            assertThat(gke.poolNames()).containsExactly("cpu-gen2", "operator");
            assertThat(gke.pool("cpu-gen2").getLocationsList()).containsExactly(other);
            assertThat(gke.count("container.UpdateNodePool")).isZero();
            assertThat(web.lowestReady()).isEqualTo(3);
            assertThat(gke.osmo.plan(one).changes()).isEmpty();

            Plan backend = gke.osmo.plan(both.toBuilder()
                    .network(n -> n.zones(ZONE, "us-central1-c"))
                    .changePool("cpu", p -> p.zones(ZONE))
                    .build());
            assertThat(backend.disruption()).isEqualTo(Disruption.ROLLING);
            assertThat(backend.changes())
                    .extracting(change -> change.action() + " " + change.resource())
                    .contains("CREATE node-pool/cpu-gen3", "CREATE node-pool/operator-gen2");
        }
    }

    @Test
    void a_move_that_fails_midway_costs_nothing_and_is_resumed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            List<String> before = gke.nodes("gpu");
            String target = "us-central1-b";
            BackendSpec moved = gpus(p -> p.zones(target));
            gke.gcp().faults().stockOut(G2, target);

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(moved)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("GCE_STOCKOUT");
            assertThat(gke.nodes("gpu")).isEqualTo(before);

            gke.gcp().faults().restock(G2, target);
            gke.clouds.time().advance(Duration.ofMinutes(10));
            gke.applied(moved);
            assertThat(gke.poolNames()).containsExactly("cpu", "gpu-gen2", "operator");
            assertThat(gke.pool("gpu-gen2").getLocationsList()).containsExactly(target);
        }
    }

    /** Both pools exist at once, so the quota has to hold both. */
    @Test
    void the_quota_of_a_move_counts_both_pools() {
        try (GkeBackend gke = new GkeBackend(project -> project.quota("NVIDIA_L4_GPUS", 3))) {
            gke.applied(gpus(p -> p.scale(2, 2)));

            String target = "us-central1-b";
            assertThat(shortages(gke, gpus(p -> p.scale(2, 2).zones(target))))
                    .singleElement()
                    .satisfies(shortage -> {
                        assertThat(shortage.what()).isEqualTo("NVIDIA L4 GPUs");
                        assertThat(shortage.needed()).isEqualTo(2);
                    });
            assertThat(shortages(gke, gpus(p -> p.scale(2, 2).zones(target).replacement(Replacement.RECREATE))))
                    .isEmpty();
        }
    }

    private static List<QuotaShortage> shortages(GkeBackend gke, BackendSpec spec) {
        return gke.osmo.preflight(spec).findings().stream()
                .flatMap(finding -> finding.shortage().stream())
                .toList();
    }

    @Test
    void an_unavailable_new_generation_costs_the_old_one_nothing() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            List<String> before = gke.nodes("gpu");
            BackendSpec larger = gpus(p -> p.instanceTypes("g2-standard-8"));
            gke.gcp().faults().stockOut("g2-standard-8", ZONE);

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(larger)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("GCE_STOCKOUT");
            assertThat(gke.nodes("gpu")).isEqualTo(before);
            assertThat(gke.pool("gpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);

            gke.applied(gpus(p -> {}));
            assertThat(gke.nodes("gpu"))
                    .as("an edit that is taken back keeps what ran all the time")
                    .isEqualTo(before);
            assertThat(gke.poolNames()).containsExactly("cpu", "gpu", "operator");
        }
    }

    @Test
    void a_replacement_resumes_after_a_crash() {
        for (int n = 1; n <= 2; n++) {
            try (GkeBackend gke = new GkeBackend()) {
                gke.applied(gpus(p -> {}));
                BackendSpec spot = gpus(p -> p.spot(true));
                gke.gcp()
                        .faults()
                        .onCall(n == 1 ? "container.CreateNodePool" : "container.DeleteNodePool")
                        .nth(1)
                        .crashAfter();
                assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spot))).isInstanceOf(SimulatedCrash.class);
                gke.gcp().faults().clear();

                try (var next = gke.clouds.open()) {
                    next.apply(next.plan(spot));
                    assertThat(next.plan(spot).changes()).isEmpty();
                }
                assertThat(gke.poolNames()).containsExactly("cpu", "gpu-gen2", "operator");
            }
        }
    }

    @Test
    void recreating_a_pool_is_an_outage_that_must_be_allowed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            BackendSpec spot = gpus(p -> p.spot(true).replacement(Replacement.RECREATE));

            Plan plan = gke.osmo.plan(spot);
            GkeBackend.assertDisruption(plan, "node-pool/gpu", Disruption.OUTAGE);
            assertThatThrownBy(() -> gke.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(gke.poolNames()).containsExactly("cpu", "gpu", "operator");
            assertThat(gke.pool("gpu").getConfig().getSpot()).isTrue();
            assertThat(gke.osmo.plan(spot).changes()).isEmpty();
        }
    }

    /** GKE changes one pool at a time, so the pools of a spec come one after another. */
    @Test
    void one_pool_is_recreated_and_another_one_surges_in_one_apply() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            BackendSpec spot = gpus(p -> p.spot(true)).toBuilder()
                    .changePool("cpu", p -> p.spot(true).replacement(Replacement.RECREATE))
                    .build();

            gke.osmo.apply(gke.osmo.plan(spot), ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(gke.poolNames()).containsExactly("cpu", "gpu-gen2", "operator");
            assertThat(gke.osmo.plan(spot).changes()).isEmpty();
        }
    }

    @Test
    void a_removed_pool_is_an_outage_that_must_be_allowed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));

            Plan plan = gke.osmo.plan(spec());
            GkeBackend.assertDisruption(plan, "node-pool/gpu", Disruption.OUTAGE);
            assertThatThrownBy(() -> gke.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(gke.poolNames()).containsExactly("cpu", "operator");
        }
    }

    @Test
    void long_names_have_generations_too() {
        try (GkeBackend gke = new GkeBackend()) {
            String name = "gpu-pool-with-the-longest-name-allowed";
            assertThat(name).hasSize(38);
            UnaryOperator<BackendSpecBuilder> pool =
                    s -> s.gpuPool(name, p -> p.instanceType(G2).scale(1, 3).zones(ZONE));
            gke.applied(spec(pool));

            gke.applied(spec(s -> pool.apply(s).changePool(name, p -> p.spot(true))));

            assertThat(gke.poolNames())
                    .hasSize(3)
                    .allMatch(each -> each.length() <= 40)
                    .anyMatch(each -> each.endsWith("-gen2"));
        }
    }

    @Test
    void a_pool_may_not_have_the_name_of_anothers_generation() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThatThrownBy(() -> gke.osmo.plan(spec(s -> s.computePool(
                            "cpu-gen2", p -> p.instanceType("n2-standard-8").scale(0, 1)))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("cpu-gen2");
        }
    }

    /** The work of the old pool needs a place before any of its nodes goes. */
    @Test
    void a_replacement_starts_with_as_many_nodes_as_the_old_pool() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec before = spec(
                    s -> s.gpuPool("gpu", p -> p.instanceType(G2).scale(0, 6).zones(ZONE)));
            gke.applied(before);
            var unused = gke.clients
                    .clusters()
                    .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                            .setName(gke.path() + "/nodePools/gpu")
                            .setNodeCount(4)
                            .build());
            gke.clouds.time().advance(Duration.ofMinutes(5));
            BackendSpec after =
                    before.toBuilder().changePool("gpu", p -> p.spot(true)).build();
            gke.gcp().forgetCalls();

            gke.applied(after);

            assertThat(gke.requests("container.CreateNodePool", CreateNodePoolRequest.class))
                    .singleElement()
                    .satisfies(r ->
                            assertThat(r.getNodePool().getInitialNodeCount()).isEqualTo(4));
        }
    }
}
