// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UpgradesTest {
    @Test
    void no_minor_version_is_skipped() {
        assertThat(Upgrades.between(KubernetesVersion.of("1.33"), KubernetesVersion.of("1.36")))
                .extracting(KubernetesVersion::toString)
                .containsExactly("1.34", "1.35", "1.36");
    }

    @Property(tries = 200)
    void there_are_as_many_steps_as_minor_versions_between_and_none_back(
            @ForAll @IntRange(min = 30, max = 60) int from, @ForAll @IntRange(min = 30, max = 60) int to) {
        assertThat(Upgrades.between(new KubernetesVersion(1, from), new KubernetesVersion(1, to)))
                .hasSize(Math.max(0, to - from));
    }
}
