// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.azure.AzureModels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The emulated services, called directly, every request and answer held against Microsoft's descriptions. */
class EmulatedAzureTest {
    private static final String GROUP = "resourceGroups/g";
    private static final String NETWORK = GROUP + "/providers/Microsoft.Network/virtualNetworks/v";
    private static final String SUBNET = NETWORK + "/subnets/nodes";
    private static final String NAT = GROUP + "/providers/Microsoft.Network/natGateways/n";
    private static final String ADDRESS = GROUP + "/providers/Microsoft.Network/publicIPAddresses/a";
    private static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";
    private static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/osmo-kv";
    private static final String CLUSTER = GROUP + "/providers/Microsoft.ContainerService/managedClusters/c";
    private static final String CRYPTO_USER = "12338af0-0e69-4776-bea7-57ae8d297424";
    private static final String ASSIGNMENT =
            "/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    private static final String TENANT = "99999999-8888-4777-a666-555555555555";

    private VirtualTime time;
    private AzureModels models;
    private EmulatedAzure azure;
    private Rest rest;

    @BeforeEach
    void open() {
        time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        models = Models.load();
        start(EmulatedAzure.builder(time));
    }

    private void start(EmulatedAzure.Builder builder) {
        azure = builder.inspector(models).build();
        rest = new Rest(azure, time);
        rest.made(GROUP, "{`location`:`eastus2`,`tags`:{`osmo-backend`:`b`}}");
    }

    private void restart(EmulatedAzure.Builder builder) {
        azure.close();
        start(builder);
    }

    @AfterEach
    void nothing_broke_the_descriptions() {
        azure.close();
        assertThat(models.violations()).isEmpty();
    }

    private static void refused(int status, String code, Rest.Reply reply) {
        assertThat(reply.status() + " " + reply.code())
                .as(reply.body().toString())
                .isEqualTo(status + " " + code);
        assertThat(reply.text("/error/message")).isNotEmpty();
    }

    private void network() {
        rest.made(NETWORK, "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}");
        rest.made(
                ADDRESS,
                "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`publicIPAllocationMethod`:`Static`}}");
        rest.made(
                NAT,
                "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`publicIpAddresses`:[{`id`:`$sub/"
                        + ADDRESS + "`}]}}");
        rest.made(SUBNET, "{`properties`:{`addressPrefix`:`10.1.0.0/20`,`natGateway`:{`id`:`$sub/" + NAT + "`}}}");
    }

    private String pool(String mode, String more) {
        return "`mode`:`" + mode + "`,`vmSize`:`Standard_D4s_v5`,`count`:2,`osDiskSizeGB`:64,`maxPods`:110,"
                + "`vnetSubnetID`:`$sub/" + SUBNET + "`,`availabilityZones`:[`1`,`2`,`3`]" + more;
    }

    private String cluster(String more) {
        return "{`location`:`eastus2`,`sku`:{`name`:`Base`,`tier`:`Standard`},`identity`:{`type`:`UserAssigned`,"
                + "`userAssignedIdentities`:{`$sub/" + IDENTITY + "`:{}}},`properties`:{`dnsPrefix`:`c`,"
                + "`kubernetesVersion`:`1.35`,`networkProfile`:{`networkPlugin`:`azure`,`networkPluginMode`:`overlay`,"
                + "`outboundType`:`userAssignedNATGateway`,`serviceCidr`:`10.200.0.0/16`,`dnsServiceIP`:`10.200.0.10`},"
                + "`agentPoolProfiles`:[{`name`:`system`," + pool("System", "") + "}]" + more + "}}";
    }

    private void cluster() {
        network();
        rest.made(IDENTITY, "{`location`:`eastus2`}");
        rest.made(CLUSTER, cluster(""));
    }

    private String principal() {
        return rest.get(IDENTITY).text("/properties/principalId");
    }

    private String assignment(String role, String principal, String type) {
        return "{`properties`:{`roleDefinitionId`:`$sub/providers/Microsoft.Authorization/roleDefinitions/" + role
                + "`,`principalId`:`" + principal + "`" + type + "}}";
    }

    // ------------------------------------------------------------------------------------------ ARM

