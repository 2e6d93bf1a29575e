// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "3920m, 3920",
        "4, 4000",
        "1e3, 1000000",
        "0.5, 500",
        "100u, 1",
    })
    void cpu_in_all_spellings(String quantity, long millis) {
        assertThat(Quantities.millis(quantity)).hasValue(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "7.5Gi, 8053063680",
        "1e3, 1000",
        "128974848k, 128974848000",
        "128974848, 128974848",
        "16074012Ki, 16459788288",
        "1M, 1000000",
        "2500m, 3",
        "1E, 1000000000000000000",
        "9E, 9000000000000000000",
    })
    void amounts_in_all_spellings(String quantity, long amount) {
        assertThat(Quantities.amount(quantity)).hasValue(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e2147483647", "9e300Gi", "0e999999999"})
    @Timeout(5)
    void exponents_are_not_written_out(String quantity) {
        assertThat(Quantities.amount(quantity)).isEmpty();
        assertThat(Quantities.millis(quantity)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10E", "9Ei", "1e19"})
    void amounts_beyond_a_long_are_refused(String quantity) {
        assertThat(Quantities.amount(quantity)).isEmpty();
    }

    @Property
    void one_more_gibibyte_is_shown_as_one_more(@ForAll @LongRange(max = 1L << 50) long bytes) {
        assertThat(new BigDecimal(Quantities.gib(bytes + (1L << 30)).replace(" GiB", "")))
                .isEqualByComparingTo(new BigDecimal(Quantities.gib(bytes).replace(" GiB", "")).add(BigDecimal.ONE));
    }

    @Property
    void quantities_of_cpu_agree_in_both_spellings(@ForAll @IntRange(max = 1000) int cpus) {
        assertThat(Quantities.millis(cpus + "")).isEqualTo(Quantities.millis(cpus * 1000 + "m"));
    }

    @Property
    void a_decimal_unit_is_never_more_than_the_binary_one(@ForAll @IntRange(min = 1, max = 100_000) int amount) {
        assertThat(Quantities.amount(amount + "G").getAsLong())
                .isLessThan(Quantities.amount(amount + "Gi").getAsLong());
        assertThat(Quantities.amount(amount + "Ki")).hasValue(amount * 1024L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "much", "12X"})
    void texts_that_are_not_quantities_are_refused(String text) {
        assertThat(Quantities.amount(text)).isEmpty();
    }
}
