// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Taint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateFactsTest {
    @ParameterizedTest
    @CsvSource({
        "ops, true, '', NoSchedule, true",
        "'', true, '', '', true",
        "'', false, '', '', false",
        "ops, false, true, NoSchedule, true",
        "ops, false, false, NoSchedule, false",
        "ops, true, '', NoExecute, false",
    })
    void tolerations_of_pods_follow_the_rules_of_kubernetes(
            String key, boolean exists, String value, String effect, boolean tolerated) {
        TemplateFacts template = new TemplateFacts(
                "a",
                Map.of(),
                List.of(new TemplateFacts.Toleration(key, exists, value, effect)),
                List.of(),
                List.of(),
                Fact.of(List.of()),
                true);

        assertThat(template.tolerates(List.of(new Taint("ops", "true", Taint.Effect.NO_SCHEDULE))))
                .isEqualTo(tolerated);
        assertThat(template.tolerates(List.of(new Taint("any", "", Taint.Effect.PREFER_NO_SCHEDULE))))
                .isTrue();
    }
}
