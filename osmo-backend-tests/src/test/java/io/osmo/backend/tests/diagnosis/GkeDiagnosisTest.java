// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.SetPrivateIpGoogleAccessSubnetworkRequest;
import com.google.cloud.compute.v1.SubnetworksSetPrivateIpGoogleAccessRequest;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.container.v1.Cluster;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.protobuf.FieldMask;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.diagnosis.PoolDiagnosis;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.GcpRest;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Why nodes of GKE node pools do not join. */
class GkeDiagnosisTest extends PlantedCauses {
    private static final String REGION = "us-central1";
    private static final String TYPE = "n2-standard-8";
    private static final List<String> ZONES = List.of("a", "b", "c", "f");

    private final GcpClients clients = clouds.gcp().open(REGION, GkeSettings.defaults());
    private final GcpRest rest = new GcpRest(clients);

    @Override
    EmulatedClouds clouds() {
        return EmulatedClouds.builder()
                .gcp(project -> project.quota("N2_CPUS", 48))
                .build();
    }

    @Override
    EmulatedCloud cloud() {
        return clouds.gcp();
    }

    @Override
    String anotherType() {
        return "n2-standard-16";
    }

    @Override
    BackendSpec spec() {
        return BackendSpec.builder(NAME)
                .on("gcp", REGION)
                .deletionProtection(false)
                .computePool(POOL, p -> p.instanceType(TYPE).scale(0, 9))
                .build();
    }

    private String project() {
        return "projects/" + clients.project();
    }

    private String clusterPath() {
        return project() + "/locations/" + REGION + "/clusters/" + NAME;
    }

    private Cluster cluster() {
        return clients.clusters().getCluster(clusterPath());
    }

    /** GKE counts nodes in each zone. */
    @Override
    void grow(int nodes) {
        resize(clients, nodes);
    }

