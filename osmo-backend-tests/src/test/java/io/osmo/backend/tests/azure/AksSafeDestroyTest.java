// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GROUP;
import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What forbids a destruction is read and told before anything is changed. */
class AksSafeDestroyTest {
    private static final String IN_GROUP = "resourceGroups/" + GROUP + "/providers/";
    private static final String CLUSTER = IN_GROUP + "Microsoft.ContainerService/managedClusters/" + NAME;
    private static final String NODES = "resourceGroups/MC_" + GROUP;
    private static final String VERSION = "?api-version=2020-05-01";

    private static void refused(AksBackend backend, String subject) {
        List<String> before = backend.azure().inventory();
        Plan plan = backend.osmo.planDestroy(spec().ref());
        assertThat(plan.guards()).extracting(Guard::subject).anyMatch(text -> text.contains(subject));
        assertThat(plan.toString().replaceAll("\\s", "")).contains(subject.replace(" ", ""));
        backend.azure().forgetCalls();

        assertThatThrownBy(() -> backend.osmo.apply(plan))
                .isInstanceOf(GuardedException.class)
                .hasMessageContaining(subject);

        assertThat(backend.azure().inventory()).isEqualTo(before);
        assertThat(backend.azure().calls())
                .filteredOn(call -> !call.reads() && !call.operation().contains("Credential"))
                .isEmpty();
    }

