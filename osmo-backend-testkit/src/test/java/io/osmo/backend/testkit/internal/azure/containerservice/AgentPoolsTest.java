// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.internal.azure.AzureTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentPoolsTest extends AzureTest {
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
    void changes_that_break_the_rules_are_refused(String change, String code) {
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

    @Test
    void operations_on_a_cluster_and_its_pools_exclude_each_other() {
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
    void a_stock_out_fails_the_pool_but_the_pool_exists() {
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
}
