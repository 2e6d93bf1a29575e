// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.tests.fuzz.Mutations;
import io.osmo.backend.tests.fuzz.Tries;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever Google's catalog says of an entry, a price is of a size that can be written out, or there is none. */
class CatalogFuzz {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mutations ENTRIES = new Mutations(List.of("""
            {"description":"N2 Instance Core running in Americas","category":{"usageType":"OnDemand"},"serviceRegions":["us-central1"],
            "pricingInfo":[{"pricingExpression":{"usageUnit":"h","tieredRates":[{"startUsageAmount":0,
            "unitPrice":{"currencyCode":"USD","units":"0","nanos":31611000}}]}}]}"""));

    @AfterContainer
    static void tell() {
        Tries.tell();
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void entries_of_the_catalog(@ForAll long seed) {
        Tries.parse("Sku.of", ENTRIES, seed, none -> false, text -> {
            try {
                Sku.of(Rate.Service.COMPUTE_ENGINE, "us-central1", JSON.readTree(text.isBlank() ? "null" : text))
                        .ifPresent(
                                sku -> assertThat(sku.price().toPlainString()).hasSizeLessThan(100));
            } catch (JsonProcessingException noAnswer) {
                // Refused before anything is read of it.
            }
        });
    }
}