    private static void resize(GcpClients project, int nodes) {
        var unused = project.clusters()
                .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                        .setName("projects/" + project.project() + "/locations/" + REGION + "/clusters/" + NAME
                                + "/nodePools/" + POOL)
                        .setNodeCount(nodes)
                        .build());
    }

    @Override
    List<Planted> planted() {
        return List.of(
                new Planted(
                        Cause.NO_CAPACITY,
                        () -> stockOut(TYPE),
                        () -> clouds.gcp().faults().clear()),
                new Planted(Cause.QUOTA, 3, () -> {}, () -> grow(1)),
                refused(
                        "organization-forbids",
                        "CONDITION_NOT_MET",
                        "Constraint constraints/compute.vmExternalIpAccess violated for project 123456789."),
                refused(
                        "gke-agent-without-role",
                        "PERMISSIONS_ERROR",
                        "Required 'compute.instances.create' permission for 'projects/p/zones/z/instances/i'."),
                refused(
                        Cause.RESERVATION_USED_UP,
                        "GCE_STOCKOUT",
                        "Specified reservation 'h100' does not have available resources for the request."),
                refused(
                        "reservation-does-not-fit",
                        "UNSUPPORTED_OPERATION",
                        "Specified reservations [h100] do not exist."),
                new Planted("node-account-deleted", this::deleteAccount, this::applyWithoutNodes),
                new Planted(
                        "key-unusable",
                        () -> key(CryptoKeyVersionState.DISABLED),
                        () -> key(CryptoKeyVersionState.ENABLED)),
                new Planted("key-not-granted", this::takeKeyAway, this::apply),
                new Planted("node-range-used-up", () -> fill("", true), () -> fill("", false)),
                new Planted("pod-range-used-up", () -> fill(pods(), true), () -> fill(pods(), false)),
                new Planted("firewall-blocks", this::denyEgress, this::allowEgress),
                new Planted("no-way-to-google", this::closeWays, this::applyWithoutNodes),
                new Planted(
                        "certificate-not-approved",
                        () -> clouds.gcp().cluster(REGION, NAME).holdCertificates(true),
                        () -> clouds.gcp().cluster(REGION, NAME).holdCertificates(false)),
                new Planted("no-route", this::deleteRoute, this::restoreRoute));
    }

    private Planted refused(String cause, String code, String text) {
        return new Planted(
                cause,
                () -> clouds.gcp().faults().refuseMachines(code, text),
                () -> clouds.gcp().faults().allowMachines());
    }

    @Override
    void stockOut(String type) {
        ZONES.forEach(zone -> clouds.gcp().faults().stockOut(type, REGION + "-" + zone));
    }

    private void deleteAccount() {
        String email = cluster().getNodePools(0).getConfig().getServiceAccount();
        var unused = rest.delete(GcpService.IAM, "/v1/" + project() + "/serviceAccounts/" + email);
    }

    /** GKE tries again every few minutes only, so the pool asks for no nodes while the backend is repaired. */
    private void applyWithoutNodes() {
        grow(0);
        waitFor(A_WHILE);
        apply();
    }

    private String keyName() {
        return cluster().getNodePools(0).getConfig().getBootDiskKmsKey();
    }

    private void key(CryptoKeyVersionState state) {
        String version = clients.keys().getCryptoKey(keyName()).getPrimary().getName();
        var unused = clients.keys()
                .updateCryptoKeyVersion(
                        CryptoKeyVersion.newBuilder()
                                .setName(version)
                                .setState(state)
                                .build(),
                        FieldMask.newBuilder().addPaths("state").build());
    }

    private void takeKeyAway() {
        clouds.gcp().revoke(keyName(), "roles/cloudkms.cryptoKeyEncrypterDecrypter");
    }

    /** GKE remembers operations for days. */
    @Test
    void a_failure_that_a_later_operation_has_made_good_is_not_named() {
        try (EmulatedClouds others = EmulatedClouds.create();
                OsmoBackends backends = others.open();
                GcpClients direct = others.gcp().open(REGION, GkeSettings.defaults())) {
            backends.apply(backends.plan(spec()));
            others.gcp()
                    .faults()
                    .refuseMachines("CONDITION_NOT_MET", "Constraint constraints/compute.vmExternalIpAccess violated.");
            resize(direct, 1);
            others.time().advance(A_WHILE);
            PoolDiagnosis during = burst(backends.diagnose(spec()));
            others.gcp().faults().allowMachines();
            others.time().advance(A_WHILE);
            resize(direct, 2);
            others.time().advance(A_WHILE);
            others.gcp().failNodePool(REGION, NAME, POOL, "An internal error has occurred.");

            PoolDiagnosis after = burst(backends.diagnose(spec()));

            assertThat(during.cause().map(Cause::id)).contains("organization-forbids");
            assertThat(after.cause()).as(after.toString()).isEmpty();
            assertThat(after.evidence())
                    .noneMatch(line -> line.contains("violated"))
                    .anyMatch(line -> line.contains("An internal error"));
        }
    }

    private String subnet() {
        return cluster().getNetworkConfig().getSubnetwork();
    }

    private String pods() {
        return "-" + cluster().getIpAllocationPolicy().getClusterSecondaryRangeName();
    }

    private void fill(String range, boolean taken) {
        clouds.gcp().fillRange(subnet() + range, taken);
    }

    private void denyEgress() {
        ObjectNode rule = JsonNodeFactory.instance
                .objectNode()
                .put("name", "deny-all")
                .put("network", cluster().getNetworkConfig().getNetwork())
                .put("direction", "EGRESS")
                .put("priority", 900);
        rule.putArray("destinationRanges").add("0.0.0.0/0");
        rule.putArray("denied").addObject().put("IPProtocol", "all");
        var unused = rest.post(GcpService.COMPUTE, "/compute/v1/" + project() + "/global/firewalls", rule);
    }

    private void allowEgress() {
        var unused = rest.delete(GcpService.COMPUTE, "/compute/v1/" + project() + "/global/firewalls/deny-all");
    }

    private void closeWays() {
        String name = last(subnet());
        SubnetworksSetPrivateIpGoogleAccessRequest closed = SubnetworksSetPrivateIpGoogleAccessRequest.newBuilder()
                .setPrivateIpGoogleAccess(false)
                .build();
        var unused = clients.subnetworks()
                .setPrivateIpGoogleAccessCallable()
                .call(SetPrivateIpGoogleAccessSubnetworkRequest.newBuilder()
                        .setProject(clients.project())
                        .setRegion(REGION)
                        .setSubnetwork(name)
                        .setSubnetworksSetPrivateIpGoogleAccessRequestResource(closed)
                        .build());
        for (Router router : clients.routers().list(clients.project(), REGION).iterateAll()) {
            var deleted = rest.delete(
                    GcpService.COMPUTE,
                    "/compute/v1/" + project() + "/regions/" + REGION + "/routers/" + router.getName());
        }
        waitFor(Duration.ofMinutes(2));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void deleteRoute() {
        JsonNode routes = rest.get(GcpService.COMPUTE, "/compute/v1/" + project() + "/global/routes");
        routes.path("items")
                .forEach(route -> rest.delete(
                        GcpService.COMPUTE,
                        "/compute/v1/" + project() + "/global/routes/"
                                + route.path("name").asText()));
        waitFor(Duration.ofMinutes(1));
    }

    private void restoreRoute() {
        ObjectNode route = JsonNodeFactory.instance
                .objectNode()
                .put("name", "default")
                .put("network", cluster().getNetworkConfig().getNetwork())
                .put("destRange", "0.0.0.0/0")
                .put("nextHopGateway", project() + "/global/gateways/default-internet-gateway");
        var unused = rest.post(GcpService.COMPUTE, "/compute/v1/" + project() + "/global/routes", route);
    }

    @AfterAll
    void closeClients() {
        clients.close();
    }
}
