// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.diagnosis.PoolDiagnosis;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why nodes of AKS agent pools do not join. */
class AksDiagnosisTest extends PlantedCauses {
    private static final String REGION = "eastus2";
    private static final String GROUP = "resourceGroups/osmo-" + NAME + "-" + REGION;
    private static final String CLUSTER = GROUP + "/providers/Microsoft.ContainerService/managedClusters/" + NAME;
    private static final String TYPE = "Standard_D8s_v5";

    private final Rest rest = new Rest(clouds.azure(), clouds.time());

    @Override
    EmulatedClouds clouds() {
        return EmulatedClouds.builder().azure(azure -> azure).build();
    }

    @Override
    EmulatedCloud cloud() {
        return clouds.azure();
    }

    @Override
    String anotherType() {
        return "Standard_D16s_v5";
    }

    @Override
    BackendSpec spec() {
        return BackendSpec.builder(NAME)
                .on("azure", REGION)
                .deletionProtection(false)
                .computePool(POOL, p -> p.instanceType(TYPE).scale(0, 4))
                .build();
    }

    /** AKS brings a pool to its minimum at once. */
    @Override
    void grow(int nodes) {
        change(
                CLUSTER + "/agentPools/" + POOL,
                pool -> pool.put("minCount", nodes).put("count", nodes));
    }

    /** AKS does not try again after an operation that has failed. */
    @Override
    void tryAgain() {
        waitFor(A_WHILE);
        grow(1);
    }

    private void change(String path, Consumer<ObjectNode> change) {
        ObjectNode body = (ObjectNode) rest.get(path).body();
        ObjectNode properties = (ObjectNode) body.path("properties");
        properties.remove(List.of("provisioningState", "status", "eTag", "currentOrchestratorVersion"));
        change.accept(properties);
        Rest.Reply reply = rest.put(path, body.toString());
        assertThat(reply.status()).as(reply.body().toString()).isIn(200, 201, 202);
        waitFor(A_WHILE);
    }

    @Override
    List<Planted> planted() {
        return List.of(
                new Planted(
                        Cause.NO_CAPACITY,
                        () -> stockOut(TYPE),
                        () -> clouds.azure().faults().clear()),
                refused(
                        Cause.QUOTA,
                        "QuotaExceeded",
                        "Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota."),
                refused(
                        "policy-forbids",
                        "RequestDisallowedByPolicy",
                        "Resource 'aks-burst-vmss' was disallowed by policy. Policy identifiers: 'Allowed sizes'."),
                refused(
                        "resource-group-locked",
                        "ScopeLocked",
                        "The scope cannot perform write operation because following scope(s) are locked: 'MC_group'."),
                refused(
                        "size-not-available",
                        "SkuNotAvailable",
                        "The requested VM size is currently not available in location 'eastus2'."),
                refused(
                        "reservation-does-not-fit",
                        "CapacityReservationGroupNotFound",
                        "Capacity reservation group h100 was not found."),
                refused(
                        "dns-lookup-fails",
                        "VMExtensionProvisioningError",
                        "VMExtensionProvisioningError: command terminated with exit status=52: K8SAPIServerDNSLookupFail"),
                refused(
                        "api-server-unreachable",
                        "VMExtensionProvisioningError",
                        "VMExtensionProvisioningError: command terminated with exit status=51: K8SAPIServerConnFail"),
                refused(
                        "outbound-blocked",
                        "VMExtensionProvisioningError",
                        "VMExtensionProvisioningError: command terminated with exit status=50: OutboundConnFail"),
                new Planted("subnet-full", () -> fill(true), () -> fill(false)),
                new Planted("key-unusable", () -> enableKey(false), () -> enableKey(true)),
                new Planted("key-not-granted", this::takeKeyAway, this::apply),
                new Planted("security-group-blocks", this::denyOutbound, () -> detach("networkSecurityGroup")),
                new Planted("route-to-nowhere", this::routeToNowhere, () -> detach("routeTable")),
                new Planted("no-way-out", () -> detach("natGateway"), this::apply),
                new Planted("dns-server-fails", () -> dns("10.255.0.4"), () -> dns("")),
                new Planted(
                        "certificate-not-approved",
                        () -> clouds.azure().cluster(spec().ref()).holdCertificates(true),
                        () -> clouds.azure().cluster(spec().ref()).holdCertificates(false)));
    }

    private Planted refused(String cause, String code, String text) {
        return new Planted(
                cause,
                () -> clouds.azure().faults().refuseMachines(code, text),
                () -> clouds.azure().faults().allowMachines());
    }

