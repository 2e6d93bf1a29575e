// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.upstream;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.helm.Rendered;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.values.GpuOperatorValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.semver4j.Semver;

/**
 * The charts that we install, as their authors have published them: {@code dev/charts} takes them from clones and runs this. They are
 * not part of this repository, so a build does not have them.
 */
class UpstreamChartsTest {
    private static final String PROPERTY = "osmo.charts";
    private static final List<String> MOVED = new ArrayList<>();

    @Test
    void no_version_of_kai_scheduler_has_a_hook_left() throws Exception {
        for (RenderedChart chart : versions("kai-scheduler", Map.of())) {
            assertThat(chart.hooks()).as("%s", chart).isEmpty();
            assertThat(Moved.objects(chart).keySet())
                    .as("%s", chart)
                    .contains(
                            "Config kai-config",
                            "SchedulingShard default",
                            "CustomResourceDefinition queues.scheduling.run.ai")
                    .filteredOn(object -> object.startsWith("Job "))
                    .isEmpty();
        }
    }

    @Test
    void every_version_of_kai_scheduler_has_what_osmo_needs() throws Exception {
        for (RenderedChart chart : versions("kai-scheduler", Map.of())) {
            Semver version = Semver.coerce(chart.version());
            boolean flags = version.isGreaterThanOrEqualTo("0.15.0");
            boolean runtimeClass = version.isLowerThan("0.13.0");

            JsonNode shard = Moved.object(chart, "SchedulingShard default");
            assertThat(shard.at("/spec/actions/stalegangeviction/enabled"))
                    .as("%s", chart)
                    .hasToString("false");
            assertThat(shard.at("/spec/args/update-pod-eviction-condition").asText())
                    .as("%s", chart)
                    .isEqualTo(flags ? "true" : "");
            assertThat(Moved.object(chart, "Config kai-config")
                            .at("/spec/admission/gpuPodRuntimeClassName")
                            .asText())
                    .as("%s", chart)
                    .isEqualTo(runtimeClass ? "nvidia" : "");
        }
    }

    @Test
    void no_version_of_the_gpu_operator_has_a_hook_left() throws Exception {
        for (RenderedChart chart : versions("gpu-operator", Map.of())) {
            assertThat(chart.hooks()).as("%s", chart).isEmpty();
            assertThat(Moved.objects(chart).keySet())
                    .as("%s", chart)
                    .contains(
                            "ClusterPolicy cluster-policy",
                            "CustomResourceDefinition clusterpolicies.nvidia.com",
                            "CustomResourceDefinition nodefeatures.nfd.k8s-sigs.io")
                    .filteredOn(object -> object.startsWith("Job "))
                    .isEmpty();
        }
    }

    @Test
    void every_version_of_the_gpu_operator_takes_the_owners_of_its_parts() throws Exception {
        String folder = "/home/kubernetes/bin/nvidia";
        assertPolicy(
                GpuStack.of(Owner.NODE_IMAGE, Part.DRIVER, Part.TOOLKIT),
                "/driver/enabled",
                "false",
                "/toolkit/enabled",
                "false");
        assertPolicy(GpuStack.of(Owner.NODE_IMAGE, Part.values()), "/devicePlugin/enabled", "false");
        assertPolicy(GpuStack.ofOperator(), "/driver/enabled", "true", "/toolkit/env/0/name", "RUNTIME_CONFIG_SOURCE");
        assertPolicy(
                GpuStack.of(Owner.SERVICE, Part.DRIVER, Part.DEVICE_PLUGIN).withDriverFolder(folder),
                "/driver/enabled",
                "false",
                "/devicePlugin/enabled",
                "false",
                "/hostPaths/driverInstallDir",
                folder,
                "/toolkit/installDir",
                folder);
        assertPolicy(
                GpuStack.of(Owner.SERVICE, Part.DRIVER, Part.TOOLKIT).withRuntimeHandler("nvidia-container-runtime"),
                "/toolkit/enabled",
                "false",
                "/operator/runtimeClass",
                "nvidia-container-runtime");
    }

    private static void assertPolicy(GpuStack stack, String... expected) throws IOException {
        for (RenderedChart chart : versions("gpu-operator", GpuOperatorValues.of(stack))) {
            JsonNode policy =
                    Moved.object(chart, "ClusterPolicy cluster-policy").path("spec");
            for (int i = 0; i < expected.length; i += 2) {
                assertThat(policy.at(expected[i]).asText())
                        .as("%s with %s: %s", chart, stack, expected[i])
                        .isEqualTo(expected[i + 1]);
            }
        }
    }

    @Test
    void the_backend_operator_has_sixteen_objects_and_no_hook() throws Exception {
        for (RenderedChart chart :
                versions("backend-operator", Map.of("global", Map.of("serviceUrl", "https://osmo.example.com")))) {
            assertThat(chart.hooks()).as("%s", chart).isEmpty();
            assertThat(Moved.objects(chart)).as("%s", chart).hasSize(16);
        }
    }

    @Test
    void the_compute_plane_of_osmo_has_no_hook() throws Exception {
        for (RenderedChart chart : versions(
                "osmo",
                Map.of(
                        "planes",
                        Map.of("control", Map.of("enabled", false), "compute", Map.of("enabled", true)),
                        "externalUrl",
                        "https://osmo.example.com",
                        "compute",
                        Map.of("authentication", Map.of("existingSecret", "token"))))) {
            assertThat(chart.hooks()).as("%s", chart).isEmpty();
            assertThat(Moved.objects(chart).keySet())
                    .as("%s", chart)
                    .anyMatch(object -> object.matches("Deployment .*-backend-listener"))
                    .anyMatch(object -> object.matches("Deployment .*-backend-worker"));
        }
    }

    @AfterAll
    static void report() throws IOException {
        if (!MOVED.isEmpty()) {
            Files.write(Path.of("target", "charts.txt"), MOVED);
        }
    }

    /** All versions of a chart that are there, oldest first. */
    private static List<RenderedChart> versions(String chart, Map<String, Object> values) throws IOException {
        String folder = System.getProperty(PROPERTY, "");
        assumeTrue(!folder.isEmpty(), "SKIPPED: no charts of upstream; dev/charts fetches them and sets " + PROPERTY);
        Path versions = Path.of(folder, chart);
        assumeTrue(Files.isDirectory(versions), "SKIPPED: there is no " + versions);
        List<RenderedChart> rendered = new ArrayList<>();
        try (Stream<Path> folders = Files.list(versions)) {
            for (Path version :
                    folders.sorted(comparing(UpstreamChartsTest::version)).toList()) {
                rendered.add(Rendered.render(c -> c.location(version.toString()), values));
            }
        }
        for (int i = 1; i < rendered.size(); i++) {
            MOVED.add("\n" + rendered.get(i - 1) + " -> " + rendered.get(i));
            MOVED.addAll(Moved.between(rendered.get(i - 1), rendered.get(i)));
        }
        return rendered;
    }

    private static Semver version(Path folder) {
        return Semver.coerce(folder.getFileName().toString());
    }
}
