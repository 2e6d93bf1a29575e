// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolDrainTest {
    private static final Set<ResourceId> POOLS = Set.of(ResourceId.of("node-group", "cpu"));

    @Test
    void takes_an_hour_at_most_and_waits_for_work_unless_told_otherwise() {
        PoolDrain drain = PoolDrain.of("cpu", "pool=cpu", POOLS);

        assertThat(drain)
                .isEqualTo(new PoolDrain("cpu", Optional.of("cpu"), "pool=cpu", POOLS, Duration.ofHours(1), false));
        assertThat(drain.endsWork(true).deadline(Duration.ofMinutes(5)))
                .isEqualTo(new PoolDrain("cpu", Optional.of("cpu"), "pool=cpu", POOLS, Duration.ofMinutes(5), true));
    }

    @Test
    void never_drains_the_whole_cluster_by_a_blank_selector() {
        assertThatThrownBy(() -> PoolDrain.of("cpu", " ", POOLS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolDrain.of("", "pool=cpu", POOLS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolDrain.of("cpu", "pool=cpu", POOLS).deadline(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
