// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GPU;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
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
            refused(backend, reserved(groups + "near", "1", "2"), path, "zones [1, 2]", "they are in [1]");

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
