// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.azure.GpuDriver;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.azure.Models;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.internal.azure.AzureModels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is peculiar to AKS, each trap by a backend on emulated ARM. */
class AksBackendTest {
    private static final String REGION = "eastus2";
    private static final String GROUP = "osmo-train-west-" + REGION;

    private final AzureModels models = Models.load();
    private final VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
    private EmulatedAzure azure = EmulatedAzure.builder(time).inspector(models).build();

    @AfterEach
    void requests_keep_what_microsoft_describes() {
        azure.close();
        time.close();
        assertThat(models.violations()).isEmpty();
    }

    private void azure(UnaryOperator<EmulatedAzure.Builder> how) {
        azure.close();
        azure = how.apply(EmulatedAzure.builder(time).inspector(models)).build();
    }

    private OsmoBackends open() {
        return OsmoBackends.builder()
                .provider(new AzureProvider((region, settings) -> AzureClients.over(
                        azure.httpClient(), azure.credential(), AzureEnvironment.AZURE, azure.subscription())))
                .scheduler(time)
                .build();
    }

    private static BackendSpec spec() {
        return BackendSpec.builder("train-west")
                .on("azure", REGION)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))
                .build();
    }

    private static BackendSpec gpu(AksSettings settings) {
        return spec().toBuilder()
                .gpuPool(
                        "h100-spot-training",
                        p -> p.instanceType("Standard_NC24ads_A100_v4").scale(0, 2))
                .settings(settings)
                .build();
    }

    private Rest arm() {
        return new Rest(azure, time);
    }

    @ParameterizedTest
    @EnumSource(PollingStyle.class)
    void operations_are_followed_however_arm_tells_of_them(PollingStyle style) {
        azure(a -> a.polling(style));
        try (OsmoBackends osmo = open()) {
            osmo.apply(osmo.plan(spec()));
            assertThat(osmo.plan(spec()).isEmpty()).isTrue();

            osmo.apply(osmo.planDestroy(spec().ref()));
            assertThat(azure.inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }

    @Test
    void a_deleted_vault_is_recovered_with_its_key() {
        try (OsmoBackends osmo = open()) {
            osmo.apply(osmo.plan(spec()));
            Backend gone = osmo.apply(osmo.planDestroy(spec().ref()));
            assertThat(gone.leftovers()).extracting(Leftover::kind).containsExactly("deleted-key-vault");

            osmo.apply(osmo.plan(spec()));

            assertThat(osmo.plan(spec()).isEmpty()).isTrue();
            assertThat(azure.inventory()).noneMatch(line -> line.startsWith("deletedVault "));
        }
    }

    @Test
    void what_the_subscription_lacks_is_registered_first() {
        azure(a -> a.unregistered("Microsoft.ContainerService").unregistered("Microsoft.DataProtection"));
        try (OsmoBackends osmo = open()) {
            assertThat(osmo.preflight(spec()).findings())
                    .filteredOn(f -> f.check().equals("preflight.registration"))
                    .singleElement()
                    .satisfies(f -> assertThat(f.message())
                            .contains("Microsoft.ContainerService", "Microsoft.DataProtection", "EncryptionAtHost"));

            osmo.apply(osmo.plan(spec()));

            assertThat(osmo.plan(spec()).isEmpty()).isTrue();
        }
    }

    @Test
    void a_group_that_was_there_stays() {
        arm().send(HttpMethod.PUT, "resourceGroups/shared", "{\"location\":\"" + REGION + "\"}");
        BackendSpec spec = spec().toBuilder()
                .settings(AksSettings.builder().resourceGroup("shared").build())
                .build();
        try (OsmoBackends osmo = open()) {
            osmo.apply(osmo.plan(spec));
            assertThat(osmo.list("azure", REGION)).containsExactly(spec.ref());

            osmo.apply(osmo.planDestroy(spec.ref()));
        }
        assertThat(azure.inventory())
                .contains("resourceGroup shared")
                .allMatch(line -> line.equals("resourceGroup shared") || line.startsWith("deletedVault "));
    }

    @Test
    void the_group_of_the_nodes_is_left_to_aks_until_the_cluster_is_gone() {
        try (OsmoBackends osmo = open()) {
            osmo.apply(osmo.plan(spec()));
            azure.forgetCalls();

            osmo.apply(osmo.planDestroy(spec().ref()));

            assertThat(azure.calls())
                    .extracting(call -> call.request(ArmRequest.class))
                    .filteredOn(request -> request.method().equals("DELETE"))
                    .extracting(ArmRequest::path)
                    .anyMatch(path -> path.endsWith("/managedClusters/" + spec().name()))
                    .noneMatch(path -> path.toLowerCase(Locale.ROOT).contains("resourcegroups/mc_"));
            assertThat(azure.inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }

    @Test
    void our_group_stays_while_it_holds_what_is_not_ours() {
        try (OsmoBackends osmo = open()) {
            osmo.apply(osmo.plan(spec()));
            arm().send(
                            HttpMethod.PUT,
                            "resourceGroups/" + GROUP + "/providers/Microsoft.Network/publicIPAddresses/theirs",
                            "{\"location\":\"" + REGION + "\",\"sku\":{\"name\":\"Standard\"},"
                                    + "\"properties\":{\"publicIPAllocationMethod\":\"Static\"}}");

            assertThatThrownBy(() -> osmo.apply(osmo.planDestroy(spec().ref())))
                    .isInstanceOf(OsmoBackendException.class)
                    .hasMessageContaining("theirs");

            assertThat(azure.inventory())
                    .anyMatch(line -> line.startsWith("resourceGroup " + GROUP))
                    .anyMatch(line -> line.contains("publicIPAddresses theirs"));
        }
    }

    @Test
    void the_owner_of_the_driver_is_fixed_and_a_change_of_it_takes_a_new_pool() {
        try (OsmoBackends osmo = open()) {
            BackendSpec ours = gpu(AksSettings.defaults());
            osmo.apply(osmo.plan(ours));
            assertThat(azure.calls())
                    .extracting(call -> call.request(ArmRequest.class))
                    .anyMatch(request -> request.method().equals("PUT")
                            && request.body().contains("\"gpuProfile\":{\"driver\":\"None\""));

            Plan plan =
                    osmo.plan(gpu(AksSettings.builder().gpuDriver(GpuDriver.AKS).build()));

            assertThat(plan.changes())
                    .filteredOn(change -> change.action() == Action.DELETE
                            && change.resource().kind().equals("agent-pool"))
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.resource().toString()).isEqualTo("agent-pool/h100-spot-training");
                        assertThat(change.reason()).startsWith("is replaced by agent-pool/h100sp");
                    });
        }
    }

    @Test
    void facts_tell_what_aks_tells() {
        try (OsmoBackends osmo = open()) {
            Backend backend = osmo.apply(osmo.plan(gpu(AksSettings.defaults())));

            CloudFacts facts = backend.facts();

            CloudFacts.ControlPlane control = facts.controlPlane().known().orElseThrow();
            assertThat(control.healthy()).isTrue();
            assertThat(control.highlyAvailable()).isTrue();
            assertThat(control.secretsKey().known().orElseThrow()).isPresent();
            List<CloudFacts.Pool> pools = facts.pools().known().orElseThrow();
            assertThat(pools).extracting(CloudFacts.Pool::name).contains("system", "operator", "cpu");
            assertThat(pools)
                    .filteredOn(p ->
                            p.specPool().filter("h100-spot-training"::equals).isPresent())
                    .singleElement()
                    .satisfies(p -> {
                        assertThat(p.name()).matches("[a-z][a-z0-9]{0,11}");
                        assertThat(p.scale().max()).isEqualTo(2);
                        assertThat(p.machine().known().orElseThrow().gpus()).isEqualTo(1);
                        assertThat(p.diskEncrypted().known()).contains(true);
                        assertThat(p.gpuStack().known()).contains(GpuStack.ofOperator());
                    });
            assertThat(control.pinnedVersion()).isEmpty();
            assertThat(control.workloadIdentity().known().orElseThrow()).isPresent();
            assertThat(facts.quotas().known().orElseThrow())
                    .allMatch(q ->
                            q.limit().known().isPresent() && q.used().known().isPresent())
                    .anyMatch(q -> q.name().equals("cores")
                            && q.limit().known().orElseThrow() == 2000
                            && q.perMachine().containsKey("operator"));
            assertThat(facts.network().known().orElseThrow().subnets())
                    .singleElement()
                    .satisfies(s -> assertThat(s.egress().known().orElseThrow().orElseThrow())
                            .contains("natGateways"));
            assertThat(facts.backup().known().orElseThrow().covered()).isTrue();
        }
    }

    @Test
    void preflight_passes_in_a_subscription_that_has_everything() {
        try (OsmoBackends osmo = open()) {
            var report = osmo.preflight(spec());

            assertThat(report.passed()).as(report.toString()).isTrue();
            assertThat(report.findings())
                    .extracting(PreflightFinding::check)
                    .contains(
                            "preflight.identity",
                            "preflight.name",
                            "preflight.registration",
                            "preflight.version",
                            "preflight.instance-types");
        }
    }

    @Test
    void a_version_that_aks_does_not_offer_is_refused_before_anything_is_made() {
        try (OsmoBackends osmo = open()) {
            BackendSpec old = spec().toBuilder().kubernetesVersion("1.30").build();

            assertThatThrownBy(() -> osmo.plan(old))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("kubernetesVersion");
            assertThat(azure.inventory()).isEmpty();
        }
    }

    @Test
    void a_pool_without_capacity_says_so() {
        try (OsmoBackends osmo = open()) {
            azure.failNext(
                    "PUT Microsoft.ContainerService/managedClusters/agentPools",
                    "AllocationFailed",
                    "Allocation failed. We do not have sufficient capacity for the requested VM size in this region.");

            assertThatThrownBy(() -> osmo.apply(osmo.plan(spec())))
                    .isInstanceOf(OsmoBackendException.class)
                    .hasMessageContaining("AllocationFailed");
            osmo.apply(osmo.plan(spec()));
            assertThat(osmo.plan(spec()).isEmpty()).isTrue();
        }
    }

    @Test
    void an_existing_network_and_key_are_used_and_left_as_they_are() {
        Rest arm = arm();
        String group = "/subscriptions/" + azure.subscription() + "/resourceGroups/theirs";
        String network = group + "/providers/Microsoft.Network/";
        String vault = group + "/providers/Microsoft.KeyVault/vaults/theirs-keys-1";
        String at = "{\"location\":\"" + REGION + "\",";
        arm.send(HttpMethod.PUT, group, "{\"location\":\"" + REGION + "\"}");
        arm.send(
                HttpMethod.PUT,
                network + "publicIPAddresses/out",
                at + "\"sku\":{\"name\":\"Standard\"},\"properties\":{\"publicIPAllocationMethod\":\"Static\"}}");
        time.advance(Duration.ofMinutes(1));
        arm.send(
                HttpMethod.PUT,
                network + "natGateways/out",
                at
                        + "\"sku\":{\"name\":\"Standard\"},\"properties\":{\"publicIpAddresses\":[{\"id\":\"" + network
                        + "publicIPAddresses/out\"}]}}");
        time.advance(Duration.ofMinutes(1));
        arm.send(
                HttpMethod.PUT,
                network + "virtualNetworks/net",
                at
                        + "\"properties\":{\"addressSpace\":{\"addressPrefixes\":[\"10.9.0.0/16\"]},\"subnets\":[{\"name\":\"n\","
                        + "\"properties\":{\"addressPrefix\":\"10.9.0.0/20\",\"natGateway\":{\"id\":\"" + network
                        + "natGateways/out\"}}}]}}");
        arm.send(
                HttpMethod.PUT,
                vault,
                at
                        + "\"properties\":{\"tenantId\":\"99999999-8888-4777-a666-555555555555\",\"sku\":{\"family\":\"A\","
                        + "\"name\":\"standard\"},\"enableRbacAuthorization\":true,\"enablePurgeProtection\":true,"
                        + "\"accessPolicies\":[]}}");
        time.advance(Duration.ofMinutes(2));
        arm.send(HttpMethod.PUT, vault + "/keys/k", "{\"properties\":{\"kty\":\"RSA\"}}");
        List<String> before = azure.inventory();
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("azure", REGION)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))
                .network(n -> n.existing(network + "virtualNetworks/net", network + "virtualNetworks/net/subnets/n"))
                .encryption(e -> e.existingKey(vault + "/keys/k"))
                .build();
        try (OsmoBackends osmo = open()) {
            osmo.apply(osmo.plan(spec));
            assertThat(osmo.plan(spec).isEmpty()).as(osmo.plan(spec).toString()).isTrue();

            osmo.apply(osmo.planDestroy(spec.ref()));
        }
        assertThat(azure.inventory()).isEqualTo(before);
    }

    @Test
    void a_public_cluster_with_spot_nodes_and_local_accounts_settles() {
        BackendSpec spec = spec().toBuilder()
                .gpuPool(
                        "spot",
                        p -> p.instanceType("Standard_NC24ads_A100_v4")
                                .scale(0, 2)
                                .spot(true))
                .apiEndpoint(a -> a.publicAccess("203.0.113.0/24"))
                .settings(AksSettings.builder()
                        .localAccounts(true)
                        .hostEncryption(false)
                        .systemNodes(3)
                        .upgradeChannel("patch")
                        .nodeOsSku("AzureLinux")
                        .build())
                .build();
        try (OsmoBackends osmo = open()) {
            osmo.apply(osmo.plan(spec));

            assertThat(osmo.plan(spec).isEmpty()).as(osmo.plan(spec).toString()).isTrue();
        }
    }

    @Test
    void an_upgrade_goes_one_minor_version_at_a_time_control_plane_first() {
        try (OsmoBackends osmo = open()) {
            BackendSpec old = spec().toBuilder().kubernetesVersion("1.34").build();
            BackendSpec newer = spec().toBuilder().kubernetesVersion("1.36").build();
            osmo.apply(osmo.plan(old));

            osmo.apply(osmo.plan(newer));

            assertThat(osmo.plan(newer).isEmpty())
                    .as(osmo.plan(newer).toString())
                    .isTrue();
            assertThat(azure.inventory()).anyMatch(line -> line.startsWith("managedClusters train-west 1.36"));
        }
    }
}
