// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static io.osmo.backend.tests.verify.AppliedBackend.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.verify.check.Status;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A backend on AKS that was applied passes its verification, and each defect is found by the checks that should find it. */
class AksVerificationTest extends VerificationContract<AksVerificationTest.World> {
    private static final String REGION = "eastus2";
    private static final String GROUP = "osmo-" + NAME + "-" + REGION;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    World applied(BackendSpec spec) {
        return new World(spec);
    }

    @Override
    BackendSpec spec() {
        return backend("azure", REGION)
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("Standard_NC40ads_H100_v5").scale(0, 8))
                .gpuPool(
                        "a100-training-east",
                        p -> p.instanceType("Standard_NC24ads_A100_v4").scale(2, 4))
                .build();
    }

    @Override
    String service() {
        return "AKS";
    }

    @Override
    String readKey() {
        return "GET Microsoft.KeyVault/vaults/keys";
    }

    @Override
    String denial() {
        return "does not have authorization";
    }

    @Override
    String defaultStorageClass() {
        return "osmo-premium";
    }

    @Override
    Map<String, Status> always() {
        return NEWEST;
    }

    @Override
    String oldRuntime() {
        return "containerd://1.7.20-ubuntu22.04u1";
    }

    /** A backend on emulated ARM. */
    static final class World extends AppliedBackend {
        World(BackendSpec spec) {
            super(spec);
        }

        /** Somebody else puts an object again as the backend has put it last, changed. */
        void put(String type, String name, Consumer<ObjectNode> change) {
            ArmRequest last = puts(type, name).reduce((a, b) -> b).orElseThrow();
            try {
                ObjectNode body = (ObjectNode) JSON.readTree(last.body());
                ((ObjectNode) body.get("properties")).remove("agentPoolProfiles");
                change.accept(body);
                send(HttpMethod.PUT, last.path(), last.apiVersion(), body.toString());
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }

        void pool(String name, Consumer<ObjectNode> change) {
            put(
                    "Microsoft.ContainerService/managedClusters/agentPools",
                    name,
                    body -> change.accept((ObjectNode) body.get("properties")));
        }

        /** As pools of GPUs were before they got the label in their definition. */
        void unlabeled(String name) {
            pool(name, pool -> ((ObjectNode) pool.get("nodeLabels")).remove("nvidia.com/gpu.present"));
        }

        void managedCluster(Consumer<ObjectNode> change) {
            put("Microsoft.ContainerService/managedClusters", NAME, body -> change.accept(body));
        }

        void delete(String type, String name) {
            ArmRequest made = puts(type, name).findFirst().orElseThrow();
            send(HttpMethod.DELETE, made.path(), made.apiVersion(), "");
        }

        private Stream<ArmRequest> puts(String type, String name) {
            return clouds().azure().calls().stream()
                    .filter(call -> call.operation().equals("PUT " + type))
                    .map(call -> call.request(ArmRequest.class))
                    .filter(request -> request.path().endsWith("/" + name));
        }

        private void send(HttpMethod method, String path, String version, String body) {
            HttpRequest request =
                    new HttpRequest(method, "https://management.azure.com" + path + "?api-version=" + version);
            request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer emulated");
            if (!body.isEmpty()) {
                request.setBody(body);
            }
            try (HttpResponse response = clouds().azure().httpClient().sendSync(request, Context.NONE)) {
                assertThat(response.getStatusCode())
                        .as(response.getBodyAsBinaryData().toString())
                        .isIn(200, 201, 202, 204);
            }
        }
    }

    /** Of each newer AKS with GPU nodes: OSMO has been validated on 1.33 and containerd 1.7 only. */
    private static final Map<String, Status> NEWEST = Map.of("control-plane.version-validated", Status.WARN);

    @Override
    BackendSpec flawless() {
        return spec().toBuilder()
                .kubernetesVersion("1.33")
                .settings(AksSettings.builder().tier(Tier.PREMIUM).build())
                .build();
    }

    @Test
    void facts_tell_who_holds_the_key_and_who_may_come_in() {
        try (World world = applied(spec())) {
            CloudFacts.ControlPlane plane =
                    world.backend().facts().controlPlane().known().orElseThrow();

            assertThat(plane.secretsKey().known().orElseThrow().orElseThrow())
                    .matches(key -> key.enabled() && key.id().contains(".vault.azure.net/keys/osmo/"));
            assertThat(plane.publicCidrs()).containsExactly("203.0.113.0/24");
            assertThat(plane.highlyAvailable()).isTrue();
        }
    }

    @Test
    void gpu_pools_get_the_label_that_osmo_selects_by_in_place() {
        try (World world = applied(spec())) {
            world.unlabeled("h100");
            world.unlabeled(gpuPool(world));
            world.settle();

            assertThat(world.repair()).hasSize(2).containsOnly("nodeLabels.nvidia.com/gpu.present: absent -> true");
            assertThat(problems(world.verify())).isEqualTo(NEWEST);
        }
    }

    private static ObjectNode child(JsonNode body, String name) {
        return (ObjectNode) body.path("properties").path(name);
    }

    @Override
    Stream<Defect<World>> defects() {
        return Stream.of(
                Defect.of(
                        "newer node images",
                        w -> w.clouds().azure().publishNodeImages("202610.01.0"),
                        "pool.node-image-newest",
                        Status.WARN),
                Defect.of(
                        "API open to the world",
                        w -> w.managedCluster(
                                body -> child(body, "apiServerAccessProfile").putArray("authorizedIPRanges")),
                        "network.api-authorized-ranges",
                        Status.WARN),
                Defect.of(
                        "tier without a service level",
                        w -> w.managedCluster(body -> ((ObjectNode) body.get("sku")).put("tier", "Free")),
                        "control-plane.high-availability",
                        Status.WARN),
                Defect.of(
                        "Secrets with Microsoft's key alone",
                        w -> w.managedCluster(body -> ((ObjectNode)
                                        child(body, "securityProfile").get("azureKeyVaultKms"))
                                .removeAll()
                                .put("enabled", false)),
                        "control-plane.etcd-encryption",
                        Status.FAIL),
                Defect.of(
                        "pool without label",
                        w -> w.pool("cpu", pool -> ((ObjectNode) pool.get("nodeLabels")).remove("node-type")),
                        "pool.compute.label",
                        Status.WARN),
                Defect.of(
                        "empty GPU pool without the label that OSMO selects by",
                        w -> w.unlabeled("h100"),
                        "pool.scale-from-zero-template",
                        Status.WARN),
                new Defect<World>(
                        "GPU pool without taint",
                        w -> w.pool(gpuPool(w), pool -> pool.putArray("nodeTaints")),
                        Map.of("gpu.taint", Status.WARN, "pool.compute.taint", Status.WARN)),
                Defect.of(
                        "operator pool fixed at one node",
                        w -> w.pool("operator", pool -> pool.put("maxCount", 1)),
                        "pool.operator.autoscaling",
                        Status.WARN),
                Defect.of(
                        "NAT gateway detached",
                        w -> w.put(
                                "Microsoft.Network/virtualNetworks",
                                NAME + "-vnet",
                                body -> ((ObjectNode) body.at("/properties/subnets/0/properties"))
                                        .remove("natGateway")),
                        "network.egress-route",
                        Status.FAIL),
                Defect.of(
                        "backup instance deleted",
                        w -> w.delete("Microsoft.DataProtection/backupVaults/backupInstances", NAME),
                        "storage.backup",
                        Status.WARN),
                Defect.of(
                        "AKS has set its own class back",
                        w -> w.cluster().put(aksDefault()),
                        "storage.default-class",
                        Status.WARN),
                Defect.of(
                        "a pool that failed",
                        w -> {
                            w.clouds()
                                    .azure()
                                    .failNext(
                                            "PUT Microsoft.ContainerService/managedClusters/agentPools",
                                            "AllocationFailed",
                                            "no capacity");
                            w.pool("cpu", pool -> pool.put("maxCount", 30));
                        },
                        "pool.health",
                        Status.FAIL));
    }

    private static String gpuPool(World world) {
        return world.backend().facts().pools().known().orElseThrow().stream()
                .filter(pool -> pool.specPool().equals(Optional.of("a100-training-east")))
                .map(CloudFacts.Pool::name)
                .findFirst()
                .orElseThrow();
    }

    /** The class that every AKS cluster has, as AKS reconciles it. */
    private static Map<String, Object> aksDefault() {
        return Map.of(
                "apiVersion", "storage.k8s.io/v1",
                "kind", "StorageClass",
                "metadata",
                        Map.of(
                                "name",
                                "default",
                                "annotations",
                                Map.of("storageclass.kubernetes.io/is-default-class", "true")),
                "provisioner", "disk.csi.azure.com",
                "parameters", Map.of("skuname", "StandardSSD_ZRS"),
                "reclaimPolicy", "Delete",
                "allowVolumeExpansion", true,
                "volumeBindingMode", "WaitForFirstConsumer");
    }
}
