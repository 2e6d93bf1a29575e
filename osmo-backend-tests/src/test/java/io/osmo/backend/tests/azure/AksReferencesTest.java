// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GPU;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.azure.ArmRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a spec refers to is read, and held against what the backend needs of it. Issue 12, A2. */
class AksReferencesTest {
    private static final String ZONES = "/providers/Microsoft.Network/privateDnsZones/";

    private static String theirs(AksBackend backend) {
        String group = "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/theirs";
        backend.rest().put(group, "{`location`:`" + REGION + "`}");
        return group;
    }

    private static BackendSpec zone(String zone) {
        return spec(s -> s.apiEndpoint(api -> api.privateOnly())
                .settings(AksSettings.builder().privateDnsZone(zone).build()));
    }

    private static void refused(AksBackend backend, BackendSpec spec, String path, String... words) {
        assertThatThrownBy(() -> backend.osmo.plan(spec))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        e -> assertThat(e.violations()).singleElement().satisfies(violation -> {
                            assertThat(violation.path()).isEqualTo(path);
                            assertThat(violation.toString()).contains(words);
                        }));
    }

    @Test
    void a_private_dns_zone_is_one_of_the_region_that_exists() {
        try (AksBackend backend = new AksBackend()) {
            String group = theirs(backend);
            String path = "settings.privateDnsZone";
            refused(backend, zone("our-zone"), path, "system, none or the resource id");
            refused(
                    backend,
                    zone(group + ZONES + "privatelink.westus.azmk8s.io"),
                    path,
                    "privatelink.eastus2.azmk8s.io");
            refused(backend, zone(group + ZONES + "azmk8s.io"), path, "privatelink.eastus2.azmk8s.io");
            refused(backend, zone(group + ZONES + "privatelink.eastus2.azmk8s.io"), path, "that exists");
            refused(
                    backend,
                    spec(s -> s.apiEndpoint(api -> api.publicAccess("203.0.113.0/24"))
                            .settings(
                                    AksSettings.builder().privateDnsZone("none").build())),
                    path,
                    "nothing while apiEndpoint is public");
        }
    }

    /** The identity that is made in the same apply has its roles before AKS asks for them. */
    @Test
    void a_private_dns_zone_is_used_with_roles_that_go_with_the_backend() {
        try (AksBackend backend = new AksBackend()) {
            String zone = theirs(backend) + ZONES + "team.privatelink.eastus2.azmk8s.io";
            backend.rest().put(zone + "?api-version=2024-06-01", "{`location`:`global`}");
            List<String> before = backend.azure().inventory();

            backend.applied(zone(zone));

            assertThat(backend.azure().inventory())
                    .contains(
                            "roleAssignment Private DNS Zone Contributor on team.privatelink.eastus2.azmk8s.io",
                            "roleAssignment Network Contributor on train-west-vnet");
            backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));
            assertThat(backend.azure().inventory())
                    .filteredOn(line -> !line.startsWith("deletedVault"))
                    .isEqualTo(before);
        }
    }

    @Test
    void a_key_of_somebody_else_is_usable_and_its_vault_is_too() {
        try (AksBackend backend = new AksBackend()) {
            String vault = theirs(backend) + "/providers/Microsoft.KeyVault/vaults/theirs-keys-1";
            String tenant = "`tenantId`:`99999999-8888-4777-a666-555555555555`,`sku`:{`family`:`A`,`name`:`standard`}";
            backend.rest()
                    .put(
                            vault,
                            "{`location`:`westus`,`properties`:{" + tenant
                                    + ",`accessPolicies`:[],`networkAcls`:{`defaultAction`:`Deny`}}}");
            backend.time().advance(Duration.ofMinutes(2));
            long yesterday = backend.time().now().minus(Duration.ofDays(1)).getEpochSecond();
            backend.rest()
                    .put(
                            vault + "/keys/k",
                            "{`properties`:{`kty`:`RSA`,`attributes`:{`enabled`:false,`exp`:" + yesterday + "}}}");
            BackendSpec spec = spec(s -> s.encryption(e -> e.existingKey(vault + "/keys/k")));

            assertThatThrownBy(() -> backend.osmo.plan(spec))
                    .isInstanceOfSatisfying(
                            InvalidSpecException.class,
                            e -> assertThat(e.violations())
                                    .allMatch(violation -> violation.path().equals("encryption.existingKey"))
                                    .extracting(Violation::allowed)
                                    .anyMatch(text -> text.contains("is enabled"))
                                    .anyMatch(text -> text.contains("has not expired"))
                                    .anyMatch(text -> text.contains("eastus2, not of westus"))
                                    .anyMatch(text -> text.contains("purge protection"))
                                    .anyMatch(text -> text.contains("all networks"))
                                    .anyMatch(text -> text.contains("Azure roles"))
                                    .hasSize(6));
        }
    }

    /** AKS would refuse each of it, after the vault, the identities and the network's other objects have been made. */
    @Test
    void an_existing_network_that_does_not_suffice_is_refused_with_all_reasons() {
        try (AksBackend backend = new AksBackend()) {
            String network = theirs(backend) + "/providers/Microsoft.Network/virtualNetworks/far";
            backend.rest()
                    .put(
                            network,
                            "{`location`:`westus`,`properties`:{`addressSpace`:{`addressPrefixes`:[`172.20.0.0/14`]},"
                                    + "`subnets`:[{`name`:`n`,`properties`:{`addressPrefix`:`172.20.4.0/22`,`delegations`:"
                                    + "[{`name`:`web`,`properties`:{`serviceName`:`Microsoft.Web/serverFarms`}}]}}]}}");
            BackendSpec spec = spec(s -> s.network(n -> n.existing(network, network + "/subnets/n")));

            assertThatThrownBy(() -> backend.osmo.plan(spec))
                    .isInstanceOfSatisfying(
                            InvalidSpecException.class,
                            e -> assertThat(e.violations())
                                    .extracting(Violation::allowed)
                                    .anyMatch(text -> text.contains("a NAT gateway"))
                                    .anyMatch(text -> text.contains("delegated to no service"))
                                    .anyMatch(text -> text.contains("a network in eastus2"))
                                    .anyMatch(text -> text.contains("that no subnet of the network has"))
                                    .hasSize(4));
            assertThat(backend.osmo.preflight(spec).findings())
                    .filteredOn(finding -> finding.status() == PreflightFinding.Status.FAIL)
                    .hasSize(4)
                    .allMatch(finding -> finding.check().equals("preflight.existing"))
                    .as("a range is suggested that the network leaves free")
                    .anyMatch(finding ->
                            finding.remedy().equals("Choose another network.serviceCidr, such as 172.24.0.0/16."));
        }
    }

    /** The default range of pods is that of the network, so the cluster gets another one. */
    @Test
    void pods_get_a_range_that_an_existing_network_does_not_have() {
        try (AksBackend backend = new AksBackend()) {
            String at = theirs(backend) + "/providers/Microsoft.Network/";
            backend.rest()
                    .made(
                            at + "publicIPAddresses/ip",
                            "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`publicIPAllocationMethod`:`Static`}}");
            backend.rest()
                    .made(
                            at + "natGateways/nat",
                            "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`publicIpAddresses`:[{`id`:`"
                                    + at + "publicIPAddresses/ip`}]}}");
            backend.rest()
                    .made(
                            at + "virtualNetworks/net",
                            "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.244.0.0/16`]},"
                                    + "`subnets`:[{`name`:`n`,`properties`:{`addressPrefix`:`10.244.4.0/22`,`natGateway`:"
                                    + "{`id`:`" + at + "natGateways/nat`}}}]}}");
            backend.applied(spec(
                    s -> s.network(n -> n.existing(at + "virtualNetworks/net", at + "virtualNetworks/net/subnets/n"))));

            assertThat(backend.calls(AksBackend.CLUSTER_PUT))
                    .first()
                    .satisfies(call ->
                            assertThat(((ArmRequest) call.request()).body()).contains("\"podCidr\":\"172.28.0.0/14\""));
        }
    }

    @Test
    void a_deleted_vault_of_something_else_keeps_its_name() {
        try (AksBackend backend = new AksBackend()) {
            String name = backend.osmo.preflight(spec()).findings().stream()
                    .map(PreflightFinding::message)
                    .filter(text -> text.startsWith("the name of key vault "))
                    .map(text -> text.split(" ")[5])
                    .findFirst()
                    .orElseThrow();
            String vault = theirs(backend) + "/providers/Microsoft.KeyVault/vaults/" + name;
            backend.rest()
                    .put(
                            vault,
                            "{`location`:`eastus2`,`properties`:{`tenantId`:`99999999-8888-4777-a666-555555555555`,"
                                    + "`sku`:{`family`:`A`,`name`:`standard`},`accessPolicies`:[]}}");
            backend.time().advance(Duration.ofMinutes(2));
            backend.rest().delete(vault);

            assertThat(backend.osmo.preflight(spec()).findings())
                    .filteredOn(finding -> finding.status() == PreflightFinding.Status.FAIL)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message()).contains("a deleted vault of something else keeps that name");
                        assertThat(finding.remedy()).contains("az keyvault purge --name " + name);
                    });
            assertThatThrownBy(() -> backend.osmo.plan(spec())).isInstanceOf(InvalidSpecException.class);
        }
    }

    /** Version 1.33 is left to clusters of the premium tier. */
    @Test
    void a_version_with_long_term_support_only_needs_the_premium_tier() {
        try (AksBackend backend = new AksBackend()) {
            refused(backend, spec(s -> s.kubernetesVersion("1.33")), "kubernetesVersion", "1.33");
            assertThat(backend.osmo
                            .preflight(spec(s -> s.kubernetesVersion("1.33")))
                            .findings())
                    .filteredOn(finding -> finding.status() == PreflightFinding.Status.FAIL)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.check()).isEqualTo("preflight.version");
                        assertThat(finding.remedy()).contains("PREMIUM");
                    });
            BackendSpec premium = spec(s -> s.kubernetesVersion("1.33")
                    .settings(AksSettings.builder().tier(Tier.PREMIUM).build()));
            assertThat(backend.osmo.preflight(premium).findings())
                    .noneMatch(finding -> finding.status() == PreflightFinding.Status.FAIL);
        }
    }

    private static BackendSpec reserved(String group, String... zones) {
        return spec(s -> s.gpuPool(
                "gpu", p -> p.instanceType(GPU).scale(0, 4).zones(zones).reservation(group)));
    }

    @Test
    void a_capacity_reservation_is_of_the_size_the_region_and_the_zones_of_the_pool() {
        try (AksBackend backend = new AksBackend()) {
            String groups = theirs(backend) + "/providers/Microsoft.Compute/capacityReservationGroups/";
            String version = "?api-version=2024-07-01";
            String path = "computePools[1].reservation";
            backend.rest().put(groups + "far" + version, "{`location`:`westus`}");
            backend.rest().put(groups + "near" + version, "{`location`:`" + REGION + "`,`zones`:[`1`,`2`]}");
            String one = groups + "near/capacityReservations/";

            refused(backend, reserved(groups + "none", "1"), path, "can be read and holds a reservation");
            refused(backend, reserved(groups + "far", "1"), path, "in eastus2, not in westus");
            backend.rest()
                    .put(
                            one + "cpu" + version,
                            "{`location`:`" + REGION
                                    + "`,`sku`:{`name`:`Standard_D8s_v5`,`capacity`:3},`zones`:[`1`]}");
            refused(backend, reserved(groups + "near", "1"), path, GPU, "it holds 3 Standard_D8s_v5");
            backend.rest()
                    .put(
                            one + "gpu" + version,
                            "{`location`:`" + REGION + "`,`sku`:{`name`:`" + GPU + "`,`capacity`:2},`zones`:[`1`]}");
            refused(backend, reserved(groups + "near", "1", "2"), path, "zones 1, 2", "they are in zone 1");

            BackendSpec fits = reserved(groups + "near", "1");
            assertThat(backend.osmo.plan(fits).warnings())
                    .anyMatch(text -> text.contains("2 machines") && text.contains("up to 4 nodes"));
            backend.applied(fits);
            assertThat(backend.osmo
                            .plan(spec(s -> s.gpuPool(
                                    "gpu", p -> p.instanceType(GPU).scale(0, 4).zones("1"))))
                            .changes()
                            .toString())
                    .contains("agent-pool/gpu, action=DELETE", "is replaced by agent-pool/gpu");
        }
    }
}
