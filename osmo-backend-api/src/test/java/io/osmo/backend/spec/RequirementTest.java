// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequirementTest {
    @Test
    void idsAreThoseOfTheRequirements() {
        assertThat(Arrays.stream(Requirement.values()).map(Requirement::id))
                .hasSize(24)
                .contains("CP-1", "OP-5", "CN-4", "RT-1", "NW-2", "ST-3", "RG-3", "SC-3")
                .doesNotHaveDuplicates();
        assertThat(Requirement.values()).allSatisfy(r -> assertThat(r.text()).endsWith("."));
    }
}
