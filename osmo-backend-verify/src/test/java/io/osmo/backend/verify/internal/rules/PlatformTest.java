// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.internal.rules.Platform.Toleration;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @Test
    void a_platform_without_labels_matches_nodes_without_hard_taints() {
        assertThat(Platform.CATCH_ALL.matches(node())).isTrue();
        assertThat(Platform.CATCH_ALL.matches(node(taint("a", "", Taint.Effect.PREFER_NO_SCHEDULE))))
                .isTrue();
        assertThat(Platform.CATCH_ALL.matches(node(taint("a", "", Taint.Effect.NO_EXECUTE))))
                .isFalse();
    }

    @Test
    void all_labels_are_required() {
        assertThat(new Platform(Map.of("node-type", "gpu"), List.of()).matches(node()))
                .isTrue();
        assertThat(new Platform(Map.of("node-type", "gpu", "x", "y"), List.of()).matches(node()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia.com/gpu, true, '', '', true",
        "nvidia.com/gpu, false, present, NoSchedule, true",
        "nvidia.com/gpu, false, absent, NoSchedule, false",
        "nvidia.com/gpu, true, '', NoExecute, false",
        "'', true, '', '', false",
        "sku, true, '', '', false",
    })
    void a_toleration_needs_the_exact_key(String key, boolean exists, String value, String effect, boolean tolerated) {
        Platform platform = new Platform(Map.of(), List.of(new Toleration(key, exists, value, effect)));

        assertThat(platform.matches(node(taint("nvidia.com/gpu", "present", Taint.Effect.NO_SCHEDULE))))
                .isEqualTo(tolerated);
    }

    private static Taint taint(String key, String value, Taint.Effect effect) {
        return new Taint(key, value, effect);
    }

    private static NodeFacts node(Taint... taints) {
        return new NodeFacts(
                "n",
                Map.of("node-type", "gpu"),
                List.of(taints),
                false,
                "",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                "",
                "",
                "",
                "",
                Fact.of(List.of()));
    }
}
