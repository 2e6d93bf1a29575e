// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "p3.2xlarge",
                "p4de.24xlarge",
                "p5en.48xlarge",
                "p6-b200.48xlarge",
                "g4dn.xlarge",
                "g5g.xlarge",
                "g6e.4xlarge",
                "gr6.4xlarge",
                "a2-highgpu-1g",
                "a3-megagpu-8g",
                "a4-highgpu-8g",
                "a4x-highgpu-4g",
                "g2-standard-16",
                "Standard_NC16as_T4_v3",
                "Standard_ND96isr_H100_v5",
                "Standard_NV36ads_A10_v5"
            })
    void types_with_nvidia_gpus_are_recognized(String type) {
        assertThat(gpu(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m7g.xlarge",
                "g4ad.xlarge",
                "a1.xlarge",
                "n2-standard-8",
                "e2-standard-4",
                "Standard_D8s_v5",
                "Standard_NP10s",
                "Standard_NV8as_v4",
                "Standard_NV28adms_V710_v5",
                "Standard_ND96isr_MI300X_v5",
                "Standard_NG32ads_V620_v1",
                ""
            })
    void other_types_have_no_nvidia_gpu(String type) {
        assertThat(gpu(type)).isFalse();
    }

    private static boolean gpu(String type) {
        Node node = new Node("cpu", 0, type, 8, 32);
        return new Evidence(Clusters.goodEks().snapshot()).isGpu(node.facts());
    }
}
