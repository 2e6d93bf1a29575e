// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.tests.fuzz.FuzzTarget;
import io.osmo.backend.tests.fuzz.Mutations;
import io.osmo.backend.tests.fuzz.Tries;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever Azure's list says of an item, a price is of a size that can be written out, or there is none. */
class RetailPricesFuzz extends FuzzTarget {
    private static final Mutations ITEMS = new Mutations(List.of("""
            {"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.384,"armRegionName":"eastus2","meterName":"D8s v5",
            "productName":"Virtual Machines Dsv5 Series","skuName":"D8s v5","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour",
            "type":"Consumption","armSkuName":"Standard_D8s_v5"}"""));

    @Property(shrinking = ShrinkingMode.OFF)
    void items_of_the_list(@ForAll long seed) {
        Tries.read(
                "RetailPrices.book",
                ITEMS,
                seed,
                item -> RetailPrices.book(List.of(item))
                        .prices()
                        .values()
                        .forEach(price -> assertThat(price.toPlainString()).hasSizeLessThan(100)));
    }
}
