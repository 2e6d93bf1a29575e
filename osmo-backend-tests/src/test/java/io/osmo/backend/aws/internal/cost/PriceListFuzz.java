// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spi.provider.cost.PriceBook;
import io.osmo.backend.tests.fuzz.FuzzTarget;
import io.osmo.backend.tests.fuzz.Mutations;
import io.osmo.backend.tests.fuzz.Tries;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever the Price List says of a product, a price is of a size that can be written out, or there is none. */
class PriceListFuzz extends FuzzTarget {
    private static final Mutations PRODUCTS = new Mutations(List.of("""
            {"product":{"attributes":{"locationType":"AWS Region","usagetype":"USW2-BoxUsage:m7i.2xlarge","instanceType":"m7i.2xlarge"}},
            "terms":{"OnDemand":{"A.B":{"priceDimensions":{"A.B.C":{"unit":"Hrs","beginRange":"0","endRange":"Inf",
            "pricePerUnit":{"USD":"0.4032000000"}}}}}}}"""));

    @Property(shrinking = ShrinkingMode.OFF)
    void products_of_the_price_list(@ForAll long seed) {
        Tries.parse(
                "Product.of",
                PRODUCTS,
                seed,
                none -> false,
                text -> Product.of(text)
                        .ifPresent(product -> new PriceBook(product.currency(), Map.of("x", product.price()))
                                .price("x")
                                .ifPresent(price ->
                                        assertThat(price.toPlainString()).hasSizeLessThan(100))));
    }
}