    @Override
    void stockOut(String type) {
        List.of("1", "2", "3").forEach(zone -> clouds.azure().faults().stockOut(type, REGION + "-" + zone));
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "policy-forbids", "RequestDisallowedByPolicy", "was disallowed by policy 'Allowed sizes'."),
                Arguments.of(Cause.NO_CAPACITY, "AllocationFailed", "We do not have sufficient capacity."),
                Arguments.of(Cause.QUOTA, "OperationNotAllowed", "results in exceeding approved Total Cores quota."));
    }

    /** The autoscaler asks for machines of the scale set, so that the agent pool itself has not failed. */
    @ParameterizedTest
    @MethodSource("refusals")
    void what_only_the_activity_log_tells_is_named(String cause, String code, String text) {
        clouds.azure().faults().refuseMachines(code, text);
        clouds.azure().scalePool("osmo-" + NAME + "-" + REGION, NAME, POOL, 1);
        waitFor(A_WHILE);
        PoolDiagnosis found = burst(osmo.diagnose(spec()));
        clouds.azure()
                .faults()
                .onCall("LIST Microsoft.Insights/eventtypes/values")
                .deny();
        PoolDiagnosis unread = burst(osmo.diagnose(spec()));
        clouds.azure().faults().clear();
        clouds.azure().faults().allowMachines();
        clouds.azure().scalePool("osmo-" + NAME + "-" + REGION, NAME, POOL, 0);

        assertThat(found.cause().map(Cause::id)).as(found.toString()).contains(cause);
        assertThat(found.evidence())
                .anyMatch(line -> line.startsWith("activity log of 2") && line.contains(text))
                .noneMatch(line -> line.startsWith("AKS: "));
        assertThat(unread.status()).isEqualTo(PoolDiagnosis.Status.UNKNOWN);
        assertThat(unread.unread()).anyMatch(gap -> gap.startsWith("activity log: "));
    }

    @Test
    void of_a_long_activity_log_only_the_beginning_is_read() {
        try (EmulatedClouds small = EmulatedClouds.builder()
                        .azure(azure -> azure.pageSize(1))
                        .build();
                OsmoBackends backends = small.open()) {
            backends.apply(backends.plan(spec()));
            for (int nodes = 1; nodes < 7; nodes++) {
                small.azure().scalePool("osmo-" + NAME + "-" + REGION, NAME, POOL, nodes);
            }
            small.time().advance(A_WHILE);
            small.azure().forgetCalls();

            PoolDiagnosis found = burst(backends.diagnose(spec()));

            assertThat(found.unread())
                    .containsExactly(
                            "activity log: there is more than the first 5 pages of the last 6 hours, which were read");
            assertThat(small.azure().calls())
                    .filteredOn(call -> call.operation().equals("LIST Microsoft.Insights/eventtypes/values"))
                    .hasSize(5);
        }
    }

    private String subnet() {
        return rest.get(CLUSTER + "/agentPools/" + POOL).text("/properties/vnetSubnetID");
    }

    private void fill(boolean taken) {
        clouds.azure().fillSubnet(subnet(), taken);
    }

    private JsonNode encryptionSet() {
        return rest.get(rest.get(CLUSTER).text("/properties/diskEncryptionSetID"))
                .body();
    }

    private String keyUrl() {
        return encryptionSet().at("/properties/activeKey/keyUrl").asText();
    }

    private String vault() {
        return keyUrl().replaceFirst("^https://([^.]+).*$", "$1");
    }

    private void enableKey(boolean enabled) {
        clouds.azure().enableKey(vault(), keyUrl().split("/", -1)[4], enabled);
    }

    private void takeKeyAway() {
        String set = encryptionSet().path("identity").toString();
        String vault = GROUP + "/providers/Microsoft.KeyVault/vaults/" + vault();
        rest.get(vault + "/providers/Microsoft.Authorization/roleAssignments")
                .body()
                .path("value")
                .forEach(assignment -> {
                    if (set.contains(assignment.at("/properties/principalId").asText())) {
                        rest.delete(assignment.path("id").asText());
                    }
                });
    }

    private String attached(String type, String field, String name, String rules) {
        String id = rest.id(GROUP + "/providers/Microsoft.Network/" + type + "/" + name);
        rest.made(id, "{`location`:`" + REGION + "`,`properties`:" + rules + "}");
        change(subnet(), subnet -> subnet.putObject(field).put("id", id));
        return id;
    }

    private void denyOutbound() {
        attached(
                "networkSecurityGroups",
                "networkSecurityGroup",
                "strict",
                "{`securityRules`:[{`name`:`deny-internet`,`properties`:{`direction`:`Outbound`,`access`:`Deny`,"
                        + "`priority`:100,`protocol`:`*`,`sourceAddressPrefix`:`*`,`sourcePortRange`:`*`,"
                        + "`destinationAddressPrefix`:`Internet`,`destinationPortRange`:`*`}}]}");
    }

    private void routeToNowhere() {
        attached(
                "routeTables",
                "routeTable",
                "hub",
                "{`routes`:[{`name`:`all`,`properties`:{`addressPrefix`:`0.0.0.0/0`,`nextHopType`:`None`}}]}");
    }

    private void detach(String field) {
        change(subnet(), subnet -> subnet.remove(field));
    }

    private void dns(String server) {
        change(subnet().replaceFirst("/subnets/.*$", ""), network -> {
            network.remove("dhcpOptions");
            if (!server.isEmpty()) {
                network.putObject("dhcpOptions").putArray("dnsServers").add(server);
            }
        });
    }
}
