// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OsmoUnitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"8", "3920m", "16074012Ki", "10Gi", "10GiB", "5T", "512B", "1.5G", "7KB"})
    void units_that_osmo_reads(String quantity) {
        assertThat(OsmoUnits.readable(quantity)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1E", "2Pi", "7k", "-1", "1e3", "much", "1 Gi"})
    void units_that_osmo_does_not_read(String quantity) {
        assertThat(OsmoUnits.readable(quantity)).isFalse();
    }

    @Property
    void quantities_that_osmo_parses_are_valid_in_kubernetes_too(@ForAll @IntRange(min = 1, max = 100_000) int amount) {
        for (String unit : List.of("", "m", "Ki", "Mi", "Gi", "Ti", "M", "G", "T")) {
            assertThat(OsmoUnits.readable(amount + unit)).isTrue();
            assertThat(Quantities.amount(amount + unit)).isPresent();
        }
    }
}
