// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GPU;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issue 14: a role counts at the scope at which it is assigned and below, so the export says for each action where it is needed. */
class AksScopesTest {
    private static final String JOIN = "Microsoft.Network/virtualNetworks/subnets/join/action";
    private static final String ASSIGN = "Microsoft.Authorization/roleAssignments/write";

    private static String group(AksBackend backend, String name) {
        return "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/" + name;
    }

    /** Everything that may exist before a backend does, each in a group of its own. Groups may have the names of types. */
    private static BackendSpec elsewhere(AksBackend backend) {
        for (String name : List.of("mine", "subnets", "dns", "keys", "reserved")) {
            backend.rest().put(group(backend, name), "{`location`:`eastus2`}");
        }
        String network = group(backend, "subnets") + "/providers/Microsoft.Network/";
        backend.rest()
                .made(
                        network + "publicIPAddresses/ip",
                        "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`publicIPAllocationMethod`:`Static`}}");
        backend.rest()
                .made(
                        network + "natGateways/nat",
                        "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`publicIpAddresses`:[{`id`:`"
                                + network + "publicIPAddresses/ip`}]}}");
        String vnet = network + "virtualNetworks/net";
        backend.rest()
                .made(
                        vnet,
                        "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.60.0.0/16`]},"
                                + "`subnets`:[{`name`:`n`,`properties`:{`addressPrefix`:`10.60.4.0/22`,`natGateway`:"
                                + "{`id`:`" + network + "natGateways/nat`}}}]}}");
        String zone = group(backend, "dns")
                + "/providers/Microsoft.Network/privateDnsZones/team.privatelink.eastus2.azmk8s.io";
        backend.rest().put(zone + "?api-version=2024-06-01", "{`location`:`global`}");
        String key = key(backend);
        String reservation = reservation(backend);
        return spec(s -> s.network(n -> n.existing(vnet, vnet + "/subnets/n"))
                .apiEndpoint(api -> api.privateOnly())
                .encryption(e -> e.existingKey(key))
                .gpuPool("gpu", p -> p.instanceType(GPU).scale(0, 2).zones("1").reservation(reservation))
                .settings(AksSettings.builder()
                        .resourceGroup("mine")
                        .privateDnsZone(zone)
                        .build()));
    }

    private static String key(AksBackend backend) {
        String vault = group(backend, "keys") + "/providers/Microsoft.KeyVault/vaults/theirs-keys-1";
        backend.rest()
                .made(
                        vault,
                        "{`location`:`eastus2`,`properties`:{`tenantId`:`99999999-8888-4777-a666-555555555555`,"
                                + "`sku`:{`family`:`A`,`name`:`standard`},`enableRbacAuthorization`:true,"
                                + "`enablePurgeProtection`:true}}");
        backend.rest().put(vault + "/keys/k", "{`properties`:{`kty`:`RSA`,`keySize`:2048}}");
        return vault + "/keys/k";
    }

    private static String reservation(AksBackend backend) {
        String held = group(backend, "reserved") + "/providers/Microsoft.Compute/capacityReservationGroups/a100";
        String version = "?api-version=2024-07-01";
        backend.rest().put(held + version, "{`location`:`eastus2`,`zones`:[`1`]}");
        backend.rest()
                .put(
                        held + "/capacityReservations/one" + version,
                        "{`location`:`eastus2`,`sku`:{`name`:`" + GPU + "`,`capacity`:2},`zones`:[`1`]}");
        return held;
    }

    /** The exported roles by the id of their scope. */
    private static Map<String, Set<String>> roles(AksBackend backend, BackendSpec spec) throws IOException {
        Map<String, Set<String>> roles = new TreeMap<>();
        for (PolicyDocument document : backend.osmo.permissions(spec, Use.APPLY).documents()) {
            JsonNode role = new ObjectMapper().readTree(document.text());
            String scope = role.at("/AssignableScopes/0")
                    .asText()
                    .replace("SUBSCRIPTION", backend.azure().subscription());
            role.path("Actions")
                    .forEach(action ->
                            roles.computeIfAbsent(scope, key -> new TreeSet<>()).add(action.asText()));
        }
        return roles;
    }

