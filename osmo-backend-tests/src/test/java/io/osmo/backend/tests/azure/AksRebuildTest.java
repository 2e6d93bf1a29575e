// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.CLUSTER_PUT;
import static io.osmo.backend.tests.azure.AksBackend.GROUP;
import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.POOL_PUT;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend can be applied again from every state, and what holds data is repaired or refused, never replaced. */
class AksRebuildTest {
    private static final String IN_GROUP = "resourceGroups/" + GROUP + "/providers/";
    private static final String CLUSTER = IN_GROUP + "Microsoft.ContainerService/managedClusters/" + NAME;

    private static String vault(AksBackend backend) {
        String path = backend.requests("PUT Microsoft.KeyVault/vaults").get(0).path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Issue 11, row 9; the vault with its key is recovered each time. */
    @Test
    void applied_and_destroyed_again_and_again() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            for (int i = 0; i < 3; i++) {
                backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));
                backend.applied(spec());
                assertThat(backend.azure().inventory()).isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 9, 10, 12, 15, 18})
    void a_destruction_that_was_cut_off_is_taken_back_by_an_apply(int call) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            backend.azure().faults().onCalls(c -> !c.reads()).nth(call).crashAfter();
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.planDestroy(spec().ref())))
                    .isInstanceOf(VirtualTime.SimulatedCrash.class);
            backend.azure().faults().clear();

            try (OsmoBackends next = backend.clouds.open()) {
                next.apply(next.plan(spec()));
                assertThat(next.plan(spec()).changes()).isEmpty();
            }

            assertThat(backend.azure().inventory()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLUSTER + "/agentPools/cpu",
                IN_GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/" + NAME + "-cluster",
                IN_GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/" + NAME + "-disks",
                CLUSTER + "/trustedAccessRoleBindings/backup",
                CLUSTER
            })
    void what_was_deleted_by_hand_is_made_again(String path) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            backend.rest().gone(path);

            backend.osmo.apply(backend.osmo.plan(spec()));

            assertThat(backend.osmo.plan(spec()).changes()).isEmpty();
            assertThat(backend.azure().inventory()).isEqualTo(first);
        }
    }

    /** What it was given to goes on as the old principal until it gets the new one. */
    @Test
    void an_identity_that_was_made_again_is_given_to_cluster_and_disks_again() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            for (String which : List.of("cluster", "disks")) {
                String identity = IN_GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/" + NAME + "-" + which;
                backend.rest().gone(identity);
                // Somebody has made it again already, with our tags.
                backend.rest()
                        .made(
                                identity,
                                "{`location`:`" + REGION + "`,`tags`:{`osmo-backend`:`" + NAME + "`,`osmo-region`:`"
                                        + REGION
                                        + "`,`osmo-managed-by`:`osmo-backend-java`,`osmo-resource`:`identity/" + which
                                        + "`}}");
            }

            Plan plan = backend.osmo.plan(spec());
            assertThat(plan.changes())
                    .filteredOn(change -> change.fields().toString().contains("identity.principalId"))
                    .extracting(change -> change.resource().toString())
                    .containsExactlyInAnyOrder("aks-cluster/backend", "disk-encryption-set/backend");
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            backend.applied(spec());
        }
    }

    @Test
    void role_assignments_deleted_by_hand_are_made_again() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            backend.rest()
                    .get("providers/Microsoft.Authorization/roleAssignments")
                    .body()
                    .path("value")
                    .forEach(role -> backend.rest().delete(role.path("id").asText()));

            backend.applied(spec());

            assertThat(backend.azure().inventory()).isEqualTo(first);
        }
    }

    @Test
    void the_way_out_deleted_by_hand_is_made_again() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            String network = IN_GROUP + "Microsoft.Network/virtualNetworks/" + NAME + "-vnet";
            JsonNode present = backend.rest().get(network).body();
            String without = "{`location`:`" + REGION + "`,`tags`:" + present.path("tags")
                    + ",`properties`:{`addressSpace`:" + present.at("/properties/addressSpace")
                    + ",`subnets`:[{`name`:`nodes`,`properties`:{`addressPrefix`:"
                    + present.at("/properties/subnets/0/properties/addressPrefix") + "}}]}}";
            backend.rest().made(network, without);
            backend.rest().gone(IN_GROUP + "Microsoft.Network/natGateways/" + NAME + "-nat");

            backend.applied(spec());

            assertThat(backend.azure().inventory()).isEqualTo(first);
        }
    }

    /** Issue 11, row 3. ARM cannot enable a key, so this needs its owner. */
    @Test
    void a_disabled_key_is_refused_with_what_to_do_and_nothing_is_touched() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            String vault = vault(backend);
            backend.azure().enableKey(vault, "osmo", false);
            backend.azure().forgetCalls();

            assertThatThrownBy(() -> backend.osmo.plan(spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("is disabled")
                    .hasMessageContaining("az keyvault key set-attributes");

            assertThat(backend.azure().calls())
                    .filteredOn(c -> c.operation().startsWith("PUT"))
                    .isEmpty();
            backend.azure().enableKey(vault, "osmo", true);
            assertThat(backend.osmo.plan(spec()).changes()).isEmpty();
            assertThat(backend.azure().inventory()).isEqualTo(first);
        }
    }

    @Test
    void a_deleted_key_is_never_followed_by_a_new_one() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            String vault = vault(backend);
            backend.azure().deleteKey(vault, "osmo");

            assertThatThrownBy(() -> backend.osmo.plan(spec()))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("az keyvault key recover --vault-name " + vault + " --name osmo");

            backend.azure().recoverKey(vault, "osmo");
            assertThat(backend.osmo.plan(spec()).changes()).isEmpty();
            assertThat(backend.azure().inventory()).isEqualTo(first);
        }
    }

    @Test
    void a_deleted_vault_is_recovered_while_the_cluster_runs() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            List<String> first = backend.azure().inventory();
            backend.rest().gone(IN_GROUP + "Microsoft.KeyVault/vaults/" + vault(backend));

            Plan plan = backend.osmo.plan(spec());
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            backend.osmo.apply(plan);

            assertThat(backend.osmo.plan(spec()).changes()).isEmpty();
            assertThat(backend.azure().inventory()).isEqualTo(first);
        }
    }

    @Test
    void a_purged_vault_is_refused_while_something_is_encrypted_with_its_key() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String vault = vault(backend);
            backend.rest().gone(IN_GROUP + "Microsoft.KeyVault/vaults/" + vault);
            backend.azure().purgeVault(vault);

            assertThatThrownBy(() -> backend.osmo.plan(spec()))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("destroy the backend and apply again");

            backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));
            backend.applied(spec());
        }
    }

    /** Taking the backup away deletes the recovery points. */
    @Test
    void data_is_deleted_only_if_that_is_allowed() {
        BackendSpec without = spec(s -> s.backup(b -> b.enabled(false)));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            Plan plan = backend.osmo.plan(without);
            assertThat(plan.disruption()).isEqualTo(Disruption.DATA);

            assertThatThrownBy(() -> backend.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CLUSTER_PUT, POOL_PUT})
    void a_creation_that_failed_is_healed_by_the_next_apply(String operation) {
        try (AksBackend backend = new AksBackend()) {
            backend.azure().failNext(operation, "InternalOperationError", "Internal server error");
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec())))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("InternalOperationError");
            assertThat(backend.azure().inventory()).anyMatch(line -> line.endsWith("Failed"));

            backend.applied(spec());

            assertThat(backend.azure().inventory()).noneMatch(line -> line.endsWith("Failed"));
        }
    }

    @Test
    void a_pool_that_never_had_a_node_is_replaced_without_an_outage() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            BackendSpec more = spec(s ->
                    s.computePool("more", p -> p.instanceType("Standard_D8s_v5").scale(1, 2)));
            backend.azure().failNext(POOL_PUT, "InternalOperationError", "Internal server error");
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(more)))
                    .isInstanceOf(PartialApplyException.class);

            assertThat(backend.osmo.plan(spec()).disruption()).isEqualTo(Disruption.NONE);
            backend.applied(spec(s -> s.computePool(
                    "more", p -> p.instanceType("Standard_D16s_v5").scale(1, 2))));
            assertThat(backend.azure().inventory()).noneMatch(line -> line.endsWith("Failed"));
        }
    }

    private static void stop(AksBackend backend) {
        backend.rest().post(CLUSTER + "/stop", "");
        backend.time().advance(Duration.ofMinutes(10));
    }

    /** Issue 12, A5: started as a change that the plan shows, and with it whatever else the spec wants. */
    @Test
    void a_stopped_cluster_is_not_as_wanted() {
        BackendSpec more = spec(s -> s.tag("team", "robots").changePool("cpu", p -> p.scale(2, 4)));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            stop(backend);

            Plan plan = backend.osmo.plan(more);
            assertThat(plan.changes().toString())
                    .contains("powerState: Stopped -> Running", "cannot be read while the cluster does not run");
            assertThat(plan.changes()).noneMatch(change -> change.reason().equals("does not exist"));
            assertThat(plan.warnings()).anyMatch(text -> text.contains("stopped") && text.contains("cost money"));
            assertThat(backend.osmo.planDestroy(spec().ref()).warnings())
                    .noneMatch(text -> text.contains("cost money"));

            backend.applied(more);
        }
    }

    @Test
    void a_stopped_cluster_is_destroyed_without_being_started() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            stop(backend);

            backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));

            assertThat(backend.calls(CLUSTER_PUT.replace("PUT", "POST") + "/start"))
                    .isEmpty();
            assertThat(backend.azure().inventory()).noneMatch(line -> line.startsWith("managedClusters"));
        }
    }

    @Test
    void a_stopped_pool_is_started_again() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String cpu = CLUSTER + "/agentPools/cpu";
            ObjectNode properties = (ObjectNode)
                    backend.rest().get(cpu).body().path("properties").deepCopy();
            properties.putObject("powerState").put("code", "Stopped");
            properties.remove(
                    List.of("eTag", "provisioningState", "currentOrchestratorVersion", "nodeImageVersion", "status"));
            backend.rest().made(cpu, "{`properties`:" + properties + "}");

            Plan plan = backend.osmo.plan(spec());
            assertThat(plan.changes().toString()).contains("powerState: Stopped -> Running");
            assertThat(plan.warnings()).anyMatch(text -> text.contains("agent pool cpu is stopped"));
            backend.applied(spec());
            assertThat(backend.azure().cluster(GROUP, NAME).nodes())
                    .filteredOn(node -> "cpu".equals(node.labels().get("kubernetes.azure.com/agentpool")))
                    .isNotEmpty();
        }
    }

    /** A cluster of which an update has failed runs on, so what is in it is read. */
    @Test
    void a_failed_update_is_repeated_and_hides_nothing_in_the_cluster() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.azure().failNext(CLUSTER_PUT, "InternalOperationError", "Internal server error");
            BackendSpec channel = spec(s ->
                    s.settings(AksSettings.builder().upgradeChannel("patch").build()));
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(channel)))
                    .isInstanceOf(PartialApplyException.class);

            assertThat(backend.osmo.plan(channel).changes())
                    .extracting(change -> change.resource().toString())
                    .containsExactly("aks-cluster/backend");
            backend.applied(channel);
        }
    }

    /** Without a node there is nothing to keep, but a cluster is never replaced: the way out is told, and works. */
    @Test
    void a_cluster_that_never_had_a_node_is_destroyed_and_made_with_another_size() {
        BackendSpec other = spec(s -> s.settings(
                AksSettings.builder().systemInstanceType("Standard_D8s_v5").build()));
        try (AksBackend backend = new AksBackend()) {
            backend.azure().failNext(CLUSTER_PUT, "SkuNotAvailable", "The requested VM size is not available");
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec())))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("SkuNotAvailable");

            backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));
            assertThat(backend.azure().inventory()).noneMatch(line -> line.startsWith("managedClusters"));
            backend.applied(other);
        }
    }
}
