// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.tests.fuzz.FuzzTarget;
import io.osmo.backend.tests.fuzz.Mutations;
import io.osmo.backend.tests.fuzz.Tries;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever Google's catalog says of an entry, a price is of a size that can be written out, or there is none. */
class CatalogFuzz extends FuzzTarget {
    private static final Mutations ENTRIES = new Mutations(List.of("""
            {"description":"N2 Instance Core running in Americas","category":{"usageType":"OnDemand"},"serviceRegions":["us-central1"],
            "pricingInfo":[{"pricingExpression":{"usageUnit":"h","tieredRates":[{"startUsageAmount":0,
            "unitPrice":{"currencyCode":"USD","units":"0","nanos":31611000}}]}}]}"""));

    @Property(shrinking = ShrinkingMode.OFF)
    void entries_of_the_catalog(@ForAll long seed) {
        Tries.read(
                "Sku.of",
                ENTRIES,
                seed,
                entry -> Sku.of(Rate.Service.COMPUTE_ENGINE, "us-central1", entry)
                        .ifPresent(
                                sku -> assertThat(sku.price().toPlainString()).hasSizeLessThan(100)));
    }
}
