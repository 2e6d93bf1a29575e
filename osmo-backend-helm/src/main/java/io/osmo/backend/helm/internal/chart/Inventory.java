// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.helm.internal.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Helm's manifest lacks: definitions, hooks, notes and the chart's own values. A copy of the chart gets templates that print them;
 * one of them is no YAML, at which Helm shows all that it has rendered, hooks too. So Helm decides which dependencies are enabled, and
 * Helm reads the values.
 *
 * @param crds documents of {@code crds/}, those of the chart before those of its dependencies
 * @param values the chart's values, as JSON
 */
public record Inventory(List<String> crds, List<Hook> hooks, String notes, JsonNode values) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEFINITIONS = """
            {{- range $path, $content := .Files.Glob "crds/**" }}
            {{- if regexMatch "[.](yaml|yml|json)$" $path }}
            MARK crd {{ $.Template.BasePath }}/{{ $path }}
            {{ $.Files.Get $path }}
            MARK end
            {{- end }}
            {{- end }}
            """;
    private static final String NOTES = """
            MARK notes
            {{ include (print $.Template.BasePath "/NOTES.txt") . }}
            MARK end
            """;
    private static final String VALUES = """
            MARK values
            {{ .Files.Get "MARK.yaml" | fromYaml | toJson }}
            MARK end
            """;

    /**
     * Makes the copy.
     *
     * @param mark a word that no line of the chart starts with
     */
    public static void prepare(Path chart, Path copy, String mark) throws IOException {
        FileTree.copy(chart, copy);
        Path templates = Files.createDirectories(copy.resolve("templates"));
        Path values = copy.resolve("values.yaml");
        Files.write(copy.resolve(mark + ".yaml"), Files.exists(values) ? Files.readAllBytes(values) : new byte[0]);
        String notes = Files.exists(templates.resolve("NOTES.txt")) ? NOTES : "";
        Files.writeString(templates.resolve(mark + ".yaml"), ("{[\n" + VALUES + notes).replace("MARK", mark));
        for (Path folder : charts(copy)) {
            Path file = Files.createDirectories(folder.resolve("templates")).resolve(mark + "-crds.yaml");
            Files.writeString(file, DEFINITIONS.replace("MARK", mark));
        }
    }

    private static List<Path> charts(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(
                            path -> Files.isDirectory(path.resolve("crds")) && Files.exists(path.resolve("Chart.yaml")))
                    .toList();
        }
    }

    /**
     * @param rendered all that Helm has rendered of the copy
     * @throws IOException if that is something else; its message does not quote it
     */
    public static Inventory parse(String rendered, String mark) throws IOException {
        Map<String, String> definitions =
                new TreeMap<>(comparing(Inventory::depth).thenComparing(naturalOrder()));
        StringBuilder rest = new StringBuilder();
        String notes = "";
        JsonNode values = null;
        Sections sections = new Sections(rendered, mark);
        while (sections.next()) {
            switch (sections.kind()) {
                case "crd" -> definitions.put(sections.argument(), sections.text());
                case "notes" -> notes = sections.text().strip();
                case "values" -> values = JSON.readTree(sections.text());
                default -> rest.append(sections.text());
            }
        }
        if (values == null) {
            throw new IOException("Helm gives two different answers to the same question");
        }
        List<String> crds = definitions.values().stream()
                .flatMap(text -> Documents.of(text).stream())
                .distinct()
                .toList();
        return new Inventory(crds, Hooks.of(Documents.of(rest.toString())), notes, values);
    }

    /** Charts come before their dependencies, which are deeper. */
    private static int depth(String path) {
        return path.split("/charts/", -1).length;
    }
}
