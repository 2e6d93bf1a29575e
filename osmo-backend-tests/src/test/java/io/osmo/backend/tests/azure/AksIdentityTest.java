// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.named;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.management.AzureEnvironment;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.tests.identity.OtherAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** A backend is known by subscription, region and name; others are left exactly as they are. */
class AksIdentityTest {
    private static final String TENANT = "99999999-8888-4777-a666-555555555555";
    private static final String OTHER = "12121212-3434-4565-8787-909090909090";

    /** Everything that the subscription lists, by id. */
    private static Map<String, String> everything(AksBackend backend) {
        Rest rest = backend.rest();
        Map<String, String> all = new TreeMap<>();
        for (String list : new String[] {
            "resourcegroups",
            "resources",
            "providers/Microsoft.Authorization/roleAssignments",
            "providers/Microsoft.Authorization/locks?api-version=2020-05-01"
        }) {
            for (JsonNode object : rest.get(list).body().path("value")) {
                String id = object.path("id").asText();
                JsonNode read = list.equals("resources") ? rest.get(id).body() : object;
                all.put(id, read.toString());
            }
        }
        return all;
    }

    /** Issue 11, row 4; and names of which one is the beginning of the other. */
    @ParameterizedTest
    @CsvSource({"train-west,westus3", "train-west-2,eastus2", "train,eastus2"})
    void destroying_one_leaves_its_neighbor_byte_for_byte(String name, String region) {
        BackendSpec neighbor =
                named(name, region).toBuilder().deletionProtection(true).build();
        try (AksBackend backend = new AksBackend()) {
            backend.applied(neighbor);
            Map<String, String> before = everything(backend);
            assertThat(before).hasSizeGreaterThan(20);

            backend.applied(spec());
            assertThat(everything(backend)).containsAllEntriesOf(before);
            assertThat(backend.osmo.plan(neighbor).changes()).isEmpty();

            backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));

