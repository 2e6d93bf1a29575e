// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.helm.internal.files.ChartFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A chart as Helm keeps it in a release: without its dependencies, the contents of files in Base64.
 *
 * @see <a href="https://github.com/helm/helm/blob/v3.21.0/pkg/chart/chart.go">Helm: chart.go</a>
 * @see <a href="https://github.com/helm/helm/blob/v3.21.0/pkg/chart/loader/load.go">Helm: load.go</a>
 */
public final class ReleaseChart {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Helm reads of a Chart.yaml; other fields are lost to it. */
    private static final List<String> METADATA = List.of(
            "name",
            "home",
            "sources",
            "version",
            "description",
            "keywords",
            "maintainers",
            "icon",
            "apiVersion",
            "condition",
            "tags",
            "appVersion",
            "deprecated",
            "annotations",
            "kubeVersion",
            "dependencies",
            "type");

    private ReleaseChart() {}

    /** @param values the chart's own values */
    public static String json(Path folder, ChartMetadata metadata, JsonNode values) throws IOException {
        ObjectNode chart = JSON.createObjectNode();
        ObjectNode kept = chart.putObject("metadata");
        METADATA.forEach(field -> kept.setAll(only(metadata.document(), field)));
        chart.set("lock", NullNode.instance);
        ArrayNode templates = chart.putArray("templates");
        chart.set("values", values);
        chart.set("schema", NullNode.instance);
        ArrayNode files = chart.putArray("files");
        for (Map.Entry<String, byte[]> file : ChartFolder.read(folder).entrySet()) {
            String name = file.getKey();
            switch (name) {
                case "Chart.yaml", "values.yaml" -> {}
                case "Chart.lock" -> chart.set("lock", Yaml.read(file.getValue()));
                case "values.schema.json" -> chart.put("schema", file.getValue());
                default -> {
                    if (name.startsWith("templates/")) {
                        templates.addObject().put("name", name).put("data", file.getValue());
                    } else if (!name.startsWith("charts/") || name.endsWith(".prov")) {
                        files.addObject().put("name", name).put("data", file.getValue());
                    }
                }
            }
        }
        return JSON.writeValueAsString(chart);
    }

    private static ObjectNode only(ObjectNode document, String field) {
        ObjectNode one = JSON.createObjectNode();
        return document.has(field) ? one.set(field, document.get(field)) : one;
    }
}
