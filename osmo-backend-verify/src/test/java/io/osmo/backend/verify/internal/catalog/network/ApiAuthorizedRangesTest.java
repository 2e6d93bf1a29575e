// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiAuthorizedRangesTest {
    @Test
    void a_public_api_with_no_allowed_range_is_not_open() {
        Cluster closed = Clusters.goodGke();
        closed.publicCidrs = List.of();

        assertThat(status(closed, "network.api-authorized-ranges")).isEqualTo(PASS);
    }
}
