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
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What changes of pools do to running work. */
class GkeReplacementTest {
    private static final String ZONE = "us-central1-a";
    private static final String G2 = "g2-standard-4";

    private static BackendSpec changed(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(spec().toBuilder()).build();
    }

    /** Names of the nodes of a pool. */
    private static List<String> nodes(GkeBackend gke, String pool) {
        return gke.gcp().cluster(REGION, NAME).nodes().stream()
                .map(EmulatedNode::name)
                .filter(name -> name.matches("gke-" + NAME + "-" + pool + "-[0-9a-f]{8}-[0-9a-f]{4}"))
                .toList();
    }

    private static List<String> pools(GkeBackend gke) {
        return gke.clients.clusters().getCluster(gke.path()).getNodePoolsList().stream()
                .map(NodePool::getName)
                .sorted()
                .toList();
    }

    private static void assertDisruption(Plan plan, String id, Disruption disruption) {
        assertThat(plan.changes())
                .filteredOn(change -> change.id().toString().equals(id))
                .singleElement()
                .extracting(Change::disruption)
                .isEqualTo(disruption);
    }

    // ------------------------------------------------------------------------------------------ nothing

    @Test
    void a_tag_a_label_and_a_taint_cost_no_node() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = nodes(gke, "cpu");
            BackendSpec spec = changed(s -> s.tag("team", "robots")
                    .changePool(
                            "cpu",
                            p -> p.label("team", "robots")
                                    .taint("dedicated", "osmo", io.osmo.backend.spec.Taint.Effect.NO_SCHEDULE)));

