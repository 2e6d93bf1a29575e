// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import org.junit.jupiter.api.Test;

class CloudCatalogTest extends GcpTest {
    private static final String SKUS = "/v1/services/CCD8-9BF1-090E/skus";

    @Test
    void skus_are_listed_in_pages() {
        JsonNode first = rest().get(GcpService.BILLING, SKUS + "?currencyCode=USD&pageSize=5000&fields=skus");
        JsonNode second = rest().get(
                        GcpService.BILLING,
                        SKUS + "?pageToken=" + first.path("nextPageToken").asText());

        assertThat(first.path("skus")).hasSize(2);
        assertThat(second.path("skus")).hasSize(1);
        assertThat(second.path("nextPageToken").asText()).isEmpty();
        JsonNode price = first.at("/skus/1/pricingInfo/0/pricingExpression");
        assertThat(first.at("/skus/1/description").asText()).isEqualTo("Regional Kubernetes Clusters");
        assertThat(price.path("usageUnit").asText()).isEqualTo("h");
        assertThat(price.at("/tieredRates/0/unitPrice/nanos").asLong()).isEqualTo(100_000_000);
    }

    @Test
    void what_google_refuses_is_refused() {
        assertThatThrownBy(() -> rest().get(GcpService.BILLING, "/v1/services/0000-0000-0000/skus"))
                .hasMessageContaining("was not found");
        assertThatThrownBy(() -> rest().get(GcpService.BILLING, SKUS + "?pageToken=none"))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> rest().get(GcpService.BILLING, SKUS + "?pageSize=5001"))
                .hasMessageContaining("page size");

        reopen(b -> b.disabledService("cloudbilling.googleapis.com"));
        assertThatThrownBy(() -> rest().get(GcpService.BILLING, SKUS)).hasMessageContaining("is disabled");
    }
}
