// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaintTest {
    @ParameterizedTest
    @ValueSource(strings = {"team=vision:NoSchedule", "nvidia.com/gpu:NoExecute", "a=b=c:PreferNoSchedule"})
    void the_short_form_of_kubernetes_is_read_and_written(String text) {
        assertThat(Taint.parse(text)).hasToString("Optional[" + text + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "team", "team=vision", "team=vision:", "team=vision:noSchedule", "team:NO_SCHEDULE"})
    void what_has_no_effect_of_kubernetes_is_no_taint(String text) {
        assertThat(Taint.parse(text)).isEmpty();
    }
}
