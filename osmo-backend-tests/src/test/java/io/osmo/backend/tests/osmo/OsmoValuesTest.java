// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static io.osmo.backend.tests.osmo.LoaderRules.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoServiceBuilder;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.values.OsmoValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values for OSMO's charts. The expected ones are files; with {@code OSMO_GOLDEN=write} in the environment a run writes them, to be read
 * and committed.
 */
class OsmoValuesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/osmo-values");
    private static final String TOKEN = "not-a-real-token-but-as-long-as-one-has-to-";
    private static final String PASSWORD = "not-a-real-password";

    private static BackendSpec spec(String provider, String region, String cpu, String gpu) {
        return BackendSpec.builder("train-west")
                .on(provider, region)
                .deletionProtection(false)
                .operatorPool(p -> p.tainted(true).taint("team", "robots", Taint.Effect.NO_EXECUTE))
                .computePool("cpu", p -> p.instanceType(cpu).scale(1, 20))
                .gpuPool("h100", p -> p.instanceType(gpu).scale(0, 8))
                .pullSecret("nvcr.io", "$oauthtoken", () -> PASSWORD)
                .osmo(o -> o.release("6.3.1")
                        .serviceUrl("https://osmo.example.com:8443")
                        .token(() -> TOKEN))
                .build();
    }

    /** The same for another release, with the names that its documentation gives. */
    private static BackendSpec of(BackendSpec spec, String release) {
        return with(
                spec,
                o -> o.release(release)
                        .helmRelease("osmo-compute")
                        .operatorNamespace("osmo-compute")
                        .tokenSecretName("osmo-train-west-backend-token"));
    }

    private static BackendSpec with(BackendSpec spec, Consumer<OsmoServiceBuilder> change) {
        return spec.toBuilder().osmo(change).build();
    }

    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, m7i.2xlarge, p5.48xlarge",
        "gcp, us-central1, n2-standard-8, a3-highgpu-8g",
        "azure, eastus2, Standard_D8s_v5, Standard_NC40ads_H100_v5",
    })
    void values_of_a_backend_are_those_on_file_and_keep_the_rules_of_the_service(
            String provider, String region, String cpu, String gpu) throws IOException {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = spec(provider, region, cpu, gpu);
            Backend backend = osmo.apply(osmo.plan(spec));

            OsmoValues old = osmo.values(spec, backend);
            OsmoValues current = osmo.values(of(spec, "6.4.0"), backend);

            golden(provider + "-6.3.yaml", old.toString());
            golden(provider + "-6.4.yaml", current.toString());
            accept(map(map(old.service().get("services")).get("configs")));
            accept(map(current.service().get("configuration")));
        }
    }

    private static void accept(Map<String, Object> configuration) {
        LoaderRules.accept(configuration);
        assertThat(LoaderRules.rulesOnNodes(configuration, "default", "cpu")).hasSize(4);
        assertThat(LoaderRules.rulesOnNodes(configuration, "default", "h100"))
                .as("a pool at zero nodes would refuse every task")
                .isEmpty();
    }

    private static void golden(String file, String actual) throws IOException {
        if ("write".equals(System.getenv("OSMO_GOLDEN"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolve(file), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(GOLDEN.resolve(file)));
        assertThat(actual).doesNotContain("latest", TOKEN, PASSWORD);
    }

    @Test
    void yaml_reads_back_as_the_values() throws IOException {
        OsmoValues values = OsmoValues.of(spec("aws", "us-west-2", "m7i.2xlarge", "p5.48xlarge"));
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        ObjectMapper json = new ObjectMapper();

        assertThat(yaml.readTree(values.serviceYaml())).isEqualTo(json.<JsonNode>valueToTree(values.service()));
        assertThat(yaml.readTree(values.operatorYaml())).isEqualTo(json.<JsonNode>valueToTree(values.operator()));
        assertThatThrownBy(() -> values.operator().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map(values.operator().get("global")).put("a", 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void without_a_cluster_there_is_no_network_policy_and_the_values_say_so() {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.2xlarge", "p5.48xlarge");

        OsmoValues values = OsmoValues.of(spec);

        assertThat(values.release()).isEqualTo("6.3.1");
        assertThat(map(map(values.operator().get("global")).get("networkPolicy")))
                .isEqualTo(Map.of("enabled", false));
        assertThat(values.notes()).anyMatch(note -> note.startsWith("No network policy"));
        assertThat(values).hasToString(OsmoValues.of(spec).toString());
        assertThat(values.serviceYaml()).contains("right_operand: \"0\"").doesNotContain("right_operand: \"192\"");
    }

    @Test
    void an_existing_cluster_has_values_and_they_say_what_is_not_known() {
        BackendSpec spec = spec("existing", "lab", "lab-8", "lab-gpu");
        VirtualTime time = VirtualTime.create();
        try (EmulatedExisting cloud = EmulatedExisting.on(time)
                        .nodes(1, "lab-4", Map.of("node-type", "operator"))
                        .nodes(1, "lab-8", Map.of("node-type", "compute"));
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(cloud.provider())
                        .scheduler(time)
                        .build()) {
            Backend backend = osmo.apply(osmo.plan(spec));

            OsmoValues values = osmo.values(spec, backend);

            assertThat(values).hasToString(OsmoValues.of(spec).toString());
            assertThat(values.notes()).anyMatch(note -> note.contains("enforces network policies is not known"));
            assertThat(backend.facts().network())
                    .isEqualTo(Fact.unknown(
                            "no cloud API is known that describes an existing cluster",
                            "Verify it from the vantages KUBERNETES and PROBE."));
        }
    }

    @Test
    void nodes_of_an_existing_cluster_show_taints_and_sizes_of_its_pools() {
        BackendSpec spec = spec("existing", "lab", "lab-8", "lab-gpu");
        EmulatedNode.Taint dedicated = new EmulatedNode.Taint("dedicated", "osmo", "NoSchedule");
        EmulatedNode.Taint maintenance = new EmulatedNode.Taint("maintenance", "", "NoExecute");
        EmulatedNode.Taint gone = new EmulatedNode.Taint("node.kubernetes.io/unreachable", "", "NoExecute");
        EmulatedNode.Taint rack = new EmulatedNode.Taint("rack", "7", "NoSchedule");
        Map<String, String> gpuLabels = Map.of("node-type", "gpu", "nvidia.com/gpu.present", "true");
        VirtualTime time = VirtualTime.create();
        try (EmulatedExisting cloud = EmulatedExisting.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(cloud.provider())
                        .scheduler(time)
                        .build()) {
            EmulatedCluster cluster = cloud.cluster(spec.ref());
            cluster.addNode(node("op-1", "lab-4", 0, Map.of("node-type", "operator"), dedicated));
            cluster.addNode(node("op-2", "lab-4", 0, Map.of("node-type", "operator"), maintenance, dedicated));
            cluster.addNode(node("gpu-1", "lab-gpu", 8, gpuLabels, rack, gone));
            cluster.addNode(node("gpu-2", "other", 8, gpuLabels));
            Backend backend = osmo.apply(osmo.plan(spec));

            OsmoValues values = osmo.values(spec, backend);

            assertThat(values.operator().toString())
                    .contains("key=dedicated", "key=ops")
                    .doesNotContain("maintenance", "rack");
            assertThat(values.serviceYaml())
                    .contains(
                            "key: rack",
                            "on lab-gpu, which has 64",
                            "{{USER_GPU}} GPUs too many on lab-gpu, which has 8")
                    .doesNotContain("unreachable", "dedicated");
            assertThat(backend.facts().pools().known())
                    .as("verification judges no cloud by nodes")
                    .isEmpty();

            BackendSpec wider = spec.toBuilder()
                    .changePool("h100", p -> p.instanceTypes("lab-gpu", "lab-gpu-large"))
                    .build();
            assertThat(osmo.values(wider, backend).serviceYaml())
                    .as("a node of the other type may have more")
                    .doesNotContain("which has");
        }
    }

    private static EmulatedNode node(
            String name, String type, int gpus, Map<String, String> labels, EmulatedNode.Taint... taints) {
        return new EmulatedNode(
                name,
                "existing://" + name,
                new EmulatedNode.Place("lab", "lab-a", "10.0.1.1"),
                new EmulatedNode.Machine(type, "amd64", 64, 512, 100, gpus),
                new NodeImage("Ubuntu 24.04.3 LTS", "6.8.0-87-generic", "containerd://2.2.4"),
                new EmulatedNode.Kubelet("v1.35.3", 110),
                labels,
                List.of(taints),
                true);
    }

    @Test
    void a_release_must_be_named() {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge"))
                .build();

        assertThatThrownBy(() -> OsmoValues.of(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("osmo");
        assertThatThrownBy(() -> OsmoValues.of(with(spec, o -> o.serviceUrl("https://osmo.example.com"))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("osmo.release")
                .hasMessageContaining("6.4.0");
    }

    @Test
    void another_pool_of_the_service_gets_a_role_that_users_have() {
        BackendSpec spec = with(
                spec("aws", "us-west-2", "m7i.2xlarge", "p5.48xlarge"),
                o -> o.poolName("west").backendName("west-1"));

        Map<String, Object> configuration =
                map(map(OsmoValues.of(spec).service().get("services")).get("configs"));

        LoaderRules.accept(configuration);
        assertThat(map(map(configuration.get("pools")).get("west")))
                .containsEntry("backend", "west-1")
                .extractingByKey("platforms")
                .satisfies(platforms -> assertThat(map(platforms)).containsOnlyKeys("cpu", "h100"));
        assertThat(map(configuration.get("roles"))).containsOnlyKeys("osmo-user-west");
    }

    @Test
    void pools_with_the_same_labels_are_told_apart_by_their_instance_type_or_a_note() {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.2xlarge", "p5.48xlarge").toBuilder()
                .gpuPool("l40", p -> p.instanceType("g6e.12xlarge").scale(0, 4))
                .computePool(
                        "big",
                        p -> p.instanceTypes("m7i.8xlarge", "m6i.8xlarge").scale(0, 4))
                .computePool(
                        "huge",
                        p -> p.instanceTypes("m7i.24xlarge", "m6i.24xlarge").scale(0, 4))
                .build();

        OsmoValues values = OsmoValues.of(spec);

        assertThat(values.serviceYaml())
                .contains(
                        "node.kubernetes.io/instance-type: g6e.12xlarge",
                        "node.kubernetes.io/instance-type: p5.48xlarge",
                        "node.kubernetes.io/instance-type: m7i.2xlarge")
                .doesNotContain("m7i.8xlarge");
        assertThat(values.notes())
                .contains(
                        "The platforms big and huge select the same nodes. Give one of the pools a label of its own.");
    }

    /** Whichever machine the autoscaler gets, a task that was accepted has to fit on it. */
    @Test
    void bounds_hold_for_each_instance_type_of_a_pool() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = spec("aws", "us-west-2", "m7i.2xlarge", "p5.48xlarge").toBuilder()
                    .computePool(
                            "base",
                            p -> p.instanceType("m7i.2xlarge").scale(1, 2).label("pool", "base"))
                    .changePool(
                            "cpu",
                            p -> p.instanceTypes("m7i.4xlarge", "m7i.2xlarge").scale(0, 20))
                    .build();
            Backend backend = osmo.apply(osmo.plan(spec));

            assertThat(osmo.values(spec, backend).serviceYaml())
                    .contains(
                            "CPU {{USER_CPU}} too high on the smallest of m7i.2xlarge, m7i.4xlarge, which has 8",
                            "too high on the smallest of m7i.2xlarge, m7i.4xlarge, which has 32768Mi")
                    .doesNotContain("which has 16");
        }
    }

    /** A platform selects the nodes of its pool whichever of its alternatives they are of. */
    @Test
    void platforms_hold_for_each_fallback_of_a_pool() {
        BackendSpec spec = spec("azure", "eastus2", "Standard_D8s_v5", "Standard_NC40ads_H100_v5").toBuilder()
                .gpuPool(
                        "a100",
                        p -> p.instanceType("Standard_NC24ads_A100_v4")
                                .scale(0, 4)
                                .fallback(f -> f.instanceTypes("Standard_NC48ads_A100_v4")))
                .changePool("cpu", p -> p.fallback(f -> f.spot(true)))
                .build();

        assertThat(OsmoValues.of(spec).serviceYaml())
                .contains("node.kubernetes.io/instance-type: Standard_NC40ads_H100_v5")
                .doesNotContain("node.kubernetes.io/instance-type: Standard_NC24ads_A100_v4")
                .contains("key: kubernetes.azure.com/scalesetpriority");
    }

    /** The pool as it is counts, not the one that could not be had. */
    @Test
    void bounds_are_those_of_the_fallback_that_a_pool_runs_on() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = spec("gcp", "us-central1", "n2-standard-8", "a3-highgpu-8g").toBuilder()
                    .computePool(
                            "base",
                            p -> p.instanceType("n2-standard-8").scale(1, 2).label("pool", "base"))
                    .changePool(
                            "cpu",
                            p -> p.instanceType("n2-standard-16")
                                    .scale(0, 20, 1)
                                    .fallback(f -> f.instanceTypes("n2-standard-8")))
                    .build();
            List.of("a", "b", "c", "f")
                    .forEach(zone -> clouds.gcp().faults().stockOut("n2-standard-16", "us-central1-" + zone));
            Backend backend = osmo.apply(osmo.plan(spec));

            assertThat(osmo.values(spec, backend).serviceYaml())
                    .contains("CPU {{USER_CPU}} too high on n2-standard-8, which has 8")
                    .doesNotContain("which has 16");
        }
    }

    @Test
    void taints_that_a_cloud_adds_by_itself_are_tolerated() {
        BackendSpec azure = spec("azure", "eastus2", "Standard_D8s_v5", "Standard_NC40ads_H100_v5").toBuilder()
                .changePool("cpu", p -> p.spot(true))
                .build();
        BackendSpec gcp = spec("gcp", "us-central1", "n2-standard-8", "a3-highgpu-8g").toBuilder()
                .changePool("h100", p -> p.tainted(false))
                .build();

        assertThat(OsmoValues.of(azure).serviceYaml()).contains("key: kubernetes.azure.com/scalesetpriority");
        assertThat(OsmoValues.of(gcp).serviceYaml()).contains("key: nvidia.com/gpu");
        assertThat(OsmoValues.of(gcp).operator().toString())
                .contains("key=ops", "key=team", "effect=NoExecute")
                .doesNotContain("nvidia");
    }

    @Test
    void a_cluster_whose_plugin_is_not_known_gets_no_network_policy() {
        BackendSpec spec = BackendSpec.builder("lab")
                .on("existing", "lab")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
                .osmo(o -> o.release("6.4.0").serviceUrl("https://osmo.example.com"))
                .build();

        OsmoValues values = OsmoValues.of(spec);

        assertThat(values.notes()).anyMatch(note -> note.contains("enforces network policies is not known"));
        assertThat(map(values.operator().get("podDefaults")))
                .isEqualTo(Map.of("nodeSelector", Map.of(), "tolerations", List.of()));
        LoaderRules.accept(map(values.service().get("configuration")));
    }
}
