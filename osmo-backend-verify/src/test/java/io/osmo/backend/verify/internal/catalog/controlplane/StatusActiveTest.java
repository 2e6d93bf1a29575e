// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusActiveTest {
    @Test
    void a_control_plane_that_works_during_a_change_is_a_warning() {
        for (String status : List.of("UPDATING", "RECONCILING", "Upgrading")) {
            Cluster changing = Clusters.goodEks();
            changing.status = status;

            assertThat(status(changing, "control-plane.status-active"))
                    .as(status)
                    .isEqualTo(WARN);
            assertThat(finding(changing, "control-plane.status-active").next()).startsWith("Wait");
        }
    }
}
