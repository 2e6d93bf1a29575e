// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.kubernetes.chart.RenderedChart;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovedTest {
    @Test
    void names_values_and_objects_that_came_went_or_changed() {
        RenderedChart before = chart(
                "{\"same\": 1, \"image\": {\"tag\": \"1\", \"old\": {}}}",
                "kind: Config\nmetadata: {name: same}",
                "kind: Job\nmetadata: {name: old}");
        RenderedChart after = chart(
                "{\"same\": 1, \"image\": {\"tag\": \"2\", \"new\": []}}",
                "kind: Config\nmetadata: {name: same}\nspec: {}",
                "kind: Job\nmetadata: {name: new}");

        assertThat(Moved.between(before, after))
                .containsExactly(
                        "- value image.old",
                        "~ value image.tag: \"1\" -> \"2\"",
                        "+ value image.new",
                        "- object Job old",
                        "+ object Job new");
    }

    private static RenderedChart chart(String values, String... objects) {
        return new RenderedChart(
                "demo",
                "1.2.3",
                Optional.empty(),
                "sha256:0",
                List.of(),
                List.of(objects),
                List.of(),
                Optional.empty(),
                "{\"values\": " + values + "}");
    }
}
