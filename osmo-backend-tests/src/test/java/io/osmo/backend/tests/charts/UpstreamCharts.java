// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.semver4j.Semver;

/**
 * Copies of charts of upstream for the API server of the tests, which is older than they ask for. A copy lacks {@code kubeVersion} in
 * the chart and, in its custom resource definitions, the fields that Kubernetes 1.20 does not know; nothing else is changed.
 */
final class UpstreamCharts {
    /** Names a folder with a folder for each chart, and in it one for each version. */
    static final String PROPERTY = "osmo.charts";

    private static final Set<String> UNKNOWN = Set.of("x-kubernetes-validations", "selectableFields");
    private static final YAMLMapper YAML = new YAMLMapper();

    private UpstreamCharts() {}

    /** Whether there is any version of a chart. */
    static boolean has(String chart) {
        return Files.isDirectory(versions(chart));
    }

    private static Path versions(String chart) {
        return Path.of(System.getProperty(PROPERTY, ""), chart);
    }

    /** A copy of the newest version of a chart. */
    static Path newest(String chart, Path folder) {
        try (Stream<Path> versions = Files.list(versions(chart))) {
            Path newest = versions.max(comparing(
                            version -> Semver.coerce(version.getFileName().toString())))
                    .orElseThrow();
            return copy(newest, folder.resolve(chart));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Path chart, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(chart)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(chart.relativize(file).toString());
                if (file.getParent().endsWith("crds") && file.toString().endsWith(".yaml")) {
                    Files.writeString(copy, reduced(file));
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path metadata = target.resolve("Chart.yaml");
        List<String> lines = Files.readAllLines(metadata).stream()
                .filter(line -> !line.startsWith("kubeVersion:"))
                .toList();
        Files.write(metadata, lines);
        return target;
    }

    private static String reduced(Path definitions) throws IOException {
        StringBuilder text = new StringBuilder();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(definitions.toFile())) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                reduce(document);
                text.append(YAML.writeValueAsString(document));
            }
        }
        return text.toString();
    }

    private static void reduce(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(UNKNOWN);
        }
        node.forEach(UpstreamCharts::reduce);
    }
}
