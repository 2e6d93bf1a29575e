// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.compute.DiskEncryptionSets;
import io.osmo.backend.testkit.internal.azure.network.Subnets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What keeps the machines of a pool from being started, or from joining: the script that makes a machine a node ends with an exit status
 * for each.
 *
 * @see <a href="https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/aks-error-code-page">AKS: error codes</a>
 */
final class PoolJoin {
    /** The resolver of Azure. */
    private static final String AZURE_DNS = "168.63.129.16";

    private static final String PORTS =
            "please see https://aka.ms/aks-required-ports-and-addresses for more information.";

    private final AzureSubscription azure;
    private final Subnets subnets;
    private final DiskEncryptionSets encryptionSets;

    PoolJoin(AzureSubscription azure, Subnets subnets, DiskEncryptionSets encryptionSets) {
        this.azure = azure;
        this.subnets = subnets;
        this.encryptionSets = encryptionSets;
    }

    /** Why no machine of the pool can be started. */
    Optional<ArmError> toStart(Resource cluster, Resource pool) {
        String subnet = pool.text("vnetSubnetID");
        return azure.faults
                .machineRefusal()
                .map(refusal -> ArmError.conflict(refusal.code(), refusal.text()))
                .or(() -> azure.find(cluster.text("diskEncryptionSetID")).flatMap(encryptionSets::problem))
                .or(() -> subnets.isFull(subnet)
                        ? Optional.of(ArmError.badRequest(
                                "SubnetIsFull",
                                "Subnet " + ArmId.of(subnet).name()
                                        + " does not have enough capacity for 1 IP addresses."))
                        : Optional.empty());
    }

    /** Why no machine of the pool becomes a node. */
    Optional<ArmError> toJoin(Resource cluster, Resource pool) {
        Optional<Resource> subnet = subnets.find(pool.text("vnetSubnetID"));
        if (subnet.isEmpty()) {
            return Optional.empty();
        }
        Optional<Resource> network = azure.find(subnet.get().id.parent());
        List<String> servers = network.map(
                        found -> Json.strings(found.properties().at("/dhcpOptions/dnsServers")))
                .orElse(List.of());
        if (!servers.isEmpty() && !servers.contains(AZURE_DNS)) {
            return Optional.of(script(
                    "VMExtensionError_K8SAPIServerDNSLookupFail",
                    "Agents are unable to resolve Kubernetes API server name. It's likely custom DNS server is not correctly"
                            + " configured, please see https://aka.ms/aks/private-cluster#hub-and-spoke-with-custom-dns for"
                            + " more information.",
                    52));
        }
        return leavesSubnet(cluster, subnet.get())
                ? Optional.empty()
                : Optional.of(script(
                        "VMExtensionError_OutboundConnFail",
                        "Unable to establish outbound connection from agents, " + PORTS,
                        50));
    }

    private boolean leavesSubnet(Resource cluster, Resource subnet) {
        JsonNode properties = subnet.properties();
        boolean own =
                cluster.properties().at("/networkProfile/outboundType").asText().equals("userAssignedNATGateway");
        boolean gateway = !properties.at("/natGateway/id").asText("").isEmpty();
        return (!own || gateway)
                && rules(properties.at("/networkSecurityGroup/id").asText(""), "securityRules")
                        .noneMatch(PoolJoin::deniesInternet)
                && rules(properties.at("/routeTable/id").asText(""), "routes").noneMatch(PoolJoin::leadsNowhere);
    }

    private Stream<JsonNode> rules(String id, String field) {
        return azure.find(id).stream()
                .flatMap(found ->
                        StreamSupport.stream(found.properties().path(field).spliterator(), false))
                .map(rule -> rule.path("properties"));
    }

    private static boolean deniesInternet(JsonNode rule) {
        return rule.path("direction").asText().equals("Outbound")
                && rule.path("access").asText().equals("Deny")
                && List.of("*", "Internet", "0.0.0.0/0")
                        .contains(rule.path("destinationAddressPrefix").asText());
    }

    /** A virtual appliance that does not run drops all packets, as does a missing next hop. */
    private static boolean leadsNowhere(JsonNode route) {
        return route.path("addressPrefix").asText().equals("0.0.0.0/0")
                && List.of("None", "VirtualAppliance")
                        .contains(route.path("nextHopType").asText());
    }

    private static ArmError script(String code, String text, int status) {
        return ArmError.badRequest(
                code,
                text
                        + " Details: Code=\"VMExtensionProvisioningError\" Message=\"VM has reported a failure when processing"
                        + " extension 'vmssCSE'. Error message: Enable failed: failed to execute command: command terminated"
                        + " with exit status=" + status + "\"");
    }
}
