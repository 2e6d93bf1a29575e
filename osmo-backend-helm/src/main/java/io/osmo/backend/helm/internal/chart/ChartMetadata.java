// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.error.ChartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a chart says of itself in {@code Chart.yaml}.
 *
 * @param document all of it
 */
public record ChartMetadata(String name, String version, Optional<String> appVersion, ObjectNode document) {
    /**
     * @param place where the chart comes from, for messages
     * @throws ChartException if the folder holds no chart
     */
    public static ChartMetadata read(Path folder, String place) {
        Path file = folder.resolve("Chart.yaml");
        if (!Files.isRegularFile(file)) {
            throw unusable(place, "it has no Chart.yaml", null);
        }
        JsonNode document;
        try {
            document = Yaml.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw unusable(place, "its Chart.yaml cannot be read", e);
        }
        String name = document.path("name").asText("");
        String version = document.path("version").asText("");
        if (!(document instanceof ObjectNode object) || name.isBlank() || version.isBlank()) {
            throw unusable(place, "its Chart.yaml has no name or no version", null);
        }
        return new ChartMetadata(
                name,
                version,
                Optional.of(document.path("appVersion").asText("")).filter(text -> !text.isEmpty()),
                object);
    }

    private static ChartException unusable(String place, String why, @Nullable Throwable cause) {
        return new ChartException(place + " is no chart: " + why, "Name the folder or archive of a chart.", cause);
    }
}
