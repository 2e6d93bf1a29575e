// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiReachTest {
    private static ApiReach open(String... ranges) {
        return ApiReach.open(List.of(ranges));
    }

    @Test
    void whoever_still_reaches_it_loses_nothing() {
        assertThat(open("203.0.113.0/24").lost(open("203.0.113.0/24", "198.51.100.0/24")))
                .isEmpty();
        assertThat(open("203.0.113.64/26").lost(open("203.0.113.0/24"))).isEmpty();
        assertThat(open("203.0.113.0/24").lost(open("203.0.113.128/25", "203.0.113.0/25")))
                .isEmpty();
        assertThat(open().lost(open("0.0.0.0/0"))).isEmpty();
        assertThat(ApiReach.CLOSED.lost(open())).isEmpty();
        assertThat(open("2001:db8::/32").lost(open("2001:db8::/33", "2001:db8:8000::/33")))
                .isEmpty();
    }

    @Test
    void who_does_not_any_more_is_named() {
        assertThat(open().lost(open("203.0.113.0/24"))).contains("0.0.0.0/0 outside 203.0.113.0/24");
        assertThat(open("198.51.100.0/24", "203.0.113.0/24").lost(open("203.0.113.0/25", "192.0.2.0/24")))
                .contains("198.51.100.0/24; 203.0.113.0/24 outside 203.0.113.0/25");
        assertThat(open("203.0.113.0/24", "198.51.100.0/24").lost(ApiReach.CLOSED))
                .contains("198.51.100.0/24; 203.0.113.0/24");
    }

    @Test
    void a_warning_names_the_field_and_what_it_means_for_this_host() {
        assertThat(open().warning(open("203.0.113.0/24"), Optional.empty()))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("The API server will no longer answer 0.0.0.0/0 outside 203.0.113.0/24"
                                + " (apiEndpoint.publicCidrs). If this host calls from there, "));
        assertThat(open("203.0.113.0/24").warning(ApiReach.CLOSED, Optional.empty()))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("callers from the internet, now 203.0.113.0/24 (apiEndpoint.publicAccess)")
                        .contains("also so for this host, unless it is in the network"));
        assertThat(open("203.0.113.0/24").warning(ApiReach.CLOSED, Optional.of("There is a gate.")))
                .hasValueSatisfying(text -> assertThat(text).endsWith("(apiEndpoint.publicAccess). There is a gate."));
        assertThat(open("203.0.113.0/24").warning(open("203.0.113.0/24"), Optional.empty()))
                .isEmpty();
    }
}
