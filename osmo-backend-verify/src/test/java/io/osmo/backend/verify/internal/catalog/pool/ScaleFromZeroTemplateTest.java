// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import org.junit.jupiter.api.Test;

class ScaleFromZeroTemplateTest {
    @Test
    void an_empty_pool_that_may_have_gpus_needs_the_gpu_label() {
        Cluster cluster = Clusters.goodEks();
        cluster.pool("cpu", p -> p.scale = new Scale(0, 20, 3));
        cluster.pool("cpu", p -> p.machine = Fact.unknown("403 on machine"));
        cluster.pool("gpu", p -> p.machine = Fact.unknown("403 on machine"));

        Finding unclear = finding(cluster, "pool.scale-from-zero-template");
        assertThat(unclear.status()).isEqualTo(UNKNOWN);
        assertThat(unclear.observed()).isEqualTo("whether cpu has GPUs: 403 on machine");

        // What says that it is for GPUs is judged as if it had some, whatever is unknown beside it.
        cluster.pool("gpu", p -> p.labels.put("nvidia.com/gpu.present", "false"));
        Finding breach = finding(cluster, "pool.scale-from-zero-template");
        assertThat(breach.status()).isEqualTo(WARN);
        assertThat(breach.observed())
                .isEqualTo("gpu lacks the label nvidia.com/gpu.present=true (1 of 2 pools that scale from zero)");
        assertThat(breach.next()).contains("on the node pool itself");

        cluster.pool("gpu", p -> p.labels.put("nvidia.com/gpu.present", "true"));
        cluster.pool("cpu", p -> p.machine = Fact.of(new CloudFacts.Machine("m7i.2xlarge", 8, 32768, 0, "amd64")));
        assertThat(finding(cluster, "pool.scale-from-zero-template").status()).isEqualTo(PASS);
    }
}
