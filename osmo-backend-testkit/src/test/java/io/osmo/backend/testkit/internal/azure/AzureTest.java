// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.azure.Models;
import io.osmo.backend.testkit.azure.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Calls the emulated services directly; every request and response must satisfy Microsoft's descriptions. */
public abstract class AzureTest {
    protected static final String GROUP = "resourceGroups/g";
    protected static final String NETWORK = GROUP + "/providers/Microsoft.Network/virtualNetworks/v";
    protected static final String SUBNET = NETWORK + "/subnets/nodes";
    protected static final String NAT = GROUP + "/providers/Microsoft.Network/natGateways/n";
    protected static final String ADDRESS = GROUP + "/providers/Microsoft.Network/publicIPAddresses/a";
    protected static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";
    protected static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/osmo-kv";
    protected static final String CLUSTER = GROUP + "/providers/Microsoft.ContainerService/managedClusters/c";
    protected static final String CRYPTO_USER = "12338af0-0e69-4776-bea7-57ae8d297424";
    protected static final String ASSIGNMENT =
            "/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    protected static final String TENANT = "99999999-8888-4777-a666-555555555555";

    protected VirtualTime time;
    protected EmulatedAzure azure;
    protected Rest rest;
    private AzureModels models;

    @BeforeEach
    void open() {
        time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        models = Models.load();
        start(builder -> builder);
    }

    private void start(UnaryOperator<EmulatedAzure.Builder> how) {
        azure = how.apply(EmulatedAzure.builder(time).inspector(models)).build();
        rest = new Rest(azure, time);
        rest.made(GROUP, "{`location`:`eastus2`,`tags`:{`osmo-backend`:`b`}}");
    }

    protected void reopen(UnaryOperator<EmulatedAzure.Builder> how) {
        azure.close();
        start(how);
    }

    @AfterEach
    void nothing_broke_the_descriptions() {
        azure.close();
        assertThat(models.violations()).isEmpty();
    }

    protected static void refused(int status, String code, Rest.Reply reply) {
        assertThat(reply.status() + " " + reply.code())
                .as(reply.body().toString())
                .isEqualTo(status + " " + code);
        assertThat(reply.text("/error/message")).isNotEmpty();
    }

    protected void network() {
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

    protected String pool(String mode, String more) {
        return "`mode`:`" + mode + "`,`vmSize`:`Standard_D4s_v5`,`count`:2,`osDiskSizeGB`:64,`maxPods`:110,"
                + "`vnetSubnetID`:`$sub/" + SUBNET + "`,`availabilityZones`:[`1`,`2`,`3`]" + more;
    }

    protected String cluster(String more) {
        return "{`location`:`eastus2`,`sku`:{`name`:`Base`,`tier`:`Standard`},`identity`:{`type`:`UserAssigned`,"
                + "`userAssignedIdentities`:{`$sub/" + IDENTITY + "`:{}}},`properties`:{`dnsPrefix`:`c`,"
                + "`kubernetesVersion`:`1.35`,`networkProfile`:{`networkPlugin`:`azure`,`networkPluginMode`:`overlay`,"
                + "`outboundType`:`userAssignedNATGateway`,`serviceCidr`:`10.200.0.0/16`,`dnsServiceIP`:`10.200.0.10`},"
                + "`agentPoolProfiles`:[{`name`:`system`," + pool("System", "") + "}]" + more + "}}";
    }

    protected void cluster() {
        network();
        rest.made(IDENTITY, "{`location`:`eastus2`}");
        rest.made(CLUSTER, cluster(""));
    }

    protected String principal() {
        return rest.get(IDENTITY).text("/properties/principalId");
    }

    protected String assignment(String role, String principal, String type) {
        return "{`properties`:{`roleDefinitionId`:`$sub/providers/Microsoft.Authorization/roleDefinitions/" + role
                + "`,`principalId`:`" + principal + "`" + type + "}}";
    }

    protected String vault(String more) {
        return "{`location`:`eastus2`,`properties`:{`tenantId`:`" + TENANT
                + "`,`sku`:{`family`:`A`,`name`:`standard`},`enableRbacAuthorization`:true" + more + "}}";
    }
}
