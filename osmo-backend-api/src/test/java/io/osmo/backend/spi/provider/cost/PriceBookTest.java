// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
    /** To write out the second one takes a gigabyte. */
    @ParameterizedTest
    @CsvSource({"0.4032, true", "1e999999999, false", "1e-999999999, false", "-1e999999999, false", "999999999, true"})
    void a_price_that_cannot_be_is_not_known(String price, boolean known) {
        PriceBook book = new PriceBook("USD", Map.of("machine/m", new BigDecimal(price)));

        assertThat(book.price("machine/m").isPresent()).isEqualTo(known);
    }
}
