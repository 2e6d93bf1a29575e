// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.error.ChartException;
import io.osmo.backend.kubernetes.chart.ChartHook;
import io.osmo.backend.kubernetes.chart.ChartRenderer;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.kubernetes.internal.client.Digests;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spi.provider.LocalFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests that are already rendered, in one file as {@code helm template --include-crds} prints them. Custom resource definitions are
 * treated like those of {@code crds/}, because their origin is not known.
 */
final class RenderedFile implements ChartRenderer {
    private static final int LONGEST = 16 << 20;
    private static final String HOOK = "helm.sh/hook";

    static boolean isMeant(Chart chart) {
        return chart.location().endsWith(".yaml") || chart.location().endsWith(".yml");
    }

    @Override
    public RenderedChart render(ChartRequest request) {
        Chart chart = request.chart();
        String text = read(chart);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String digest = "sha256:" + HexFormat.of().formatHex(Digests.sha256(bytes));
        chart.digest().filter(expected -> !expected.equals(digest)).ifPresent(expected -> {
            throw new ChartException(
                    chart.location() + " has the digest " + digest + ", and the spec says " + expected,
                    "Check where the file comes from, or change the digest in the spec.",
                    null);
        });
        List<String> definitions = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        List<ChartHook> hooks = new ArrayList<>();
        for (Map<String, Object> object : parse(chart, text)) {
            String kind = String.valueOf(object.get("kind"));
            String hook = annotation(object);
            if (!hook.isEmpty()) {
                hooks.add(new ChartHook(kind, name(object), Arrays.asList(hook.split("\\s*,\\s*", -1))));
            } else if (kind.equals("CustomResourceDefinition")) {
                definitions.add(ChartYaml.yaml(object));
            } else {
                objects.add(ChartYaml.yaml(object));
            }
        }
        String name = chart.chart().orElse(chart.name());
        String version = chart.version().orElse("");
        return new RenderedChart(
                name,
                version,
                Optional.empty(),
                digest,
                definitions,
                objects,
                hooks,
                Optional.empty(),
                chart(name, version, definitions));
    }

    private static String read(Chart chart) {
        try {
            return LocalFile.text(Path.of(chart.location()), LONGEST);
        } catch (UncheckedIOException | InvalidPathException e) {
            throw new ChartException(
                    chart.location() + " cannot be read: it " + e.getMessage(),
                    "Create it, or allow this process to read it.",
                    null);
        }
    }

    private static List<Map<String, Object>> parse(Chart chart, String text) {
        try {
            return ChartYaml.objects(text);
        } catch (IllegalArgumentException e) {
            throw new ChartException(
                    chart.location() + ": " + e.getMessage(),
                    "Render the chart again, with helm template --include-crds.",
                    null);
        }
    }

    private static String name(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata ? String.valueOf(metadata.get("name")) : "";
    }

    private static String annotation(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("annotations") instanceof Map<?, ?> annotations
                        && annotations.get(HOOK) instanceof String hook
                ? hook
                : "";
    }

    /** As much of a chart as Helm needs to show and upgrade the release. */
    private static String chart(String name, String version, List<String> definitions) {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("metadata", Map.of("name", name, "version", version, "apiVersion", "v2"));
        chart.put("lock", null);
        chart.put("templates", List.of());
        chart.put("values", Map.of());
        chart.put("schema", null);
        List<Map<String, String>> files = new ArrayList<>();
        for (int i = 0; i < definitions.size(); i++) {
            String data = Base64.getEncoder().encodeToString(definitions.get(i).getBytes(StandardCharsets.UTF_8));
            files.add(Map.of("name", "crds/" + i + ".yaml", "data", data));
        }
        chart.put("files", files);
        return ChartYaml.json(chart);
    }
}