    @Test
    void ids_differ_in_case_and_slashes_only_in_looks() {
        network();

        Rest.Reply found = rest.get("https://management.azure.com//subscriptions/" + azure.subscription()
                + "/RESOURCEGROUPS/G/providers/microsoft.network/VirtualNetworks/V");

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.text("/id")).isEqualTo(rest.id(NETWORK));
        assertThat(found.text("/properties/subnets/0/name")).isEqualTo("nodes");
    }

    @Test
    void what_no_request_may_lack_is_asked_for() {
        HttpRequest anonymous = new HttpRequest(
                HttpMethod.GET, "https://management.azure.com" + rest.id(GROUP) + "?api-version=2025-04-01");
        assertThat(azure.httpClient().sendSync(anonymous, Context.NONE).getStatusCode())
                .isEqualTo(401);
        refused(400, "NoRegisteredProviderFound", rest.get(GROUP + "?api-version=1999-01-01"));
        refused(404, "SubscriptionNotFound", rest.get("/subscriptions/00000000-0000-0000-0000-000000000000/" + GROUP));
        refused(
                404,
                "ResourceGroupNotFound",
                rest.get("resourceGroups/other/providers/Microsoft.Network/natGateways/n"));
        refused(404, "ResourceNotFound", rest.get(NAT));
        refused(404, "ParentResourceNotFound", rest.put(SUBNET, "{`properties`:{`addressPrefix`:`10.1.0.0/24`}}"));
        refused(
                400,
                "LocationRequired",
                rest.put(GROUP + "/providers/Microsoft.Network/loadBalancers/l", "{`sku`:{`name`:`Standard`}}"));
        assertThatThrownBy(() -> rest.get(GROUP + "/providers/Microsoft.Sql/servers/s"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("GET Microsoft.Sql/servers is not emulated");
        assertThat(rest.delete(NAT).status()).isEqualTo(204);
    }

    @Test
    void lists_come_in_pages_and_groups_are_found_by_tag() {
        restart(EmulatedAzure.builder(time).pageSize(2));
        for (int i = 0; i < 4; i++) {
            rest.made("resourceGroups/g" + i, "{`location`:`eastus2`,`tags`:{`osmo-backend`:`b" + i + "`}}");
        }
        Rest.Reply first = rest.get("resourceGroups");
        Rest.Reply second = rest.get(first.text("/nextLink"));
        Rest.Reply third = rest.get(second.text("/nextLink"));

        assertThat(first.body().path("value").size()).isEqualTo(2);
        assertThat(third.body().path("value").size()).isEqualTo(1);
        assertThat(third.body().has("nextLink")).isFalse();
        assertThat(rest.get("resourceGroups?$filter=tagName eq 'osmo-backend' and tagValue eq 'b3'")
                        .text("/value/0/name"))
                .isEqualTo("g3");
        refused(400, "InvalidFilterInQueryString", rest.get("resourceGroups?$filter=color eq 'red'"));
        refused(
                400,
                "InvalidFilterInQueryString",
                rest.get("resources?$filter=tagName eq 'a' and resourceType eq 'Microsoft.Network/natGateways'"));
    }

    @Test
    void entity_tags_guard_against_lost_updates() {
        cluster();
        String etag = rest.get(CLUSTER).text("/eTag");

        refused(412, "PreconditionFailed", rest.send(HttpMethod.PUT, CLUSTER, cluster(""), "If-Match", "stale"));
        refused(412, "PreconditionFailed", rest.send(HttpMethod.PUT, CLUSTER, cluster(""), "If-None-Match", "*"));
        assertThat(rest.send(HttpMethod.PUT, CLUSTER, cluster(""), "If-Match", etag)
                        .status())
                .isEqualTo(200);
        refused(409, "OperationNotAllowed", rest.put(CLUSTER, cluster("")));
    }

    @ParameterizedTest
    @EnumSource(PollingStyle.class)
    void operations_end_in_each_style(PollingStyle style) {
        restart(EmulatedAzure.builder(time).polling(style));
        String body = "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}";

        Rest.Reply begun = rest.put(NETWORK, body);
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.text("/properties/provisioningState")).isEqualTo("Creating");
        String async = begun.header("Azure-AsyncOperation");
        String location = begun.header("Location");
        assertThat(async.isEmpty())
                .isEqualTo(style == PollingStyle.LOCATION || style == PollingStyle.PROVISIONING_STATE);
        assertThat(location.isEmpty()).isEqualTo(style != PollingStyle.LOCATION);
        if (!async.isEmpty()) {
            assertThat(rest.get(async).text("/status")).isEqualTo("InProgress");
        }
        if (!location.isEmpty()) {
            assertThat(rest.get(location).status()).isEqualTo(202);
            assertThat(rest.get(location).header("Retry-After")).isNotEmpty();
        }
        refused(429, "AnotherOperationInProgress", rest.put(NETWORK, body));

        time.advance(Duration.ofSeconds(10));
        if (!async.isEmpty()) {
            assertThat(rest.get(async).text("/status")).isEqualTo("Succeeded");
        }
        if (!location.isEmpty()) {
            assertThat(rest.get(location).text("/properties/provisioningState")).isEqualTo("Succeeded");
        }
        assertThat(rest.get(NETWORK).text("/properties/provisioningState")).isEqualTo("Succeeded");

        Rest.Reply deletion = rest.delete(NETWORK);
        assertThat(deletion.status()).isEqualTo(202);
        assertThat(rest.get(NETWORK).text("/properties/provisioningState")).isEqualTo("Deleting");
        time.advance(Duration.ofSeconds(10));
        if (!deletion.header("Location").isEmpty()) {
            assertThat(rest.get(deletion.header("Location")).status()).isEqualTo(204);
        }
        assertThat(rest.get(NETWORK).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(PollingStyle.class)
    void a_failed_operation_says_why_in_each_style(PollingStyle style) {
        restart(EmulatedAzure.builder(time).polling(style));
        azure.failNext("PUT Microsoft.Network/virtualNetworks", "InternalServerError", "no luck");

        Rest.Reply begun = rest.put(
                NETWORK, "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}");
        time.advance(Duration.ofSeconds(10));

        assertThat(rest.get(NETWORK).text("/properties/provisioningState")).isEqualTo("Failed");
        if (!begun.header("Azure-AsyncOperation").isEmpty()) {
            Rest.Reply polled = rest.get(begun.header("Azure-AsyncOperation"));
            assertThat(polled.text("/status")).isEqualTo("Failed");
            assertThat(polled.code()).isEqualTo("InternalServerError");
        }
        if (!begun.header("Location").isEmpty()) {
            refused(409, "InternalServerError", rest.get(begun.header("Location")));
        }
    }

    @Test
    void a_group_takes_all_along_but_what_others_use() {
        network();
        rest.made("resourceGroups/other", "{`location`:`eastus2`}");
        rest.made(
                "resourceGroups/other/providers/Microsoft.Network/loadBalancers/l",
                "{`location`:`eastus2`,`sku`:{`name`:`Standard`},`properties`:{`frontendIPConfigurations`:[{`name`:`f`,"
                        + "`properties`:{`subnet`:{`id`:`$sub/" + SUBNET + "`}}}]}}");
        refused(400, "InUseSubnetCannotBeDeleted", rest.delete(GROUP));
        rest.gone("resourceGroups/other");

        assertThat(rest.delete(GROUP).header("Location")).isNotEmpty();
        assertThat(rest.get(GROUP).text("/properties/provisioningState")).isEqualTo("Deleting");
        refused(409, "ResourceGroupBeingDeleted", rest.put(NAT, "{`location`:`eastus2`,`sku`:{`name`:`Standard`}}"));
        time.advance(Duration.ofMinutes(5));

        assertThat(azure.inventory()).isEmpty();
        refused(404, "ResourceGroupNotFound", rest.delete(GROUP));
    }

    @Test
    void a_lock_forbids_to_delete_what_is_under_it() {
        network();
        String lock = GROUP + "/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01";
        assertThat(rest.put(lock, "{`properties`:{`level`:`CanNotDelete`}}").status())
                .isEqualTo(201);

        refused(409, "ScopeLocked", rest.delete(NAT));
        refused(409, "ScopeLocked", rest.delete(GROUP));
        rest.delete(lock);
        assertThat(rest.delete(GROUP).status()).isEqualTo(202);
    }

    @Test
    void providers_are_registered_first() {
        restart(EmulatedAzure.builder(time).unregistered("Microsoft.DataProtection"));
        String vault = GROUP + "/providers/Microsoft.DataProtection/backupVaults/v";
        refused(409, "MissingSubscriptionRegistration", rest.get(vault));

        rest.post("providers/Microsoft.DataProtection/register?api-version=2025-04-01", "");
        assertThat(rest.get("providers/Microsoft.DataProtection?api-version=2025-04-01")
                        .text("/registrationState"))
                .isEqualTo("Registering");
        time.advance(Duration.ofMinutes(2));

        refused(404, "ResourceNotFound", rest.get(vault));
    }

    @Test
    void faults_strike_by_rule() {
        azure.faults().onCall("PUT Microsoft.Network/virtualNetworks").nth(1).loseResponse();
        azure.faults().onCall("DELETE *").times(1).throttle();
        azure.faults().onCall("PUT Microsoft.Network/natGateways").deny();
        String body = "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}";

        assertThatThrownBy(() -> rest.put(NETWORK, body)).hasMessageContaining("Connection reset");
        assertThat(azure.inventory()).contains("virtualNetworks v Creating");
        Rest.Reply throttled = rest.delete(NETWORK);
        refused(429, "SubscriptionRequestsThrottled", throttled);
        assertThat(throttled.header("Retry-After")).isEqualTo("10");
        refused(403, "AuthorizationFailed", rest.put(NAT, "{`location`:`eastus2`}"));
        azure.faults().onCall("LIST *").crashBefore();
        assertThatThrownBy(() -> rest.get("resourceGroups")).isInstanceOf(VirtualTime.SimulatedCrash.class);
        assertThat(azure.calls()).last().matches(Call::reads);
    }

    // ------------------------------------------------------------------------------------------ network

    @Test
    void subnets_outside_or_overlapping_are_refused() {
        network();

        refused(
                400,
                "NetcfgSubnetRangeOutsideVnet",
                rest.put(NETWORK + "/subnets/x", "{`properties`:{`addressPrefix`:`10.2.0.0/24`}}"));
        refused(
                400,
                "NetcfgSubnetRangesOverlap",
                rest.put(NETWORK + "/subnets/x", "{`properties`:{`addressPrefix`:`10.1.8.0/24`}}"));
        refused(
                400,
                "InvalidCIDRNotation",
                rest.put(NETWORK + "/subnets/x", "{`properties`:{`addressPrefix`:`10.1.64.1/24`}}"));
        refused(
                400,
                "InvalidResourceReference",
                rest.put(
                        NETWORK + "/subnets/x",
                        "{`properties`:{`addressPrefix`:`10.1.64.0/24`,`natGateway`:{`id`:`$sub/" + NAT + "x`}}}"));
    }

    @Test
    void what_is_in_use_is_not_deleted() {
        network();

        refused(400, "CannotDeleteNatGatewayAssociatedToSubnet", rest.delete(NAT));
        refused(400, "PublicIPAddressCannotBeDeleted", rest.delete(ADDRESS));
        rest.gone(SUBNET);
        rest.gone(NAT);
        rest.gone(ADDRESS);
        rest.gone(NETWORK);
        rest.gone(GROUP);
        assertThat(azure.inventory()).isEmpty();
    }

    @Test
    void subnets_given_inside_a_network_replace_those_that_stand() {
        network();
        String inline =
                "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]},`subnets`:["
                        + "{`name`:`other`,`properties`:{`addressPrefix`:`10.1.128.0/24`}}]}}";

        rest.made(NETWORK, inline);

        assertThat(rest.get(SUBNET).status()).isEqualTo(404);
        assertThat(rest.get(NETWORK + "/subnets/other").status()).isEqualTo(200);
    }

    // ------------------------------------------------------------------------------------------ identity, keys

    @Test
    void a_principal_is_not_known_at_once_and_a_role_holds_later() {
        network();
        rest.put(IDENTITY, "{`location`:`eastus2`}");
        String at = GROUP + ASSIGNMENT;

        refused(400, "PrincipalNotFound", rest.put(at, assignment(CRYPTO_USER, principal(), "")));
        refused(
                400,
                "PrincipalNotFound",
                rest.put(at, assignment(CRYPTO_USER, TENANT, ",`principalType`:`ServicePrincipal`")));
        String typed = assignment(CRYPTO_USER, principal(), ",`principalType`:`ServicePrincipal`");
        assertThat(rest.put(at, typed).status()).isEqualTo(201);
        assertThat(rest.put(at, typed).status()).isEqualTo(200);
        refused(409, "RoleAssignmentExists", rest.put(at.replace("aaaaaaaa", "aaaaaaab"), typed));
        refused(
                400,
                "RoleDefinitionDoesNotExist",
                rest.put(at, assignment(CRYPTO_USER.replace("12338", "12339"), principal(), "")));
        assertThat(rest.get(GROUP + "/providers/Microsoft.Authorization/roleAssignments?$filter=principalId eq '"
                                + principal() + "'")
                        .body()
                        .path("value")
                        .size())
                .isEqualTo(1);
    }

    private String vault(String more) {
        return "{`location`:`eastus2`,`properties`:{`tenantId`:`" + TENANT
                + "`,`sku`:{`family`:`A`,`name`:`standard`},`enableRbacAuthorization`:true" + more + "}}";
    }

    @Test
    void deleted_vaults_keep_their_name_and_their_keys() {
        azure.takeVaultName("taken-kv");
        refused(409, "VaultAlreadyExists", rest.put(VAULT.replace("osmo-kv", "taken-kv"), vault("")));
        refused(400, "SoftDeletedVaultDoesNotExist", rest.put(VAULT, vault(",`createMode`:`recover`")));
        Rest.Reply begun = rest.put(VAULT, vault(",`enablePurgeProtection`:true"));
        assertThat(begun.text("/properties/provisioningState")).isEqualTo("RegisteringDns");
        refused(409, "VaultNotReady", rest.put(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`}}"));
        time.advance(Duration.ofMinutes(1));
        Rest.Reply key = rest.put(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`,`keySize`:3072}}");
        String version = key.text("/properties/keyUriWithVersion");
        assertThat(version).startsWith("https://osmo-kv.vault.azure.net/keys/k/");
        assertThat(rest.put(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`,`keySize`:4096}}")
                        .text("/properties/keySize"))
                .isEqualTo("3072");
        refused(405, "MethodNotAllowed", rest.delete(VAULT + "/keys/k"));
        refused(400, "BadRequest", rest.put(VAULT, vault(",`enablePurgeProtection`:false")));

        assertThat(rest.delete(VAULT).status()).isEqualTo(200);
        refused(409, "ConflictError", rest.put(VAULT, vault("")));
        String deleted = "providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/osmo-kv";
        assertThat(rest.get(deleted).text("/properties/vaultId")).isEqualTo(rest.id(VAULT));
        refused(400, "MethodNotAllowed", rest.post(deleted + "/purge", ""));
        assertThat(azure.inventory()).contains("deletedVault osmo-kv");

        rest.made(VAULT, vault(",`createMode`:`recover`"));
        assertThat(rest.get(VAULT + "/keys/k").text("/properties/keyUriWithVersion"))
                .isEqualTo(version);
        rest.delete(VAULT);
        time.advance(Duration.ofDays(91));
        refused(404, "DeletedVaultNotFound", rest.get(deleted));
    }

    @Test
    void a_disk_encryption_set_needs_a_protected_vault_and_rights() {
        rest.made(IDENTITY, "{`location`:`eastus2`}");
        rest.made(VAULT, vault(""));
        String key =
                rest.made(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`}}").text("/properties/keyUriWithVersion");
        String set = GROUP + "/providers/Microsoft.Compute/diskEncryptionSets/d";
        String body = "{`location`:`eastus2`,`identity`:{`type`:`UserAssigned`,`userAssignedIdentities`:{`$sub/"
                + IDENTITY + "`:{}}},`properties`:{`activeKey`:{`keyUrl`:`" + key + "`}}}";

        refused(400, "KeyVaultPurgeProtectionNotEnabled", rest.put(set, body));
        rest.made(VAULT, vault(",`enablePurgeProtection`:true"));
        refused(403, "KeyVaultAccessForbidden", rest.put(set, body));
        rest.put(VAULT + ASSIGNMENT, assignment("e147488a-f6f5-4113-8e2d-b22465e65bf6", principal(), ""));
        refused(403, "KeyVaultAccessForbidden", rest.put(set, body));
        time.advance(Duration.ofMinutes(2));

        Rest.Reply begun = rest.put(set, body);
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("Location")).isNotEmpty();
        time.advance(Duration.ofMinutes(1));
        assertThat(rest.get(set).text("/properties/provisioningState")).isEqualTo("Succeeded");
    }

    // ------------------------------------------------------------------------------------------ AKS

    @Test
    void nodes_follow_the_pools() {
        cluster();
        Rest.Reply standing = rest.get(CLUSTER);

        assertThat(standing.text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(standing.text("/properties/kubernetesVersion")).isEqualTo("1.35");
        assertThat(standing.text("/properties/currentKubernetesVersion")).isEqualTo("1.35.4");
        assertThat(standing.text("/properties/nodeResourceGroup")).isEqualTo("MC_g_c_eastus2");
        assertThat(rest.get("resourceGroups/MC_g_c_eastus2").text("/managedBy")).isEqualTo(rest.id(CLUSTER));
        var plane = azure.cluster("g", "c");
        assertThat(plane.nodes()).extracting(EmulatedNode::zone).containsExactly("eastus2-1", "eastus2-2");
        EmulatedNode node = plane.nodes().get(0);
        assertThat(node.name()).matches("aks-system-\\d{8}-vmss000000");
        assertThat(plane.json("Node", "", node.name()))
                .contains(
                        "\"kubernetes.azure.com/agentpool\":\"system\"",
                        "\"kubernetes.azure.com/mode\":\"system\"",
                        "containerd://2.3.2-ubuntu24.04u1",
                        "v1.35.4",
                        "azure:///subscriptions/" + azure.subscription() + "/resourcegroups/mc_g_c_eastus2/",
                        "\"topology.disk.csi.azure.com/zone\":\"eastus2-1\"");
        assertThat(plane.json("StorageClass", "", "default"))
                .contains("\"storageclass.kubernetes.io/is-default-class\":\"true\"", "StandardSSD_ZRS");
        assertThat(plane.has("CSIDriver", "", "disk.csi.azure.com")).isTrue();

        rest.made(
                CLUSTER + "/agentPools/gpu",
                "{`properties`:{`mode`:`User`,`vmSize`:`Standard_NC4as_T4_v3`,`count`:1,`osDiskSizeGB`:128,`gpuProfile`:"
                        + "{`driver`:`None`},`scaleSetPriority`:`Spot`,`nodeLabels`:{`node-type`:`gpu`},`nodeTaints`:"
                        + "[`nvidia.com/gpu=present:NoSchedule`],`vnetSubnetID`:`$sub/" + SUBNET + "`}}");
        EmulatedNode gpu = plane.nodes().get(2);
        assertThat(gpu.taints())
                .extracting(EmulatedNode.Taint::key)
                .containsExactly("nvidia.com/gpu", "kubernetes.azure.com/scalesetpriority");
        assertThat(gpu.labels()).containsEntry("node-type", "gpu");
        rest.made(
                CLUSTER + "/agentPools/gpu",
                "{`properties`:{`mode`:`User`,`vmSize`:`Standard_NC4as_T4_v3`,`count`:3,`vnetSubnetID`:`$sub/" + SUBNET
                        + "`}}");
        assertThat(azure.cluster("g", "c").nodes()).hasSize(5);
        rest.gone(CLUSTER + "/agentPools/gpu");
        assertThat(azure.cluster("g", "c").nodes()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`vmSize`:`Standard_D8s_v5` | PropertyChangeNotAllowed",
                "`vmSize`:`Standard_X1` | BadRequest",
                "`osDiskSizeGB`:256 | PropertyChangeNotAllowed",
                "`availabilityZones`:[`1`] | PropertyChangeNotAllowed",
                "`gpuProfile`:{`driver`:`Install`} | PropertyChangeNotAllowed",
                "`maxPods`:60 | PropertyChangeNotAllowed",
                "`enableAutoScaling`:true | InvalidParameter",
                "`enableAutoScaling`:true,`minCount`:3,`maxCount`:2 | InvalidParameter",
                "`minCount`:1,`maxCount`:2 | InvalidParameter",
                "`orchestratorVersion`:`1.36` | NodePoolMcVersionIncompatible",
                "`orchestratorVersion`:`1.30` | K8sVersionNotSupported",
                "`nodeTaints`:[`no taint`] | InvalidParameter",
                "`nodeLabels`:{`kubernetes.azure.com/mine`:`x`} | InvalidParameter",
                "`count`:400 | ErrCode_InsufficientVCPUQuota",
                "`mode`:`System`,`nodeTaints`:[`a=b:NoSchedule`] | InvalidParameter",
                "`mode`:`System`,`count`:0 | InvalidParameter"
            })
    void a_pool_keeps_the_rules(String change, String code) {
        cluster();
        String body = "`vmSize`:`Standard_D4s_v5`,`count`:1,`mode`:`User`,`vnetSubnetID`:`$sub/" + SUBNET + "`";
        rest.made(CLUSTER + "/agentPools/cpu", "{`properties`:{" + body + "}}");
        String changed = body;
        for (String member : new String[] {"vmSize", "count", "mode"}) {
            if (change.contains("`" + member + "`:")) {
                changed = changed.replaceAll("`" + member + "`:[^,]*,", "");
            }
        }

        refused(400, code, rest.put(CLUSTER + "/agentPools/cpu", "{`properties`:{" + changed + "," + change + "}}"));
    }

    @Test
    void the_last_system_pool_stays_and_pools_are_not_added_through_the_cluster() {
        cluster();

        refused(400, "OperationNotAllowed", rest.delete(CLUSTER + "/agentPools/system"));
        refused(
                400,
                "BadRequest",
                rest.put(CLUSTER + "/agentPools/system", "{`properties`:{" + pool("User", "") + "}}"));
        refused(
                400,
                "BadRequest",
                rest.put(
                        CLUSTER,
                        cluster("")
                                .replace(
                                        "`agentPoolProfiles`:[",
                                        "`agentPoolProfiles`:[{`name`:`extra`," + pool("User", "") + "},")));
        refused(
                400,
                "BadRequest",
                rest.put(CLUSTER.replace("/c", "/d"), cluster("").replace("`mode`:`System`", "`mode`:`User`")));
        refused(
                404,
                "ParentResourceNotFound",
                rest.put(CLUSTER.replace("/c", "/d") + "/agentPools/cpu", "{`properties`:{" + pool("User", "") + "}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`kubernetesVersion`:`1.35` | `kubernetesVersion`:`1.30` | K8sVersionNotSupported",
                "`kubernetesVersion`:`1.35` | `kubernetesVersion`:`1.35.1` | K8sVersionNotSupported",
                "`kubernetesVersion`:`1.35` | `kubernetesVersion`:`1.33` | K8sVersionNotSupported",
                "`kubernetesVersion`:`1.35` | `kubernetesVersion`:`1.37` | OperationNotAllowed",
                "`kubernetesVersion`:`1.35` | `kubernetesVersion`:`1.34` | OperationNotAllowed",
                "`dnsPrefix`:`c` | `dnsPrefix`:`d` | PropertyChangeNotAllowed",
                "`serviceCidr`:`10.200.0.0/16` | `serviceCidr`:`10.201.0.0/16` | PropertyChangeNotAllowed",
                "`dnsPrefix`:`c` | `dnsPrefix`:`c`,`nodeResourceGroup`:`other` | PropertyChangeNotAllowed",
                "`dnsServiceIP`:`10.200.0.10` | `dnsServiceIP`:`10.9.0.10` | PropertyChangeNotAllowed",
                "`dnsPrefix`:`c` | `dnsPrefix`:`c`,`disableLocalAccounts`:true | BadRequest"
            })
    void a_cluster_keeps_the_rules(String old, String changed, String code) {
        cluster();

        refused(400, code, rest.put(CLUSTER, cluster("").replace(old.trim(), changed.trim())));
    }

    @Test
    void a_network_that_does_not_fit_is_refused_before_anything_is_made() {
        network();
        rest.made(IDENTITY, "{`location`:`eastus2`}");

        refused(
                400,
                "ServiceCidrOverlapExistingSubnetsCidr",
                rest.put(CLUSTER, cluster("").replace("10.200.", "10.1.")));
        refused(400, "InvalidParameter", rest.put(CLUSTER, cluster("").replace("`10.200.0.10`", "`10.201.0.10`")));
        rest.made(SUBNET, "{`properties`:{`addressPrefix`:`10.1.0.0/20`}}");
        refused(400, "BadRequest", rest.put(CLUSTER, cluster("")));
        assertThat(azure.inventory()).noneMatch(line -> line.startsWith("managedClusters"));
    }

    @Test
    void an_upgrade_moves_the_control_plane_and_pools_follow_by_their_own() {
        cluster();

        rest.made(CLUSTER, cluster("").replace("`1.35`", "`1.36`"));
        assertThat(rest.get(CLUSTER).text("/properties/currentKubernetesVersion"))
                .isEqualTo("1.36.2");
        assertThat(rest.get(CLUSTER + "/agentPools/system").text("/properties/currentOrchestratorVersion"))
                .isEqualTo("1.35.4");
        rest.made(
                CLUSTER + "/agentPools/system",
                "{`properties`:{" + pool("System", ",`orchestratorVersion`:`1.36`") + "}}");

        assertThat(azure.cluster("g", "c").nodes())
                .extracting(EmulatedNode::kubeletVersion)
                .containsOnly("v1.36.2");
    }

    @Test
    void operations_on_a_cluster_and_its_pools_keep_out_of_each_others_way() {
        cluster();
        String cpu = "{`properties`:{" + pool("User", "") + "}}";
        rest.put(CLUSTER + "/agentPools/one", cpu);

        assertThat(rest.put(CLUSTER + "/agentPools/two", cpu).status()).isEqualTo(201);
        Rest.Reply refusal = rest.put(CLUSTER, cluster(""));
        refused(409, "OperationNotAllowed", refusal);
        assertThat(refusal.text("/error/message")).contains("in progress on agent pool (one)");
        refused(409, "OperationNotAllowed", rest.put(CLUSTER + "/agentPools/one", cpu));

        assertThat(rest.post(CLUSTER + "/agentPools/one/abort", "").status()).isEqualTo(204);
        assertThat(rest.get(CLUSTER + "/agentPools/one").text("/properties/provisioningState"))
                .isEqualTo("Canceled");
        assertThat(rest.delete(CLUSTER).status()).isEqualTo(202);
        time.advance(Duration.ofMinutes(10));
        assertThat(azure.inventory()).noneMatch(line -> line.contains("MC_") || line.startsWith("agentPools"));
    }

    @Test
    void writes_to_a_cluster_are_throttled_after_twenty() {
        cluster();
        String path = CLUSTER + "/agentPools/cpu";
        for (int i = 0; i < 20; i++) {
            assertThat(rest.put(path, "{`properties`:{`vmSize`:`Standard_X1`,`count`:1}}")
                            .status())
                    .isEqualTo(400);
        }

        Rest.Reply throttled = rest.put(path, "{`properties`:{" + pool("User", "") + "}}");
        refused(429, "Throttled", throttled);
        time.advance(Duration.ofSeconds(Long.parseLong(throttled.header("Retry-After"))));

        assertThat(rest.put(path, "{`properties`:{" + pool("User", "") + "}}").status())
                .isEqualTo(201);
    }

    @Test
    void a_stock_out_fails_the_pool_which_stands_nevertheless() {
        cluster();
        azure.faults().stockOut("Standard_ND96isr_H100_v5", "eastus2-3");
        String path = CLUSTER + "/agentPools/gpu";
        String body = "{`properties`:{`vmSize`:`Standard_ND96isr_H100_v5`,`count`:1,`availabilityZones`:[`3`],"
                + "`vnetSubnetID`:`$sub/" + SUBNET + "`}}";
        refused(400, "AvailabilityZoneNotSupported", rest.put(path, body.replace("[`3`]", "[`1`]")));

        Rest.Reply begun = rest.put(path, body);
        time.advance(Duration.ofMinutes(5));

        assertThat(rest.get(begun.header("Azure-AsyncOperation")).code()).isEqualTo("ZonalAllocationFailed");
        assertThat(rest.get(path).text("/properties/provisioningState")).isEqualTo("Failed");
        assertThat(rest.get(path).text("/properties/status/provisioningError/code"))
                .isEqualTo("ZonalAllocationFailed");
        azure.faults().restock("Standard_ND96isr_H100_v5", "eastus2-3");
        rest.made(path, body);
        assertThat(rest.get(path).text("/properties/provisioningState")).isEqualTo("Succeeded");
    }

    @Test
    void keys_for_secrets_need_a_role_that_holds() {
        network();
        rest.made(IDENTITY, "{`location`:`eastus2`}");
        rest.made(VAULT, vault(",`enablePurgeProtection`:true"));
        String key =
                rest.made(VAULT + "/keys/k", "{`properties`:{`kty`:`RSA`}}").text("/properties/keyUriWithVersion");
        String body = cluster(",`securityProfile`:{`azureKeyVaultKms`:{`enabled`:true,`keyId`:`" + key
                + "`,`keyVaultNetworkAccess`:`Public`}}");

        refused(400, "AzureKeyVaultKmsValidateIdentityPermissionCustomerError", rest.put(CLUSTER, body));
        rest.put(VAULT + ASSIGNMENT, assignment(CRYPTO_USER, principal(), ""));
        refused(400, "AzureKeyVaultKmsValidateIdentityPermissionCustomerError", rest.put(CLUSTER, body));
        time.advance(Duration.ofMinutes(2));

        rest.made(CLUSTER, body);
    }

    @Test
    void credentials_lead_to_the_cluster() {
        cluster();

        String config = new String(
                Base64.getDecoder()
                        .decode(rest.post(CLUSTER + "/listClusterAdminCredential", "")
                                .text("/kubeconfigs/0/value")),
                StandardCharsets.UTF_8);
        assertThat(config).contains("server: " + azure.cluster("g", "c").endpoint());
        rest.made(
                CLUSTER, cluster(",`aadProfile`:{`managed`:true,`enableAzureRBAC`:true},`disableLocalAccounts`:true"));
        refused(400, "BadRequest", rest.post(CLUSTER + "/listClusterAdminCredential", ""));
        assertThat(rest.post(CLUSTER + "/listClusterUserCredential", "").status())
                .isEqualTo(200);
    }

    @Test
    void stopping_takes_the_nodes_away_and_starting_brings_them_back() {
        cluster();
        assertThat(rest.post(CLUSTER + "/stop", "").status()).isEqualTo(202);
        time.advance(Duration.ofMinutes(10));

        assertThat(rest.get(CLUSTER).text("/properties/powerState/code")).isEqualTo("Stopped");
        assertThat(azure.cluster("g", "c").nodes()).isEmpty();
        refused(400, "BadRequest", rest.put(CLUSTER, cluster("")));
        rest.post(CLUSTER + "/start", "");
        time.advance(Duration.ofMinutes(10));
        assertThat(azure.cluster("g", "c").nodes()).hasSize(2);
    }

    @Test
    void deleting_a_cluster_takes_its_node_resource_group_along() {
        cluster();
        azure.plantLoadBalancer("g", "c", "web");
        azure.plantDisk("g", "c", "claim");
        assertThat(azure.inventory())
                .anyMatch(l -> l.startsWith("disks pvc-"))
                .contains("resourceGroup MC_g_c_eastus2");
        refused(400, "InUseSubnetCannotBeDeleted", rest.delete(SUBNET));

        rest.gone(CLUSTER);

        assertThat(azure.inventory())
                .containsExactly(
                        "natGateways n",
                        "publicIPAddresses a",
                        "resourceGroup g",
                        "userAssignedIdentities id1",
                        "virtualNetworks v",
                        "virtualNetworks/subnets nodes in v");
        assertThatThrownBy(() -> azure.cluster("g", "c")).hasMessageContaining("there is no cluster");
    }

    // ------------------------------------------------------------------------------------------ catalogue and backup

    @Test
    void the_catalogue_tells_zones_families_and_what_is_left() {
        cluster();
        JsonNode skus = rest.get(
                        "providers/Microsoft.Compute/skus?$filter=location eq 'eastus2'&api-version=2021-07-01")
                .body()
                .path("value");
        JsonNode h100 = StreamSupport.stream(skus.spliterator(), false)
                .filter(s -> s.path("name").asText().equals("Standard_ND96isr_H100_v5"))
                .findFirst()
                .orElseThrow();
        assertThat(h100.at("/locationInfo/0/zones/0").asText()).isEqualTo("3");
        JsonNode usages = rest.get("providers/Microsoft.Compute/locations/eastus2/usages?api-version=2024-07-01")
                .body()
                .path("value");
        JsonNode family = StreamSupport.stream(usages.spliterator(), false)
                .filter(u -> u.at("/name/value").asText().equals("standardDSv5Family"))
                .findFirst()
                .orElseThrow();
        assertThat(family.path("currentValue").asInt()).isEqualTo(8);
        JsonNode versions = rest.get("providers/Microsoft.ContainerService/locations/eastus2/kubernetesVersions")
                .body()
                .path("values");
        assertThat(versions.at("/0/capabilities/supportPlan").toString()).isEqualTo("[\"AKSLongTermSupport\"]");
    }

    @Test
    void a_backup_needs_extension_trust_and_rights() {
        cluster();
        String vault = GROUP + "/providers/Microsoft.DataProtection/backupVaults/bv";
        rest.made(
                vault,
                "{`location`:`eastus2`,`identity`:{`type`:`SystemAssigned`},`properties`:{`storageSettings`:[{`datastoreType`:"
                        + "`VaultStore`,`type`:`LocallyRedundant`}]}}");
        String principal = rest.get(vault).text("/identity/principalId");
        String policy = vault + "/backupPolicies/daily";
        rest.made(
                policy,
                "{`properties`:{`objectType`:`BackupPolicy`,`datasourceTypes`:[`Microsoft.ContainerService/managedClusters`],"
                        + "`policyRules`:[{`objectType`:`AzureRetentionRule`,`name`:`Default`,`isDefault`:true,`lifecycles`:[{"
                        + "`deleteAfter`:{`objectType`:`AbsoluteDeleteOption`,`duration`:`P7D`},`sourceDataStore`:{"
                        + "`dataStoreType`:`OperationalStore`,`objectType`:`DataStoreInfoBase`}}]}]}}");
        String instance = vault + "/backupInstances/c";
        String body = "{`properties`:{`objectType`:`BackupInstance`,`dataSourceInfo`:{`resourceID`:`$sub/" + CLUSTER
                + "`,`datasourceType`:`Microsoft.ContainerService/managedClusters`},`policyInfo`:{`policyId`:`$sub/"
                + policy
                + "`,`policyParameters`:{`dataStoreParametersList`:[{`objectType`:`AzureOperationalStoreParameters`,"
                + "`dataStoreType`:`OperationalStore`,`resourceGroupId`:`$sub/" + GROUP + "`}]}}}}";
        assertFails(instance, body, "UserErrorKubernetesBackupExtensionNotInstalled");
        rest.made(
                CLUSTER + "/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup",
                "{`properties`:{`extensionType`:`microsoft.dataprotection.kubernetes`,`releaseTrain`:`stable`,"
                        + "`configurationSettings`:{`a`:`b`}}}");
        assertThat(azure.cluster("g", "c")
                        .has("Deployment", "dataprotection-microsoft", "dataprotection-microsoft-controller"))
                .isTrue();
        assertFails(instance, body, "UserErrorTrustedAccessNotConfigured");
        String trust = CLUSTER + "/trustedAccessRoleBindings/backup";
        refused(
                400,
                "InvalidParameter",
                rest.put(trust, "{`properties`:{`sourceResourceId`:`$sub/" + vault + "`,`roles`:[`bogus`]}}"));
        rest.made(
                trust,
                "{`properties`:{`sourceResourceId`:`$sub/" + vault
                        + "`,`roles`:[`Microsoft.DataProtection/backupVaults/backup-operator`]}}");
        assertFails(instance, body, "UserErrorMissingRequiredPermissions");
        rest.put(GROUP + ASSIGNMENT, assignment("acdd72a7-3385-48ef-bd42-f606fba81ae7", principal, ""));
        rest.put(
                GROUP + ASSIGNMENT.replace("aaaaaaaa", "aaaaaaab"),
                assignment("b24988ac-6180-42a0-ab88-20f7382dd24c", principal(), ""));
        time.advance(Duration.ofMinutes(2));

        rest.made(instance, body);
        assertThat(rest.get(instance).text("/properties/currentProtectionState"))
                .isEqualTo("ProtectionConfigured");
        refused(400, "BMSUserErrorVaultNotEmpty", rest.delete(vault));
        refused(400, "UserErrorBackupPolicyInUse", rest.delete(policy));
        rest.gone(instance);
        rest.gone(policy);
        rest.gone(vault);
    }

    private void assertFails(String path, String body, String code) {
        Rest.Reply begun = rest.put(path, body);
        assertThat(begun.status()).as(begun.body().toString()).isIn(200, 201);
        time.advance(Duration.ofMinutes(2));
        assertThat(rest.get(begun.header("Azure-AsyncOperation")).code()).isEqualTo(code);
    }
}
