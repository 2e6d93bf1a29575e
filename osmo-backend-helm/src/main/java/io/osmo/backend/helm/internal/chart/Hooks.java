// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds hooks among rendered documents. Tests are none: only {@code helm test} runs them.
 *
 * @see <a href="https://helm.sh/docs/topics/charts_hooks/">Chart hooks</a>
 */
final class Hooks {
    private static final String ANNOTATION = "helm.sh/hook";

    private Hooks() {}

    static List<Hook> of(List<String> documents) {
        return documents.stream()
                .filter(document -> document.contains(ANNOTATION))
                .flatMap(document -> hook(document).stream())
                .sorted(Comparator.comparing(Hook::kind).thenComparing(Hook::name))
                .toList();
    }

    private static Optional<Hook> hook(String document) {
        JsonNode object;
        try {
            object = Yaml.read(document);
        } catch (IOException e) {
            // It speaks of hooks and cannot be read: that it is none is not known.
            return Optional.of(
                    new Hook("object", "that cannot be read", List.of("unknown"), MissingNode.getInstance()));
        }
        JsonNode events = object.path("metadata").path("annotations").path(ANNOTATION);
        List<String> run = Stream.of(events.asText("").split(","))
                .map(event -> event.strip().toLowerCase(Locale.ROOT))
                .filter(event -> !event.isEmpty() && !event.startsWith("test"))
                .toList();
        return run.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hook(
                        object.path("kind").asText(""),
                        object.path("metadata").path("name").asText(""),
                        run,
                        object));
    }
}