            Plan plan = gke.osmo.plan(spec);
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.NONE));

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
            assertThat(nodes(gke, "cpu")).isEqualTo(before);
        }
    }

    @Test
    void another_type_that_is_listed_too_changes_nothing() {
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
    void a_type_that_comes_on_sale_changes_nothing() {
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
    void a_zone_more_disturbs_nothing() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec two = in("us-central1-a", "us-central1-b");
            gke.applied(two);
            List<String> before = nodes(gke, "cpu");
            BackendSpec three = in("us-central1-a", "us-central1-b", "us-central1-c");

            Plan plan = gke.osmo.plan(three);
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            gke.osmo.apply(plan);

            assertThat(gke.osmo.plan(three).changes()).isEmpty();
            assertThat(gke.pool("cpu").getLocationsList()).hasSize(3);
            assertThat(nodes(gke, "cpu")).containsAll(before);
        }
    }

    @Test
    void a_zone_less_is_an_outage_that_has_to_be_allowed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(in("us-central1-a", "us-central1-b", "us-central1-c"));
            BackendSpec two = in("us-central1-a", "us-central1-b");

            Plan plan = gke.osmo.plan(two);
            assertDisruption(plan, "node-pool/cpu", Disruption.OUTAGE);
            assertThatThrownBy(() -> gke.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(gke.pool("cpu").getLocationsList()).containsExactly("us-central1-a", "us-central1-b");
            assertThat(gke.osmo.plan(two).changes()).isEmpty();
        }
    }

    // ------------------------------------------------------------------------------------------ rolling

    @Test
    void a_larger_disk_and_another_machine_roll_the_nodes_once() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = nodes(gke, "cpu");
            BackendSpec spec = changed(s -> s.changePool("cpu", p -> p.disk(300).instanceType("n2-standard-16")));
            gke.gcp().forgetCalls();

            Plan plan = gke.osmo.plan(spec);
            assertDisruption(plan, "node-pool/cpu", Disruption.ROLLING);
            gke.osmo.apply(plan);

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
            assertThat(nodes(gke, "cpu")).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
            assertThat(gke.gcp().calls())
                    .filteredOn(call -> call.operation().equals("container.UpdateNodePool"))
                    .hasSize(1);
        }
    }

    @Test
    void machines_that_cannot_be_had_cost_no_node() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = nodes(gke, "cpu");
            List.of("a", "b", "c")
                    .forEach(zone -> gke.gcp().faults().stockOut("n2-standard-16", "us-central1-" + zone));
            BackendSpec spec = changed(s -> s.changePool("cpu", p -> p.instanceTypes("n2-standard-16")));

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spec)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("does not have enough resources");
            assertThat(nodes(gke, "cpu")).isEqualTo(before);

            gke.gcp().faults().restock("n2-standard-16", ZONE);
            gke.clouds.time().advance(Duration.ofMinutes(5));
            gke.applied(spec);
        }
    }

    @Test
    void a_lower_maximum_says_that_work_moves() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(3, 6))));

            assertDisruption(
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
                    s -> s.changePool("cpu", p -> p.scale(9, 12).disk(300))));

            assertThat(plan.estimatedDuration()).isGreaterThanOrEqualTo(Duration.ofMinutes(27));
        }
    }

    // ------------------------------------------------------------------------------------------ budgets

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
    void budgets_are_respected_whatever_moves_the_pods() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(3, 5))));
            EmulatedWorkload web = web(gke);

            for (UnaryOperator<BackendSpecBuilder> change : List.<UnaryOperator<BackendSpecBuilder>>of(
                    s -> s.changePool("cpu", p -> p.scale(3, 5).disk(300)),
                    s -> s.changePool("cpu", p -> p.scale(3, 5).disk(300).spot(true)),
                    s -> s.changePool("cpu", p -> p.scale(1, 2).disk(300).spot(true)))) {
                gke.applied(spec(change));
                for (int minute = 0; minute < 20; minute++) {
                    gke.clouds.time().advance(Duration.ofMinutes(1));
                    assertThat(nodes(gke, "operator")).isNotEmpty();
                }
            }

            assertThat(web.lowestReady()).isEqualTo(3);
            assertThat(web.ready()).isEqualTo(4);
            assertThat(pools(gke)).containsExactly("cpu-gen2", "operator");
            assertThat(nodes(gke, "cpu-gen2")).hasSizeBetween(1, 2);
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
            List<String> before = nodes(gke, "cpu");

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spec(s -> s.changePool("cpu", p -> p.spot(true))))))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("web");

            assertThat(nodes(gke, "cpu")).isEqualTo(before);
            assertThat(pools(gke)).containsExactly("cpu", "cpu-gen2", "operator");
        }
    }

    // ------------------------------------------------------------------------------------------ generations

    private static BackendSpec gpus(Consumer<NodePoolBuilder> change) {
        return spec(s -> s.gpuPool(
                "gpu", p -> change.accept(p.instanceType(G2).scale(1, 3).zones(ZONE))));
    }

    @Test
    void a_pool_is_replaced_by_its_next_generation() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            BackendSpec spot = gpus(p -> p.spot(true));

            Plan plan = gke.osmo.plan(spot);
            assertThat(plan.disruption()).isEqualTo(Disruption.ROLLING);
            assertThat(plan.changes())
                    .extracting(change -> change.action() + " " + change.id())
                    .containsExactlyInAnyOrder("CREATE node-pool/gpu-gen2", "DELETE drain/gpu", "DELETE node-pool/gpu");
            gke.gcp().forgetCalls();
            gke.osmo.apply(plan);

            assertThat(gke.gcp().calls())
                    .as("the old pool stops growing before it is drained")
                    .filteredOn(call -> call.request().toString().contains("nodePools/gpu\""))
                    .extracting(call -> call.operation())
                    .containsSubsequence("container.SetNodePoolAutoscaling", "container.DeleteNodePool");
            assertThat(pools(gke)).containsExactly("cpu", "gpu-gen2", "operator");
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
            assertThat(pools(gke)).containsExactly("cpu", "gpu-gen3", "operator");
        }
    }

    @Test
    void a_new_generation_that_cannot_be_had_costs_the_old_one_nothing() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            List<String> before = nodes(gke, "gpu");
            BackendSpec larger = gpus(p -> p.instanceTypes("g2-standard-8"));
            gke.gcp().faults().stockOut("g2-standard-8", ZONE);

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(larger)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("GCE_STOCKOUT");
            assertThat(nodes(gke, "gpu")).isEqualTo(before);
            assertThat(gke.pool("gpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);

            gke.applied(gpus(p -> {}));
            assertThat(nodes(gke, "gpu"))
                    .as("an edit that is taken back keeps what ran all the time")
                    .isEqualTo(before);
            assertThat(pools(gke)).containsExactly("cpu", "gpu", "operator");
        }
    }

    @Test
    void a_replacement_that_was_cut_off_goes_on() {
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
                assertThat(pools(gke)).containsExactly("cpu", "gpu-gen2", "operator");
            }
        }
    }

    @Test
    void recreating_a_pool_is_an_outage_that_has_to_be_allowed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));
            BackendSpec spot = gpus(p -> p.spot(true).replacement(Replacement.RECREATE));

            Plan plan = gke.osmo.plan(spot);
            assertDisruption(plan, "node-pool/gpu", Disruption.OUTAGE);
            assertThatThrownBy(() -> gke.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(pools(gke)).containsExactly("cpu", "gpu", "operator");
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

            assertThat(pools(gke)).containsExactly("cpu", "gpu-gen2", "operator");
            assertThat(gke.osmo.plan(spot).changes()).isEmpty();
        }
    }

    @Test
    void a_pool_that_is_removed_is_an_outage_that_has_to_be_allowed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(gpus(p -> {}));

            Plan plan = gke.osmo.plan(spec());
            assertDisruption(plan, "node-pool/gpu", Disruption.OUTAGE);
            assertThatThrownBy(() -> gke.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            gke.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(pools(gke)).containsExactly("cpu", "operator");
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

            assertThat(pools(gke))
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

    // ------------------------------------------------------------------------------------------ versions

    @Test
    void newer_images_are_told_and_rolled_on_request() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = nodes(gke, "cpu");
            gke.gcp().upgradeControlPlane(REGION, NAME, "1.35.8-gke.1999000");

            Plan keep = gke.osmo.plan(spec());
            assertThat(keep.changes()).isEmpty();
            assertThat(keep.warnings())
                    .anySatisfy(text -> assertThat(text).contains("cpu").contains("1.35.8-gke.1999000"));

            BackendSpec latest = spec(s -> s.nodeImages(NodeImages.LATEST));
            Plan plan = gke.osmo.plan(latest);
            assertDisruption(plan, "node-pool/cpu", Disruption.ROLLING);
            gke.osmo.apply(plan);

            assertThat(gke.osmo.plan(latest).changes()).isEmpty();
            assertThat(gke.osmo.plan(latest).warnings()).noneMatch(text -> text.contains("image"));
            assertThat(gke.pool("cpu").getVersion()).isEqualTo("1.35.8-gke.1999000");
            assertThat(nodes(gke, "cpu")).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void a_cluster_that_the_channel_has_moved_past_its_pin_is_still_managed() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec pinned = spec(s -> s.kubernetesVersion("1.34"));
            gke.applied(pinned);
            gke.gcp().upgradeControlPlane(REGION, NAME, "1.35.8-gke.1215000");
            BackendSpec wider = spec(s -> s.kubernetesVersion("1.34").changePool("cpu", p -> p.scale(1, 5)));

            assertThat(gke.osmo.plan(pinned).changes()).isEmpty();
            Plan plan = gke.osmo.plan(wider);
            assertThat(plan.warnings())
                    .anySatisfy(text -> assertThat(text).contains("newer than kubernetesVersion 1.34"));
            gke.osmo.apply(plan);

            assertThat(gke.pool("cpu").getAutoscaling().getTotalMaxNodeCount()).isEqualTo(5);
            gke.applied(spec(s -> s.kubernetesVersion("1.34")
                    .changePool("cpu", p -> p.scale(1, 5))
                    .computePool("more", p -> p.instanceType("n2-standard-8").scale(1, 2))));
        }
    }

    @Test
    void an_upgrade_with_other_changes_converges_in_one_apply() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.kubernetesVersion("1.33")
                    .computePool("old", p -> p.instanceType("n2-standard-8").scale(1, 2))
                    .gpuPool("gpu", p -> p.instanceType(G2).scale(1, 3).zones(ZONE))));
            BackendSpec spec = spec(s -> s.kubernetesVersion("1.35")
                    .tag("team", "robots")
                    .changePool("cpu", p -> p.instanceTypes("n2-standard-16").disk(300))
                    .gpuPool(
                            "gpu",
                            p -> p.instanceType("g2-standard-8").scale(1, 3).zones(ZONE))
                    .computePool("new", p -> p.instanceType("n2-standard-8").scale(1, 2)));

            gke.osmo.apply(gke.osmo.plan(spec), ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
            assertThat(pools(gke)).containsExactly("cpu", "gpu-gen2", "new", "operator");
        }
    }

    @Test
    void another_channel_and_a_version_that_only_it_offers_converge_in_one_apply() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.kubernetesVersion("1.34")
                    .settings(io.osmo.backend.gcp.GkeSettings.builder()
                            .releaseChannel(io.osmo.backend.gcp.ReleaseChannel.STABLE)
                            .build())));

            gke.applied(spec(s -> s.kubernetesVersion("1.36")
                    .settings(io.osmo.backend.gcp.GkeSettings.builder()
                            .releaseChannel(io.osmo.backend.gcp.ReleaseChannel.RAPID)
                            .build())));
        }
    }

    /** The work of the old pool needs a place before any of its nodes goes. */
    @Test
    void a_pool_that_replaces_another_one_begins_with_as_many_nodes() {
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
