// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Issue 14: a role counts at the scope at which it is assigned and below, so the export says for each action where it is needed. */
class AksScopesTest {
    private static final String SKUS = "Microsoft.Compute/skus/read";
    private static final String CLUSTER = "Microsoft.ContainerService/managedClusters/write";
    private static final String JOIN = "Microsoft.Network/virtualNetworks/subnets/join/action";
    private static final String ASSIGN = "Microsoft.Authorization/roleAssignments/write";

    private static String group(AksBackend backend, String name) {
        return "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/" + name;
    }

    /** Everything that may exist before a backend does, each in a group of its own. */
    private static BackendSpec elsewhere(AksBackend backend) {
        for (String name : List.of("mine", "net", "dns")) {
            backend.rest().put(group(backend, name), "{`location`:`eastus2`}");
        }
        String network = group(backend, "net") + "/providers/Microsoft.Network/";
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
        return spec(s -> s.network(n -> n.existing(vnet, vnet + "/subnets/n"))
                .apiEndpoint(api -> api.privateOnly())
                .settings(AksSettings.builder()
                        .resourceGroup("mine")
                        .privateDnsZone(zone)
                        .build()));
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

    @Test
    void an_action_that_is_allowed_only_elsewhere_is_refused_at_each_scope_and_told_by_the_preflight()
            throws IOException {
        try (AksBackend backend = new AksBackend()) {
            BackendSpec spec = elsewhere(backend);
            Map<String, Set<String>> roles = roles(backend, spec);
            String subscription = "/subscriptions/" + backend.azure().subscription();
            // In the order in which an apply gets to them: what has been done is not asked for again.
            Map<String, String> needed = new LinkedHashMap<>();
            needed.put(subscription, SKUS);
            needed.put(group(backend, "dns"), ASSIGN);
            needed.put(group(backend, "net"), JOIN);
            needed.put(group(backend, "mine"), CLUSTER);
            assertThat(roles.keySet()).isEqualTo(needed.keySet());

            needed.forEach((scope, action) -> {
                backend.azure().allowOnlyAt(moved(roles, scope, action));
                assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec)))
                        .satisfies(refused -> assertThat(texts(refused))
                                .anyMatch(text -> text.contains(action) && text.contains(scope)));
            });
            backend.azure().allowOnlyAt(moved(roles, group(backend, "net"), JOIN));
            assertThat(backend.osmo.preflight(spec).findings())
                    .filteredOn(finding -> finding.check().equals("preflight.permissions"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.status()).isEqualTo(PreflightFinding.Status.FAIL);
                        assertThat(finding.message()).endsWith(": " + JOIN + " at " + group(backend, "net"));
                    });

            backend.azure().allowOnly(backend.osmo.permissions(spec, Use.APPLY));
            backend.applied(spec);
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
