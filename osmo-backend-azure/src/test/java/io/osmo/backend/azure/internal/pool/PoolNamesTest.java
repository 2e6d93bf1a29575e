// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PoolNamesTest {
    @Test
    void a_name_that_fits_is_kept() {
        assertThat(PoolNames.of("operator")).isEqualTo("operator");
        assertThat(PoolNames.of("h100")).isEqualTo("h100");
        assertThat(PoolNames.of("abcdefghijkl")).isEqualTo("abcdefghijkl");
    }

    @Test
    void the_name_of_the_system_pool_is_not_given_twice() {
        assertThat(PoolNames.of("system")).isNotEqualTo("system").startsWith("system");
    }

    @Test
    void each_generation_of_the_system_pool_has_a_name_of_its_own_that_fits() {
        assertThat(PoolNames.ofSystem(1)).isEqualTo("system");
        assertThat(PoolNames.ofSystem(2)).matches("system[0-9a-f]{6}").isNotEqualTo(PoolNames.ofSystem(3));
        assertThat(PoolNames.ofSystem(2)).isNotEqualTo(PoolNames.of("system", 2));
    }

    @Test
    void a_system_pool_is_told_by_its_name() {
        assertThat(PoolNames.systemGeneration(PoolNames.ofSystem(3))).contains(3);
        assertThat(PoolNames.systemGeneration("system1")).isEmpty();
    }

    @Test
    void names_that_begin_alike_stay_apart() {
        assertThat(PoolNames.of("h100-training-east")).isNotEqualTo(PoolNames.of("h100-training-west"));
        // Stable over releases: a pool that stands must be found again.
        assertThat(PoolNames.of("h100-training-east")).isEqualTo("h100tre0e351");
    }

    @Property
    void any_name_becomes_one_that_aks_takes(@ForAll @StringLength(min = 1, max = 63) String name) {
        assertThat(PoolNames.of(name)).matches("[a-z][a-z0-9]{0,11}");
    }
}