            assertThat(everything(backend)).isEqualTo(before);
            assertThat(backend.osmo.plan(neighbor).changes()).isEmpty();
        }
    }

    @Test
    void each_region_lists_its_own() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(named(NAME, "westus3"));
            backend.applied(spec());

            assertThat(backend.osmo.list("azure", "eastus2")).containsExactly(spec().ref());
            assertThat(backend.osmo.list("azure", "westus3"))
                    .containsExactly(named(NAME, "westus3").ref());
        }
    }

    /** In one resource group a name can be there once, whatever the region. */
    @Test
    void in_a_shared_group_the_second_of_a_name_is_refused() {
        try (AksBackend backend = new AksBackend()) {
            backend.rest().put("resourceGroups/shared", "{`location`:`eastus2`}");
            AksSettings shared = AksSettings.builder().resourceGroup("shared").build();
            backend.applied(spec(s -> s.settings(shared)));
            Map<String, String> before = everything(backend);
            BackendSpec second =
                    named(NAME, "westus3").toBuilder().settings(shared).build();

            assertThatThrownBy(() -> backend.osmo.plan(second)).isInstanceOf(OwnershipConflictException.class);
            assertThat(backend.osmo.planDestroy(second.ref()).changes()).isEmpty();

            assertThat(everything(backend)).isEqualTo(before);
        }
    }

    /** AKS copies tags of the cluster to what it makes for the nodes, in a group of any name. */
    @Test
    void the_group_of_the_nodes_is_never_taken_for_that_of_the_backend() {
        BackendSpec spec = spec(s ->
                s.settings(AksSettings.builder().nodeResourceGroup("a-nodes").build()));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec);

            assertThat(backend.osmo.get(spec.ref())).isPresent();
            backend.osmo.apply(backend.osmo.planDestroy(spec.ref()));

            assertThat(backend.azure().inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }

    /** Somebody whose token names them, as those of Microsoft Entra ID do. */
    private static OsmoBackends as(AksBackend backend, String objectId) {
        String claims = Base64.getUrlEncoder()
                .encodeToString(("{\"oid\":\"" + objectId + "\",\"tid\":\"" + TENANT + "\",\"idtyp\":\"app\"}")
                        .getBytes(StandardCharsets.UTF_8));
        return OsmoBackends.builder()
                .provider(new AzureProvider((region, settings) -> AzureClients.over(
                        backend.azure().httpClient(),
                        request -> Mono.fromSupplier(() -> new AccessToken(
                                "e30." + claims + ".x",
                                backend.time().now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))),
                        AzureEnvironment.AZURE,
                        backend.azure().subscription())))
                .scheduler(backend.time())
                .build();
    }

    private static List<String> admins(AksBackend backend) {
        List<String> admins = new ArrayList<>();
        backend.rest()
                .get("providers/Microsoft.Authorization/roleAssignments")
                .body()
                .path("value")
                .forEach(role -> {
                    if (role.at("/properties/roleDefinitionId")
                            .asText()
                            .endsWith("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b")) {
                        admins.add(role.at("/properties/principalId").asText());
                    }
                });
        return admins;
    }

    /** Issue 11, row 10, on Azure. */
    @Test
    void who_has_applied_is_not_locked_out_by_somebody_else_nor_by_leaving_admins() {
        String robot = "aaaaaaaa-0000-4000-8000-000000000001";
        String human = "bbbbbbbb-0000-4000-8000-000000000002";
        try (AksBackend backend = new AksBackend()) {
            backend.azure().plantPrincipal(robot);
            backend.azure().plantPrincipal(human);
            try (OsmoBackends osmo = as(backend, robot)) {
                osmo.apply(osmo.plan(spec(s -> s.admin(robot).admin(human))));
                assertThat(osmo.plan(spec(s -> s.admin(robot).admin(human))).changes())
                        .isEmpty();
                assertThat(osmo.plan(spec(s -> s.admin(human))).changes()).isEmpty();
            }
            try (OsmoBackends osmo = as(backend, human)) {
                osmo.apply(osmo.plan(spec()));
                assertThat(osmo.plan(spec()).changes()).isEmpty();
            }

            assertThat(admins(backend)).containsExactlyInAnyOrder(robot, human);
        }
    }

    /** Issue 11, row 6. */
    @Test
    void a_plan_is_refused_in_another_subscription() {
        try (AksBackend ours = new AksBackend();
                AksBackend theirs = new AksBackend(azure -> azure.subscription(OTHER))) {
            ours.applied(spec());
            theirs.applied(spec());
            Plan stored = Plan.fromJson(ours.osmo.planDestroy(spec().ref()).toJson());
            List<String> before = theirs.azure().inventory();
            theirs.azure().forgetCalls();

            assertThatThrownBy(() -> theirs.osmo.apply(stored))
                    .isInstanceOf(StalePlanException.class)
                    .hasMessageContaining(ours.azure().subscription())
                    .hasMessageContaining(OTHER);

            assertThat(theirs.azure().calls()).allMatch(Call::reads);
            assertThat(theirs.azure().inventory()).isEqualTo(before);
        }
    }

    /** Issue 11, row 15: the entry point's own subscription has no such backend. */
    @Test
    void a_backend_in_another_subscription_is_found_by_its_spec() {
        BackendSpec there =
                spec(s -> s.settings(AksSettings.builder().subscription(OTHER).build()));
        VirtualTime time = VirtualTime.create();
        try (EmulatedAzure own = EmulatedAzure.on(time);
                EmulatedAzure theirs =
                        EmulatedAzure.builder(time).subscription(OTHER).build();
                OsmoBackends osmo = OsmoBackends.builder()
                        .scheduler(time)
                        .provider(new AzureProvider(
                                (region, settings) -> settings.subscription().isPresent()
                                        ? theirs.open(region, settings)
                                        : own.open(region, settings)))
                        .build()) {
            OtherAccount.foundBySpec(osmo, there, own.subscription(), OTHER);

            assertThat(theirs.inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }
}
