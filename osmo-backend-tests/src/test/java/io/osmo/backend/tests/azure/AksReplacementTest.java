// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GPU;
import static io.osmo.backend.tests.azure.AksBackend.GROUP;
import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.POOL_DELETE;
import static io.osmo.backend.tests.azure.AksBackend.POOL_PUT;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes of pools do to running work: nothing where AKS lets them be made in place, else a new pool beside the old one. */
class AksReplacementTest {
    private static final String D16 = "Standard_D16s_v5";
    private static final String D8 = "Standard_D8s_v5";
    private static final ApplyOptions OUTAGE = ApplyOptions.defaults().allow(Disruption.OUTAGE);

    private static BackendSpec cpu(Consumer<NodePoolBuilder> how) {
        return spec(s -> s.changePool("cpu", how));
    }

    private static Set<String> nodes(AksBackend backend) {
        return backend.azure().cluster(GROUP, NAME).nodes().stream()
                .map(EmulatedNode::name)
                .collect(Collectors.toSet());
    }

    private static List<String> pools(AksBackend backend) {
        return backend.azure().inventory().stream()
                .filter(line -> line.startsWith("managedClusters/agentPools "))
                .toList();
    }

    private static Change change(Plan plan, String id) {
        return plan.changes().stream()
                .filter(change -> change.resource().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("a tag", spec(s -> s.tag("team", "robots"))),
                Arguments.of("a label", cpu(p -> p.label("team", "robots"))),
                Arguments.of("a taint", cpu(p -> p.taint("dedicated", "osmo", Taint.Effect.NO_SCHEDULE))),
                Arguments.of("larger bounds", cpu(p -> p.scale(1, 5))));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void what_aks_changes_in_place_costs_no_node(String what, BackendSpec changed) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            Set<String> before = nodes(backend);

            Plan plan = backend.osmo.plan(changed);
            assertThat(plan.disruption()).as(what).isEqualTo(Disruption.NONE);
            backend.applied(changed);

            assertThat(nodes(backend)).isEqualTo(before);
        }
    }

    private static Stream<Arguments> listed() {
        BackendSpec two = cpu(p -> p.instanceTypes(D8, D16));
        return Stream.of(
                Arguments.of("a type added", spec(), two),
                Arguments.of("types reordered", two, cpu(p -> p.instanceTypes(D16, D8))),
                Arguments.of("a zone added", cpu(p -> p.zones("1")), cpu(p -> p.zones("1", "2"))),
                Arguments.of("zones left to us", cpu(p -> p.zones("1")), spec()),
                Arguments.of(
                        "a zone of the network added",
                        spec(s -> s.network(n -> n.zones("1", "2"))),
                        spec(s -> s.network(n -> n.zones("1", "2", "3")))));
    }

    /** Issue 11, rows 2 and 13. */
    @ParameterizedTest
    @MethodSource("listed")
    void a_pool_keeps_type_and_zones_while_the_spec_lists_them(String what, BackendSpec first, BackendSpec second) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(first);

            assertThat(backend.osmo.plan(second).changes())
                    .as(what)
                    .filteredOn(change -> change.resource().kind().equals("agent-pool"))
                    .isEmpty();
        }
    }

    /** Otherwise another pool would be created beside it, and its work would stay where it is. */
    @Test
    void a_later_generation_that_has_lost_its_tags_is_refused_as_the_first_one_is() {
        BackendSpec larger = cpu(p -> p.instanceType(D16));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String name = secondGeneration(backend);
            backend.applied(larger);
            String pool = "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/" + GROUP
                    + "/providers/Microsoft.ContainerService/managedClusters/" + NAME + "/agentPools/" + name;
            ObjectNode bare = backend.rest().get(pool).body().deepCopy();
            ObjectNode properties = (ObjectNode) bare.get("properties");
            properties.putObject("tags");
            properties.remove(List.of("eTag", "currentOrchestratorVersion", "nodeImageVersion", "provisioningState"));
            bare.remove(List.of("id", "name", "type"));
            backend.rest().made(pool, bare.toString());

            assertThatThrownBy(() -> backend.osmo.plan(larger))
                    .isInstanceOf(OwnershipConflictException.class)
                    .hasMessageContaining("agent-pool/" + name);
        }
    }

    @Test
    void a_new_pool_has_room_for_the_work_of_the_old_one() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(cpu(p -> p.scale(1, 6, 4)));
            BackendSpec larger = cpu(p -> p.instanceType(D16).scale(1, 6));

            backend.applied(larger);

            assertThat(backend.requests(POOL_PUT))
                    .filteredOn(request -> request.body().contains(D16))
                    .first()
                    .satisfies(request -> assertThat(request.body()).contains("\"count\":4"));
            assertThat(pools(backend)).hasSize(3).anyMatch(line -> line.contains(D16));
        }
    }

    /** Issue 12, A6: the autoscaler wakes for a pod only. */
    @Test
    void a_pool_below_its_minimum_gets_it_by_an_apply() {
        BackendSpec spec = cpu(p -> p.scale(3, 6));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec);
            backend.azure().scalePool(GROUP, NAME, "cpu", 1);
            backend.azure().scalePool(GROUP, NAME, "system", 1);

            Plan plan = backend.osmo.plan(spec);
            assertThat(plan.changes().toString()).contains("count: 1 -> at least 3", "count: 1 -> at least 2");
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            backend.applied(spec);
            assertThat(backend.azure().cluster(GROUP, NAME).nodes())
                    .filteredOn(node -> "cpu".equals(node.labels().get("kubernetes.azure.com/agentpool")))
                    .hasSize(3);
        }
    }

    /** Evicted pods must not bring about new nodes in the pool that is left. */
    @Test
    void a_pool_stops_growing_before_it_is_drained_and_deleted() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(cpu(p -> p.scale(1, 6, 4)));
            backend.azure().forgetCalls();

            backend.applied(cpu(p -> p.scale(1, 6).instanceType(D16)));

            List<ArmRequest> old = backend.azure().calls().stream()
                    .filter(call -> List.of(POOL_PUT, POOL_DELETE).contains(call.operation()))
                    .map(call -> call.request(ArmRequest.class))
                    .filter(request -> request.path().endsWith("/cpu"))
                    .toList();
            assertThat(old).extracting(ArmRequest::method).containsExactly("PUT", "DELETE");
            assertThat(old.get(0).body())
                    .contains("\"enableAutoScaling\":false")
                    .doesNotContain("maxCount");
        }
    }

    /** Issue 11, row 2: a stock-out of the new one. */
    @Test
    void a_new_pool_that_cannot_be_had_costs_the_old_one_nothing() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            Set<String> before = nodes(backend);
            BackendSpec larger = cpu(p -> p.instanceType(D16).zones("1"));
            backend.azure().faults().stockOut(D16, REGION + "-1");

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(larger)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("AllocationFailed")
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .isInstanceOfSatisfying(CloudException.class, failure -> {
                                assertThat(failure.error()).isEqualTo(CloudError.NO_CAPACITY);
                                assertThat(failure.remedy()).startsWith("Try again later, or give the pool more zones");
                            }));

            assertThat(nodes(backend)).containsAll(before);
            assertThat(backend.calls(POOL_DELETE)).isEmpty();
            backend.azure().faults().restock(D16, REGION + "-1");
            backend.applied(larger);
            assertThat(pools(backend)).hasSize(3).anyMatch(line -> line.contains(D16));
        }
    }

    @Test
    void an_edit_that_is_taken_back_keeps_the_pool_that_ran_all_the_time() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            Set<String> before = nodes(backend);
            backend.azure().faults().stockOut(D16, REGION + "-1");
            assertThatThrownBy(() -> backend.osmo.apply(
                            backend.osmo.plan(cpu(p -> p.instanceType(D16).zones("1")))))
                    .isInstanceOf(PartialApplyException.class);

            backend.osmo.apply(backend.osmo.plan(spec()));

            assertThat(nodes(backend)).isEqualTo(before);
            assertThat(backend.osmo.plan(spec()).changes()).isEmpty();
        }
    }

    @Test
    void replaced_once_more_it_gets_a_name_of_its_own_again() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.applied(cpu(p -> p.instanceType(D16)));
            backend.applied(cpu(p -> p.instanceType(D8).diskGib(300)));
            backend.applied(cpu(p -> p.instanceType(D16).diskGib(400)));

            assertThat(pools(backend)).hasSize(3);
        }
    }

    @Test
    void recreate_says_outage_and_is_refused_unless_that_is_allowed() {
        BackendSpec changed = cpu(p -> p.instanceType(D16).replacement(Replacement.RECREATE));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> before = backend.azure().inventory();
            Plan plan = backend.osmo.plan(changed);
            assertThat(change(plan, "agent-pool/cpu")).satisfies(c -> {
                assertThat(c.action()).isEqualTo(Action.REPLACE);
                assertThat(c.disruption()).isEqualTo(Disruption.OUTAGE);
                assertThat(c.fields().toString()).contains("vmSize", "fixed by AKS at creation");
            });

            assertThatThrownBy(() -> backend.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            assertThat(backend.azure().inventory()).isEqualTo(before);

            backend.osmo.apply(plan, OUTAGE);
            assertThat(backend.osmo.plan(changed).changes()).isEmpty();
            assertThat(pools(backend)).anyMatch(line -> line.contains("agentPools cpu in") && line.contains(D16));
        }
    }

    private static Stream<Arguments> ending() {
        return Stream.of(
                Arguments.of("fewer nodes than run", cpu(p -> p.scale(1, 2))),
                Arguments.of(
                        "a taint that evicts",
                        cpu(p -> p.scale(1, 6, 4).taint("maintenance", "now", Taint.Effect.NO_EXECUTE))),
                Arguments.of(
                        "a pool removed",
                        spec(s -> s.removePool("cpu")
                                .computePool("other", p -> p.instanceType(D8).scale(1, 6)))));
    }

    /** Issue 11, row 11: no word that work ends. */
    @ParameterizedTest
    @MethodSource("ending")
    void what_ends_work_says_so_and_is_refused_unless_allowed(String what, BackendSpec changed) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(cpu(p -> p.scale(1, 6, 4)));
            Plan plan = backend.osmo.plan(changed);
            assertThat(plan.disruption()).as(what).isEqualTo(Disruption.OUTAGE);

            assertThatThrownBy(() -> backend.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);

            backend.osmo.apply(plan, OUTAGE);
            assertThat(backend.osmo.plan(changed).changes()).isEmpty();
        }
    }

    @Test
    void an_upgrade_rolls_and_its_estimate_counts_the_nodes() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec(s -> s.kubernetesVersion("1.34").changePool("cpu", p -> p.scale(1, 6, 6))));

            Plan plan = backend.osmo.plan(spec(s -> s.kubernetesVersion("1.35").changePool("cpu", p -> p.scale(1, 6))));

            assertThat(change(plan, "agent-pool/cpu")).satisfies(c -> {
                assertThat(c.disruption()).isEqualTo(Disruption.ROLLING);
                assertThat(c.estimate()).isEqualTo(Duration.ofMinutes(18));
            });
        }
    }

    /** Issue 11, point 6: the drift shows in the plan, and rolls on request. */
    @Test
    void a_newer_node_image_is_a_warning_and_rolls_on_request() {
        BackendSpec latest = spec(s -> s.nodeImages(NodeImages.LATEST));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            assertThat(backend.osmo.plan(spec()).warnings()).noneMatch(text -> text.contains("image"));

            backend.azure().publishNodeImages("202610.01.0");

            Plan keep = backend.osmo.plan(spec());
            assertThat(keep.changes()).isEmpty();
            assertThat(keep.warnings())
                    .anyMatch(text -> text.contains("agent pool cpu") && text.contains("202610.01.0"));
            Plan roll = backend.osmo.plan(latest);
            assertThat(roll.disruption()).isEqualTo(Disruption.ROLLING);
            assertThat(change(roll, "agent-pool/cpu").fields().toString()).contains("nodeImageVersion", "202610.01.0");
            backend.applied(latest);
            assertThat(backend.osmo.plan(spec()).warnings()).noneMatch(text -> text.contains("image"));
        }
    }

    /** AKS gives an upgrade up when pods do not leave a node within half an hour, and says which budget keeps them. */
    @Test
    void a_roll_evicts_within_budgets_and_fails_where_one_blocks() {
        BackendSpec latest = spec(s -> s.nodeImages(NodeImages.LATEST)
                .changePool("cpu", p -> p.scale(2, 4).label("pool", "cpu")));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec(s -> s.changePool("cpu", p -> p.scale(2, 4).label("pool", "cpu"))));
            EmulatedWorkload work = backend.azure()
                    .cluster(GROUP, NAME)
                    .workload("train")
                    .replicas(2)
                    .on("pool", "cpu")
                    .minAvailable("2");
            work.start();
            backend.clouds.time().advance(Duration.ofMinutes(2));
            Set<String> before = nodes(backend);
            backend.azure().publishNodeImages("202610.01.0");

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(latest)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("UpgradeFailed")
                    .hasMessageContaining("default/train-")
                    .hasMessageContaining("blocked by pdb train")
                    .hasMessageContaining(
                            "Remove the pods that the message names, which a disruption budget or a finalizer keeps");
            assertThat(work.lowestReady()).isEqualTo(2);
            assertThat(nodes(backend)).isEqualTo(before);

            work.minAvailable("1").start();
            backend.applied(latest);

            assertThat(work.lowestReady()).isPositive();
            backend.clouds.time().advance(Duration.ofMinutes(2));
            assertThat(work.ready()).isEqualTo(2);
            assertThat(nodes(backend)).isEqualTo(before);
        }
    }

    @Test
    void a_change_that_costs_no_node_does_not_take_the_newest_image_along() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.azure().publishNodeImages("202610.01.0");

            backend.applied(spec(s -> s.tag("team", "robots").changePool("cpu", p -> p.scale(1, 7))));

            assertThat(backend.osmo.plan(spec()).warnings()).anyMatch(text -> text.contains("agent pool cpu"));
        }
    }

    @Test
    void a_pool_with_the_name_of_a_later_generation_of_another_is_refused() {
        assertThatThrownBy(() -> spec(s -> s.gpuPool("cpu", p -> p.instanceType(GPU))))
                .isInstanceOf(InvalidSpecException.class);
        String second = secondGeneration();
        try (AksBackend backend = new AksBackend()) {
            assertThatThrownBy(() -> backend.osmo.plan(spec(
                            s -> s.gpuPool(second, p -> p.instanceType(GPU).scale(0, 1)))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("not that of cpu");
        }
    }

    private static String secondGeneration() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            return secondGeneration(backend);
        }
    }

    private static String secondGeneration(AksBackend backend) {
        return backend.osmo.plan(cpu(p -> p.instanceType(D16))).changes().stream()
                .filter(change -> change.action() == Action.CREATE)
                .map(change -> change.resource().name())
                .findFirst()
                .orElseThrow();
    }

    /** Issue 11, row 2. A subnet of Azure has no tags: its network has. */
    @Test
    void a_network_that_lost_its_tags_costs_no_node() {
        String network = "resourceGroups/" + GROUP + "/providers/Microsoft.Network/virtualNetworks/" + NAME + "-vnet";
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> before = backend.azure().inventory();
            backend.rest().send(HttpMethod.PATCH, network, "{`tags`:{}}");
            backend.time().advance(Duration.ofMinutes(1));
            assertThat(backend.rest().get(network).body().path("tags")).isEmpty();
            backend.azure().forgetCalls();

            assertThatThrownBy(() -> backend.osmo.plan(spec()))
                    .isInstanceOf(OwnershipConflictException.class)
                    .hasMessageContaining("virtual-network/backend");

            assertThat(backend.azure().calls()).allMatch(Call::reads);
            assertThat(backend.azure().inventory()).isEqualTo(before);
        }
    }
}
