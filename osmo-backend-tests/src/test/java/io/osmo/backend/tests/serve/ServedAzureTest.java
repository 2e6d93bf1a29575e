// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.cloud.ServedCloud;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plain requests to emulated Azure Resource Manager. */
class ServedAzureTest {
    private static final String GROUP = "/subscriptions/" + EmulatedAzure.SUBSCRIPTION + "/resourceGroups/g";
    private static final String CLUSTER = GROUP + "/providers/Microsoft.ContainerService/managedClusters/c";
    private static final String AKS = "?api-version=2025-09-01";

    private final EmulatedClouds clouds =
            EmulatedClouds.builder().azure(azure -> azure.pageSize(1)).build();
    private final ServedCloud served =
            clouds.azure().serve(Duration.ofSeconds(30)).orElseThrow();
    private final Curl arm = new Curl(served.url(), "Bearer emulated");

    @AfterEach
    void stop() {
        served.close();
        clouds.close();
    }

    private void made(String path, String version, String body) {
        Curl.Answer answer = arm.send("PUT", path + "?api-version=" + version, body);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        arm.poll(
                path + "?api-version=" + version,
                got -> got.text("/properties/provisioningState").equals("Succeeded")
                        || got.json().at("/properties/provisioningState").isMissingNode());
    }

    @Test
    void curl_makes_a_cluster_polls_its_operation_lists_and_deletes_it() {
        String identity = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";
        String network = GROUP + "/providers/Microsoft.Network/virtualNetworks/n";
        made(GROUP, "2025-04-01", "{`location`:`eastus2`}");
        made(identity, "2024-11-30", "{`location`:`eastus2`}");
        made(
                network,
                "2025-03-01",
                "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}");
        made(network + "/subnets/nodes", "2025-03-01", "{`properties`:{`addressPrefix`:`10.1.0.0/20`}}");

        Curl.Answer begun = arm.send(
                "PUT",
                CLUSTER + AKS,
                "{`location`:`eastus2`,`identity`:{`type`:`UserAssigned`,`userAssignedIdentities`:{`" + identity
                        + "`:{}}},`properties`:{`dnsPrefix`:`c`,`kubernetesVersion`:`1.35`,`networkProfile`:{"
                        + "`networkPlugin`:`azure`,`networkPluginMode`:`overlay`,`serviceCidr`:`10.200.0.0/16`,"
                        + "`dnsServiceIP`:`10.200.0.10`},`agentPoolProfiles`:[{`name`:`system`,`mode`:`System`,"
                        + "`vmSize`:`Standard_D4s_v5`,`count`:2,`vnetSubnetID`:`" + network + "/subnets/nodes`}]}}");

        assertThat(begun.status()).as(begun.body()).isEqualTo(201);
        assertThat(begun.text("/properties/provisioningState")).isEqualTo("Creating");
        String operation = begun.header("Azure-AsyncOperation");
        assertThat(operation).startsWith(served.url().toString());
        assertThat(arm.get(operation).text("/status")).isEqualTo("InProgress");
        arm.poll(operation, answer -> answer.text("/status").equals("Succeeded"));
        assertThat(arm.get(CLUSTER + AKS).text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(arm.get(GROUP + "/providers/Microsoft.ContainerService/managedClusters" + AKS)
                        .text("/value/0/name"))
                .isEqualTo("c");
        String pools = CLUSTER + "/agentPools";
        made(
                pools + "/more",
                "2025-09-01",
                "{`properties`:{`mode`:`User`,`vmSize`:`Standard_D4s_v5`,`count`:1,`vnetSubnetID`:`" + network
                        + "/subnets/nodes`}}");
        String next = arm.get(pools + AKS).text("/nextLink");
        assertThat(next).startsWith(served.url().toString());
        assertThat(arm.get(next).json().at("/value")).hasSize(1);

        Curl.Answer deleted = arm.send("DELETE", CLUSTER + AKS, "");

        assertThat(deleted.status()).isEqualTo(202);
        arm.poll(deleted.header("Location"), answer -> answer.status() == 204);
        Curl.Answer gone = arm.get(CLUSTER + AKS);
        assertThat(gone.status() + " " + gone.text("/error/code")).isEqualTo("404 ResourceNotFound");
    }

    @Test
    void requests_are_refused_in_the_words_of_resource_manager() {
        Curl.Answer anonymous = new Curl(served.url(), "").get(GROUP + "?api-version=2025-04-01");
        assertThat(anonymous.status() + " " + anonymous.text("/error/code")).isEqualTo("401 AuthenticationFailed");
        assertThat(arm.get(GROUP).text("/error/code")).isEqualTo("MissingApiVersionParameter");
        assertThat(arm.get(GROUP + "?api-version=2025-04-01").text("/error/code"))
                .isEqualTo("ResourceGroupNotFound");
        assertThat(arm.send("PUT", GROUP + "?api-version=2025-04-01", "{").text("/error/code"))
                .isEqualTo("InvalidRequestContent");
        assertThat(arm.get(GROUP + "/providers/Microsoft.Music/bands/b?api-version=2025-04-01")
                        .status())
                .isEqualTo(501);
        clouds.azure().faults().onCall("PUT Microsoft.Resources/resourceGroups").loseResponse();
        assertThatThrownBy(() -> arm.send("PUT", GROUP + "?api-version=2025-04-01", "{`location`:`eastus2`}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(arm.get(GROUP + "?api-version=2025-04-01").text("/name")).isEqualTo("g");
    }
}