    /** Production's default; AKS has no protection of its own. */
    @Test
    void a_protected_backend_is_refused_until_the_spec_says_otherwise() {
        BackendSpec secured = spec(s -> s.deletionProtection(true));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(secured);
            assertThat(backend.rest().delete(CLUSTER).code()).isEqualTo("ScopeLocked");
            assertThat(backend.rest().delete("resourceGroups/" + GROUP).code()).isEqualTo("ScopeLocked");

            refused(backend, "cluster/" + NAME);

            backend.applied(spec());
            backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));
            assertThat(backend.azure().inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }

    /** A lock on the cluster itself would forbid this to us too. */
    @Test
    void a_protected_backend_can_still_lose_a_pool_and_its_backup() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec(s -> s.deletionProtection(true)
                    .computePool("more", p -> p.instanceType("Standard_D8s_v5").scale(0, 2))));

            BackendSpec less = spec(s -> s.deletionProtection(true).backup(b -> b.enabled(false)));
            backend.osmo.apply(backend.osmo.plan(less), ApplyOptions.defaults().allow(Disruption.DATA));

            assertThat(backend.osmo.plan(less).changes()).isEmpty();
        }
    }

    @Test
    void a_lock_taken_away_by_hand_is_set_again() {
        BackendSpec secured = spec(s -> s.deletionProtection(true));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(secured);
            backend.rest()
                    .delete(CLUSTER + "/agentPools/system/providers/Microsoft.Authorization/locks/osmo-backend"
                            + VERSION);

            assertThat(backend.osmo.plan(secured).changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.resource()).hasToString("deletion-lock/cluster"));
            backend.applied(secured);
        }
    }

    /** Issue 12, A5: what could not be read is not said to be absent. */
    @Test
    void a_lock_that_may_not_be_read_is_not_said_to_be_absent() {
        BackendSpec guarded = spec(s -> s.deletionProtection(true));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(guarded);
            backend.azure()
                    .faults()
                    .onCall("LIST Microsoft.Authorization/locks")
                    .deny();

            assertThat(backend.osmo.plan(guarded).changes())
                    .filteredOn(change -> change.resource().toString().equals("deletion-lock/cluster"))
                    .singleElement()
                    .satisfies(change -> assertThat(change.reason())
                            .contains("cannot be read", "Microsoft.Authorization/locks/read"));
        }
    }

    private static Stream<Arguments> locked() {
        return Stream.of("CanNotDelete", "ReadOnly")
                .flatMap(level -> Stream.of(
                                CLUSTER,
                                "resourceGroups/" + GROUP,
                                NODES,
                                IN_GROUP + "Microsoft.Network/virtualNetworks/" + NAME + "-vnet",
                                "")
                        .map(scope -> Arguments.of(level, scope)));
    }

    @ParameterizedTest
    @MethodSource("locked")
    void a_lock_of_others_is_a_guard_wherever_it_is(String level, String scope) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String at = scope.isEmpty() ? "" : scope + "/";
            backend.rest()
                    .put(
                            at + "providers/Microsoft.Authorization/locks/keep" + VERSION,
                            "{`properties`:{`level`:`" + level + "`}}");

            refused(backend, "/locks/keep");
        }
    }

    @Test
    void a_read_only_lock_is_told_by_a_plan_that_has_to_change_something() {
        try (AksBackend backend = new AksBackend()) {
            backend.rest()
                    .put(
                            "providers/Microsoft.Authorization/locks/frozen" + VERSION,
                            "{`properties`:{`level`:`ReadOnly`}}");

            assertThat(backend.osmo.plan(spec()).warnings())
                    .anyMatch(text -> text.contains("read-only lock") && text.contains("/locks/frozen"));
        }
    }

    @Test
    void a_lock_elsewhere_is_no_guard() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String other = "resourceGroups/" + GROUP + "-2";
            backend.rest().put(other, "{`location`:`" + REGION + "`}");
            backend.rest()
                    .put(
                            other + "/providers/Microsoft.Authorization/locks/keep" + VERSION,
                            "{`properties`:{`level`:`CanNotDelete`}}");

            assertThat(backend.osmo.planDestroy(spec().ref()).guards()).isEmpty();
        }
    }

    private static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of(
                        CLUSTER + "/agentPools/theirs",
                        "{`properties`:{`mode`:`User`,`count`:1,`vmSize`:`Standard_D4s_v5`,`vnetSubnetID`:`$sub/"
                                + IN_GROUP + "Microsoft.Network/virtualNetworks/" + NAME + "-vnet/subnets/nodes`}}"),
                Arguments.of(
                        IN_GROUP + "Microsoft.Network/publicIPAddresses/theirs",
                        "{`location`:`" + REGION + "`,`sku`:{`name`:`Standard`},"
                                + "`properties`:{`publicIPAllocationMethod`:`Static`}}"),
                Arguments.of(
                        NODES + "/providers/Microsoft.Network/publicIPAddresses/theirs",
                        "{`location`:`" + REGION + "`,`sku`:{`name`:`Standard`},"
                                + "`properties`:{`publicIPAllocationMethod`:`Static`}}"),
                Arguments.of(
                        CLUSTER + "/providers/Microsoft.KubernetesConfiguration/extensions/theirs",
                        "{`properties`:{`extensionType`:`microsoft.flux`}}"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void what_others_have_put_inside_is_a_guard(String path, String body) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.rest().made(path, body);

            refused(backend, "/theirs");
        }
    }

    /** Whoever follows the remedy must not lose the cluster. */
    @Test
    void a_cluster_that_has_lost_its_tags_is_to_get_them_back() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.rest().send(HttpMethod.PATCH, CLUSTER, "{`tags`:{}}");
            backend.time().advance(Duration.ofMinutes(1));

            refused(backend, "managedClusters/" + NAME);

            assertThat(backend.osmo.planDestroy(spec().ref()).guards())
                    .filteredOn(guard -> guard.subject().endsWith("managedClusters/" + NAME))
                    .singleElement()
                    .satisfies(guard -> assertThat(guard.remedy())
                            .contains("az tag update --operation Merge --resource-id " + guard.subject()
                                    + " --tags osmo-backend=" + NAME + " osmo-region=" + REGION));
        }
    }

    @Test
    void a_foreign_key_in_our_vault_is_a_guard() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String vault =
                    backend.requests("PUT Microsoft.KeyVault/vaults").get(0).path();
            backend.rest().made(vault + "/keys/theirs", "{`properties`:{`kty`:`RSA`}}");

            refused(backend, "/keys/theirs");
        }
    }

    /** Issue 11, row 7: what was added is not in what was agreed to. */
    @Test
    void a_pool_added_after_the_plan_makes_it_stale() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            Plan plan = backend.osmo.planDestroy(spec().ref());
            backend.applied(spec(s ->
                    s.computePool("more", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))));
            List<String> before = backend.azure().inventory();

            assertThatThrownBy(() -> backend.osmo.apply(plan))
                    .isInstanceOf(StalePlanException.class)
                    .hasMessageContaining("agent-pool/more");

            assertThat(backend.azure().inventory()).isEqualTo(before);
        }
    }

    @Test
    void a_foreign_subnet_in_our_network_is_a_guard() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String network = IN_GROUP + "Microsoft.Network/virtualNetworks/" + NAME + "-vnet";
            JsonNode present = backend.rest().get(network).body();
            String own =
                    present.at("/properties/subnets/0/properties/addressPrefix").asText();
            backend.rest()
                    .made(
                            network,
                            "{`location`:`" + REGION + "`,`tags`:" + present.path("tags")
                                    + ",`properties`:{`addressSpace`:{`addressPrefixes`:[`" + own
                                    + "`,`192.168.9.0/24`]},"
                                    + "`subnets`:[{`name`:`nodes`,`properties`:{`addressPrefix`:`" + own
                                    + "`,`natGateway`:{`id`:`"
                                    + present.at("/properties/subnets/0/properties/natGateway/id")
                                            .asText()
                                    + "`}}},{`name`:`theirs`,`properties`:{`addressPrefix`:`192.168.9.0/24`}}]}}");

            refused(backend, "/subnets/theirs");
        }
    }

    /** The plan that replaces a pool would delete the old one. */
    @Test
    void a_lock_of_others_on_the_cluster_forbids_to_replace_a_pool() {
        BackendSpec larger = spec(s -> s.changePool("cpu", p -> p.instanceType("Standard_D16s_v5")));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.rest()
                    .put(
                            CLUSTER + "/providers/Microsoft.Authorization/locks/keep" + VERSION,
                            "{`properties`:{`level`:`CanNotDelete`}}");
            List<String> before = backend.azure().inventory();

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(larger)))
                    .isInstanceOf(GuardedException.class)
                    .hasMessageContaining("/locks/keep");

            assertThat(backend.azure().inventory()).isEqualTo(before);
        }
    }

    /** Of the built-in roles only Owner and User Access Administrator may set locks. */
    @Test
    void who_may_not_set_locks_is_told_which_right_is_missing() {
        try (AksBackend backend = new AksBackend()) {
            backend.azure().faults().onCall("PUT Microsoft.Authorization/locks").deny();

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec(s -> s.deletionProtection(true)))))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("Microsoft.Authorization/locks/write");
        }
    }
}
