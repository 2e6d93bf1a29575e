// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ChartBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A small scheduler as rendered manifests, and specs that install it. */
final class ChartFile {
    private final Path file;
    private final String name;
    private final Map<String, String> variables = new LinkedHashMap<>();

    /** @param name of release and namespace */
    ChartFile(Path folder, String name) {
        this.file = folder.resolve(name + ".yaml");
        this.name = name;
        variables.put("NAME", name);
        variables.put("MODE", "strict");
        variables.put("TAG", "1.0");
        variables.put("SELECTOR", "scheduler");
        secret("first-value");
        write("");
    }

    ChartFile with(String variable, String value) {
        variables.put(variable, value);
        write("");
        return this;
    }

    ChartFile secret(String value) {
        variables.put("SECRET", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Without the object of this kind and name. */
    ChartFile without(String kind, String object) {
        write("kind: " + kind + "\nmetadata: {name: " + object + "}");
        return this;
    }

    ChartFile and(String manifests) {
        append("\n---\n" + manifests);
        return this;
    }

    private void write(String left) {
        try (InputStream in = ChartFile.class.getResourceAsStream("scheduler.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                text = text.replace(variable.getKey(), variable.getValue());
            }
            StringBuilder kept = new StringBuilder();
            for (String document : text.split("---\n")) {
                if (left.isEmpty() || !document.contains(left)) {
                    kept.append("---\n").append(document);
                }
            }
            Files.writeString(file, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(String text) {
        try {
            Files.writeString(file, Files.readString(file) + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BackendSpec in(BackendSpec spec) {
        return in(spec, chart -> {});
    }

    BackendSpec in(BackendSpec spec, Consumer<ChartBuilder> how) {
        return spec.toBuilder()
                .chart(name, chart -> {
                    chart.location(file.toString()).version("1.0.0");
                    how.accept(chart);
                })
                .build();
    }
}
