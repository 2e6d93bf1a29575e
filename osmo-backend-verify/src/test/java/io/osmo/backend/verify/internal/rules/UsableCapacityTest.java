// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UsableCapacityTest {
    private static final long GIB = 1L << 30;

    @Property
    void usable_cpu_is_what_osmo_counts(
            @ForAll @LongRange(max = 256_000) long allocatable, @ForAll @LongRange(max = 300_000) long others) {
        long expected = (long) Math.max(0, Math.floor(allocatable / 1000.0) - 1 - Math.ceil(others / 1000.0));

        assertThat(UsableCapacity.cpus(allocatable, others)).isEqualTo(expected);
    }

    @Test
    void a_small_node_with_busy_daemon_sets_has_no_cpu_left() {
        assertThat(UsableCapacity.cpus(3920, 1100)).isZero();
        assertThat(UsableCapacity.cpus(3920, 1000)).isOne();
    }

    @Property
    void storage_for_tasks_is_what_is_left_less_one_gibibyte(
            @ForAll @LongRange(max = 1L << 45) long allocatable, @ForAll @LongRange(max = 1L << 45) long others) {
        assertThat(UsableCapacity.storage(allocatable, others)).isEqualTo(Math.max(0, allocatable - others - GIB));
    }

    @Test
    void a_task_must_request_less_than_is_left() {
        assertThat(UsableCapacity.takesDefaultTask(UsableCapacity.storage(2 * GIB, 0)))
                .isFalse();
        assertThat(UsableCapacity.takesDefaultTask(UsableCapacity.storage(2 * GIB + 1, 0)))
                .isTrue();
    }
}
