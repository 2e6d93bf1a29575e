// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineShapeTest {
    @ParameterizedTest
    @CsvSource({
        "n1-standard-4-nvidia-t4, n1-standard-4, nvidia-tesla-t4, 1, true",
        "n1-standard-8-nvidia-tesla-v100, n1-standard-8, nvidia-tesla-v100, 1, true",
        "n1-standard-4+nvidia-tesla-t4, n1-standard-4, nvidia-tesla-t4, 1, false",
        "n1-standard-8+2xnvidia-tesla-t4, n1-standard-8, nvidia-tesla-t4, 2, false"
    })
    void accelerators_are_told_from_machines(
            String written, String machine, String gpu, int count, boolean translated) {
        assertThat(MachineShape.parse(written))
                .isEqualTo(new MachineShape(machine, Optional.of(gpu), count, translated));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a3-highgpu-8g", "e2-standard-4", "g2-standard-4", "n1-standard-4-nvidia-l4"})
    void everything_else_is_a_machine_type(String type) {
        assertThat(MachineShape.parse(type)).isEqualTo(new MachineShape(type, Optional.empty(), 0, false));
    }

    @ParameterizedTest
    @CsvSource({
        "a3-ultragpu-8g, hyperdisk-balanced",
        "a4-highgpu-8g, hyperdisk-balanced",
        "g4-standard-48, hyperdisk-balanced",
        "a3-highgpu-8g, pd-balanced",
        "n1-standard-4-nvidia-t4, pd-balanced",
        "e2-standard-4, pd-balanced"
    })
    void the_newest_families_take_hyperdisk_only(String type, String disk) {
        assertThat(MachineShape.parse(type).diskType()).isEqualTo(disk);
    }

    @Test
    void the_family_is_what_stands_before_the_first_hyphen() {
        assertThat(MachineShape.parse("a4x-highgpu-4g").family()).isEqualTo("a4x");
    }
}