    /** The roles, but for one action that is allowed in another group instead. */
    private static Map<String, Set<String>> moved(Map<String, Set<String>> roles, String scope, String action) {
        Map<String, Set<String>> moved = new TreeMap<>();
        roles.forEach((at, actions) -> moved.put(at, new TreeSet<>(actions)));
        assertThat(moved.get(scope).remove(action)).as(action + " at " + scope).isTrue();
        moved.put(scope.replaceFirst("(/resourceGroups/.*)?$", "/resourceGroups/other"), Set.of(action));
        return moved;
    }

    /** An empty group stands for the subscription. */
    @ParameterizedTest
    @CsvSource({
        "'', Microsoft.Compute/skus/read",
        "keys, Microsoft.KeyVault/vaults/keys/read",
        "reserved, Microsoft.Compute/capacityReservationGroups/read",
        "reserved, Microsoft.Compute/capacityReservationGroups/capacityReservations/read",
        "dns, " + ASSIGN,
        "keys, " + ASSIGN,
        "reserved, " + ASSIGN,
        "subnets, " + JOIN,
        "mine, Microsoft.ContainerService/managedClusters/write"
    })
    void an_action_that_is_allowed_only_elsewhere_is_refused(String place, String action) throws IOException {
        try (AksBackend backend = new AksBackend()) {
            BackendSpec spec = elsewhere(backend);
            Map<String, Set<String>> roles = roles(backend, spec);
            String subscription = "/subscriptions/" + backend.azure().subscription();
            String scope = place.isEmpty() ? subscription : group(backend, place);
            assertThat(roles.keySet())
                    .containsExactlyInAnyOrder(
                            subscription,
                            group(backend, "mine"),
                            group(backend, "subnets"),
                            group(backend, "dns"),
                            group(backend, "keys"),
                            group(backend, "reserved"));

            backend.azure().allowOnlyAt(moved(roles, scope, action));
            if (!action.endsWith("/read")) {
                assertThat(backend.osmo.preflight(spec).findings())
                        .filteredOn(finding -> finding.check().equals("preflight.permissions"))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.status()).isEqualTo(PreflightFinding.Status.FAIL);
                            assertThat(finding.message()).endsWith(": " + action + " at " + scope);
                        });
            }
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec)))
                    .satisfies(refused ->
                            assertThat(texts(refused)).anyMatch(text -> text.contains(action) && text.contains(scope)));

            backend.azure().allowOnly(backend.osmo.permissions(spec, Use.APPLY));
            backend.applied(spec);
        }
    }

    /** Others may have the key and the machines in a subscription of their own. */
    @Test
    void a_role_is_needed_in_another_subscription() throws IOException {
        try (AksBackend backend = new AksBackend()) {
            String theirs = "/subscriptions/22222222-3333-4444-8555-666666666666/resourceGroups/";
            BackendSpec spec = spec(s -> s.encryption(
                            e -> e.existingKey(theirs + "keys/providers/Microsoft.KeyVault/vaults/v1/keys/k"))
                    .gpuPool("gpu", p -> p.instanceType(GPU).scale(0, 2).zones("1"))
                    .settings(AksSettings.builder()
                            .capacityReservationGroup(
                                    theirs + "reserved/providers/Microsoft.Compute/capacityReservationGroups/a")
                            .build()));

            Map<String, Set<String>> roles = roles(backend, spec);

            assertThat(roles).containsKeys(theirs + "keys", theirs + "reserved");
            assertThat(roles.get(theirs + "keys")).contains(ASSIGN, "Microsoft.KeyVault/vaults/keys/read");
            assertThat(roles.get(theirs + "reserved"))
                    .contains(ASSIGN, "Microsoft.Compute/capacityReservationGroups/read");
            assertThat(roles.get("/subscriptions/" + backend.azure().subscription()))
                    .doesNotContain(
                            "Microsoft.KeyVault/vaults/keys/read", "Microsoft.Compute/capacityReservationGroups/read");
        }
    }

    private static List<String> texts(Throwable refused) {
        List<String> texts = new ArrayList<>(List.of(String.valueOf(refused.getMessage())));
        for (Throwable suppressed : refused.getSuppressed()) {
            texts.add(String.valueOf(suppressed.getMessage()));
        }
        return texts;
    }
}
