// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.internal.azure.AzureTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedClustersTest extends AzureTest {
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
    void changes_that_break_the_rules_are_refused(String old, String changed, String code) {
        cluster();

        refused(400, code, rest.put(CLUSTER, cluster("").replace(old.trim(), changed.trim())));
    }

    @Test
    void a_network_that_does_not_fit_is_refused_before_anything_is_created() {
        network();
        rest.made(IDENTITY, "{`location`:`eastus2`}");

        refused(
                400,
                "ServiceCidrOverlapExistingSubnetsCidr",
                rest.put(CLUSTER, cluster("").replace("10.200.", "10.1.")));
        refused(400, "InvalidParameter", rest.put(CLUSTER, cluster("").replace("`10.200.0.10`", "`10.201.0.10`")));
        refused(400, "InvalidParameter", rest.put(CLUSTER, cluster("").replace("10.200.", "172.31.")));
        rest.made(SUBNET, "{`properties`:{`addressPrefix`:`10.1.0.0/20`}}");
        refused(400, "BadRequest", rest.put(CLUSTER, cluster("")));
        assertThat(azure.inventory()).noneMatch(line -> line.startsWith("managedClusters"));
    }

    @Test
    void an_upgrade_changes_the_control_plane_and_each_pool_follows_by_itself() {
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
                .extracting(n -> n.kubelet().version())
                .containsOnly("v1.36.2");
    }

    @Test
    void a_key_for_secrets_needs_a_role_that_has_taken_effect() {
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
    void stopping_removes_the_nodes_and_starting_adds_them_again() {
        cluster();
        assertThat(rest.post(CLUSTER + "/stop", "").status()).isEqualTo(202);
        time.advance(Duration.ofMinutes(10));

        assertThat(rest.get(CLUSTER).text("/properties/powerState/code")).isEqualTo("Stopped");
        assertThat(azure.cluster("g", "c").nodes()).isEmpty();
        refused(400, "OperationNotAllowed", rest.put(CLUSTER, cluster("")));
        refused(400, "OperationNotAllowed", rest.send(HttpMethod.PATCH, CLUSTER, "{`tags`:{}}".replace('`', '"')));
        refused(400, "OperationNotAllowed", rest.delete(CLUSTER + "/agentPools/system"));
        rest.post(CLUSTER + "/start", "");
        time.advance(Duration.ofMinutes(10));
        assertThat(azure.cluster("g", "c").nodes()).hasSize(2);
    }

    @Test
    void a_cluster_is_deleted_with_its_node_resource_group() {
        cluster();
        azure.plantLoadBalancer("g", "c", "web");
        azure.plantVolume("g", "c", "claim");
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

    @Test
    void versions_say_which_support_plans_cover_them() {
        JsonNode versions = rest.get("providers/Microsoft.ContainerService/locations/eastus2/kubernetesVersions")
                .body()
                .path("values");
        assertThat(versions.at("/0/capabilities/supportPlan").toString()).isEqualTo("[\"AKSLongTermSupport\"]");
    }
}
