// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.Expectations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyTest {
    @Test
    void a_pool_with_a_minimum_and_no_available_node_fails() {
        Cluster gone = Clusters.goodEks();
        gone.nodes.stream().filter(n -> n.name.startsWith("cpu")).forEach(n -> n.conditions.put("Ready", "False"));
        Cluster unknownPools = Clusters.goodEks();
        unknownPools.expectations = Expectations.ofAnyBackend();
        unknownPools.nodes.stream().filter(n -> !n.name.startsWith("operator")).forEach(n -> n.cordoned = true);
        Cluster emptying = Clusters.goodEks().node("gpu-0", n -> n.cordoned = true);
        emptying.expectations = Expectations.ofAnyBackend();

        assertThat(status(gone, "node.ready")).isEqualTo(FAIL);
        assertThat(finding(gone, "node.ready").observed())
                .isEqualTo("3 of 6 nodes not ready, including all of pool cpu");
        assertThat(status(unknownPools, "node.ready")).isEqualTo(FAIL);
        assertThat(finding(unknownPools, "node.ready").observed()).endsWith(", including all of the compute nodes");
        assertThat(finding(unknownPools, "node.ready").observed()).startsWith("4 of 6 nodes cordoned");
        assertThat(finding(emptying, "node.ready").resources()).containsExactly("node/gpu-0");
        assertThat(status(emptying, "node.ready")).isEqualTo(WARN);
    }

    /** It is cordoned and drained, and must not be uncordoned; the check on taints names it. */
    @ParameterizedTest
    @ValueSource(strings = {"ToBeDeletedByClusterAutoscaler", "karpenter.sh/disrupted"})
    void a_node_that_an_autoscaler_removes_is_not_missed_while_others_are_left(String taint) {
        Taint leaving = new Taint(taint, "", Taint.Effect.NO_SCHEDULE);
        Cluster one = Clusters.goodEks().node("cpu-0", n -> {
            n.cordoned = true;
            n.taints = List.of(leaving);
        });
        Cluster all = Clusters.goodEks();
        all.nodes.stream().filter(n -> n.name.startsWith("cpu")).forEach(n -> {
            n.cordoned = true;
            n.taints = List.of(leaving);
        });

        assertThat(status(one, "node.ready")).isEqualTo(PASS);
        assertThat(status(one, "node.transient-taints")).isEqualTo(WARN);
        assertThat(status(one, "osmo.resources-reported")).isEqualTo(PASS);
        assertThat(status(all, "node.ready")).isEqualTo(FAIL);
    }
}
