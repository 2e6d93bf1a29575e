// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GROUP;
import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.POOL_DELETE;
import static io.osmo.backend.tests.azure.AksBackend.POOL_PUT;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Issue 11: AKS refuses to delete its last system pool, so another one is created beside it and takes its place. */
class AksSystemPoolTest {
    private static final String LARGER = "Standard_D16s_v5";
    private static final ApplyOptions OUTAGE = ApplyOptions.defaults().allow(Disruption.OUTAGE);

    private static BackendSpec system(String size, UnaryOperator<BackendSpecBuilder> more) {
        return spec(s -> more.apply(
                s.settings(AksSettings.builder().systemInstanceType(size).build())));
    }

    private static List<String> systemPools(AksBackend backend) {
        return backend.azure().inventory().stream()
                .filter(line -> line.startsWith("managedClusters/agentPools ") && line.contains(" System "))
                .toList();
    }

    private static List<Change> ofSystemPool(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.resource().kind().equals("system-pool"))
                .toList();
    }

    private static List<String> locks(AksBackend backend) {
        return backend.azure().inventory().stream()
                .filter(line -> line.startsWith("lock"))
                .toList();
    }

    /** Production protects the cluster by a lock on the system pool, which moves to the new one. */
    @Test
    void another_size_makes_a_second_system_pool_then_drains_and_deletes_the_first() {
        BackendSpec protectedSpec = spec(s -> s.deletionProtection(true));
        BackendSpec larger = system(LARGER, s -> s.deletionProtection(true));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(protectedSpec);
            assertThat(locks(backend)).hasSize(1);

            Plan plan = backend.osmo.plan(larger);

            assertThat(plan.disruption()).isEqualTo(Disruption.ROLLING);
            assertThat(ofSystemPool(plan))
                    .satisfiesExactly(
                            created -> {
                                assertThat(created.action()).isEqualTo(Action.CREATE);
                                assertThat(created.resource().name()).matches("system[0-9a-f]{6}");
                            },
                            deleted -> {
                                assertThat(deleted.action()).isEqualTo(Action.DELETE);
                                assertThat(deleted.reason()).startsWith("is replaced by system-pool/system");
                            });
            assertThat(plan.toString()).contains("drain/system");
            backend.applied(larger);

            assertThat(systemPools(backend)).singleElement().asString().contains(LARGER);
            assertThat(locks(backend)).hasSize(1);
            assertThat(backend.azure().cluster(GROUP, NAME).nodes())
                    .filteredOn(node -> "system".equals(node.labels().get("kubernetes.azure.com/mode")))
                    .hasSize(2)
                    .noneMatch(node -> "system".equals(node.labels().get("kubernetes.azure.com/agentpool")));
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.planDestroy(larger)))
                    .hasMessageContaining("is protected against deletion by the backend's lock osmo-backend on ");
        }
    }

    @Test
    void other_zones_make_a_second_system_pool_too_and_an_edit_taken_back_costs_nothing_until_then() {
        BackendSpec first = spec(s -> s.network(n -> n.zones("1", "2")));
        BackendSpec second = spec(s -> s.network(n -> n.zones("2", "3")));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(first);
            assertThat(backend.osmo
                            .plan(spec(s -> s.network(n -> n.zones("1", "2", "3"))))
                            .changes())
                    .isEmpty();

            backend.applied(second);

            assertThat(systemPools(backend)).hasSize(1).noneMatch(line -> line.contains("agentPools system "));
            assertThat(backend.azure().cluster(GROUP, NAME).nodes())
                    .filteredOn(node -> "system".equals(node.labels().get("kubernetes.azure.com/mode")))
                    .extracting(node -> node.place().zone())
                    .containsOnly(REGION + "-2", REGION + "-3");
        }
    }

    /** Issue 11, row 12. */
    @Test
    void with_an_upgrade_and_a_removed_pool_it_converges_in_one_apply() {
        BackendSpec before = spec(s -> s.kubernetesVersion("1.34")
                .computePool("old", p -> p.instanceType(LARGER).scale(1, 3)));
        BackendSpec after = system(LARGER, s -> s.kubernetesVersion("1.36"));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(before);

            backend.osmo.apply(backend.osmo.plan(after), OUTAGE);

            assertThat(backend.osmo.plan(after).changes()).isEmpty();
            assertThat(systemPools(backend)).singleElement().asString().contains(LARGER, " 1.36.");
        }
    }

    @Test
    void a_new_one_that_cannot_be_had_costs_the_old_one_nothing_and_a_second_apply_goes_on() {
        BackendSpec first = spec(s -> s.network(n -> n.zones("1", "2")));
        BackendSpec larger = system(LARGER, s -> s.network(n -> n.zones("1", "2")));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(first);
            List<String> before = systemPools(backend);
            List<String> zones = List.of(REGION + "-1", REGION + "-2");
            zones.forEach(zone -> backend.azure().faults().stockOut(LARGER, zone));

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(larger)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("AllocationFailed");

            assertThat(systemPools(backend)).containsAll(before);
            assertThat(backend.calls(POOL_DELETE)).isEmpty();
            zones.forEach(zone -> backend.azure().faults().restock(LARGER, zone));
            backend.azure()
                    .faults()
                    .onCalls(AksSystemPoolTest::deletesFirst)
                    .times(1)
                    .refuse(403, "AuthorizationFailed", "no");
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(larger)))
                    .isInstanceOf(PartialApplyException.class);
            assertThat(systemPools(backend)).hasSize(2);

            backend.applied(larger);

            assertThat(systemPools(backend)).singleElement().asString().contains(LARGER);
        }
    }

    private static boolean deletesFirst(Call call) {
        return call.operation().equals(POOL_DELETE)
                && call.request(ArmRequest.class).path().endsWith("/agentPools/system");
    }

    /** {@code az aks nodepool update --tags} sets all tags of a pool, ours included. */
    @Test
    void a_later_one_without_tags_is_still_ours() {
        BackendSpec larger = system(LARGER, s -> s);
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.applied(larger);
            String pool = pools(backend) + systemPools(backend).get(0).split(" ", -1)[1];
            ObjectNode bare = writable(backend.rest().get(pool).body());
            ((ObjectNode) bare.get("properties")).putObject("tags");
            backend.rest().made(pool, bare.toString());

            assertThat(backend.osmo.planDestroy(larger).guards()).isEmpty();
            assertThat(ofSystemPool(backend.osmo.plan(larger)))
                    .singleElement()
                    .extracting(Change::action)
                    .isEqualTo(Action.UPDATE);
            backend.applied(larger);
            assertThat(systemPools(backend)).hasSize(1);
        }
    }

    /** Nothing but encryption on the host changes, so the plan must still ask in which zones the VM sizes are sold. */
    @Test
    void pools_that_are_replaced_for_another_reason_are_in_all_zones_again() {
        BackendSpec plain =
                spec(s -> s.settings(AksSettings.builder().hostEncryption(false).build()));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            Set<String> before = zonesOfSystemNodes(backend);
            assertThat(before).hasSizeGreaterThan(1);

            backend.applied(plain);

            assertThat(systemPools(backend)).singleElement().asString().doesNotContain("agentPools system ");
            assertThat(zonesOfSystemNodes(backend)).isEqualTo(before);
            assertThat(backend.requests(POOL_PUT))
                    .filteredOn(put -> put.body().contains("\"enableEncryptionAtHost\":false"))
                    .hasSizeGreaterThan(1)
                    .allMatch(put -> put.body().contains("availabilityZones"));
        }
    }

    private static Set<String> zonesOfSystemNodes(AksBackend backend) {
        return backend.azure().cluster(GROUP, NAME).nodes().stream()
                .filter(node -> "system".equals(node.labels().get("kubernetes.azure.com/mode")))
                .map(node -> node.place().zone())
                .collect(Collectors.toSet());
    }

    private static String pools(AksBackend backend) {
        return "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/" + GROUP
                + "/providers/Microsoft.ContainerService/managedClusters/" + NAME + "/agentPools/";
    }

    /** A pool as it is read, without what is read only. */
    private static ObjectNode writable(JsonNode pool) {
        ObjectNode writable = pool.deepCopy();
        ((ObjectNode) writable.get("properties"))
                .remove(List.of("eTag", "currentOrchestratorVersion", "nodeImageVersion", "provisioningState"));
        writable.remove(List.of("id", "name", "type"));
        return writable;
    }

    /** Somebody has made a pool of the spec the only system pool by hand, and AKS refuses to delete that one. */
    @Test
    void a_pool_that_is_the_only_system_pool_is_recreated_once_there_is_another_one() {
        BackendSpec recreate =
                spec(s -> s.changePool("cpu", p -> p.instanceType(LARGER).replacement(Replacement.RECREATE)));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String pools = pools(backend);
            ObjectNode cpu = writable(backend.rest().get(pools + "cpu").body());
            ((ObjectNode) cpu.get("properties")).put("mode", "System");
            backend.rest().made(pools + "cpu", cpu.toString());
            backend.rest().gone(pools + "system");
            backend.azure()
                    .faults()
                    .onCalls(AksSystemPoolTest::createsSystem)
                    .times(1)
                    .refuse(403, "Forbidden", "no");

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(recreate), OUTAGE))
                    .isInstanceOf(PartialApplyException.class);

            assertThat(systemPools(backend)).singleElement().asString().contains("agentPools cpu ");
            backend.osmo.apply(backend.osmo.plan(recreate), OUTAGE);
            assertThat(backend.osmo.plan(recreate).changes()).isEmpty();
            assertThat(systemPools(backend)).singleElement().asString().contains("agentPools system ");
        }
    }

    private static boolean createsSystem(Call call) {
        return call.operation().equals(POOL_PUT)
                && call.request(ArmRequest.class).path().endsWith("/agentPools/system");
    }
}
