// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class OperatorVersionTest {
    @Test
    void an_operator_pinned_by_digest_has_no_version() {
        Cluster cluster =
                Clusters.goodEks().image("gpu-operator", "nvcr.io/nvidia/gpu-operator@sha256:" + "0".repeat(64));

        assertThat(status(cluster, "gpu.operator-version")).isEqualTo(Status.UNKNOWN);
    }
}
