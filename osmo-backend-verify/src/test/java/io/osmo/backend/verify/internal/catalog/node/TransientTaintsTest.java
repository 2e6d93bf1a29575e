// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientTaintsTest {
    @Test
    void a_prefer_no_schedule_taint_is_not_transient() {
        Cluster idle = Clusters.goodGke()
                .node(
                        "cpu-0",
                        n -> n.taints = List.of(new Taint(
                                "DeletionCandidateOfClusterAutoscaler",
                                "1700000000",
                                Taint.Effect.PREFER_NO_SCHEDULE)));

        assertThat(status(idle, "node.transient-taints")).isEqualTo(PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ToBeDeletedByClusterAutoscaler",
                "karpenter.sh/disrupted",
                "karpenter.sh/disruption",
                "cloud.google.com/impending-node-termination",
                "aws-node-termination-handler/spot-itn",
                "efs.csi.aws.com/agent-not-ready",
                "disk.csi.azure.com/agent-not-ready",
                "node.cilium.io/agent-not-ready",
                "startup-taint.cluster-autoscaler.kubernetes.io/gpu",
                "ignore-taint.cluster-autoscaler.kubernetes.io/gpu",
                "node.cloudprovider.kubernetes.io/shutdown",
            })
    void state_taints_are_found(String key) {
        Cluster changing =
                Clusters.goodEks().node("cpu-0", n -> n.taints = List.of(new Taint(key, "", Taint.Effect.NO_SCHEDULE)));

        assertThat(status(changing, "node.transient-taints")).isEqualTo(WARN);
        assertThat(finding(changing, "node.transient-taints").observed()).contains(key);
    }
}
