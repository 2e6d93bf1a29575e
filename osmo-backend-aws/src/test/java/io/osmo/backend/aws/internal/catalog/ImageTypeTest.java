// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.PoolRole;
import org.junit.jupiter.api.Test;

class ImageTypeTest {
    @Test
    void amazon_linux_2_is_refused_with_a_replacement() {
        assertThat(ImageType.objection("AL2_x86_64_GPU", PoolRole.GPU))
                .hasValueSatisfying(no -> assertThat(no.remedy()).contains("AL2023_x86_64_NVIDIA"));
        assertThat(ImageType.objection("AL2_ARM_64", PoolRole.CPU))
                .hasValueSatisfying(no -> assertThat(no.remedy()).contains("AL2023_ARM_64_STANDARD"));
    }

    @Test
    void a_gpu_pool_needs_an_nvidia_variant_and_no_other_pool_takes_one() {
        assertThat(ImageType.objection("BOTTLEROCKET_x86_64_NVIDIA", PoolRole.GPU))
                .isEmpty();
        assertThat(ImageType.objection("AL2023_x86_64_STANDARD", PoolRole.GPU)).isPresent();
        assertThat(ImageType.objection("AL2023_x86_64_NVIDIA", PoolRole.CPU)).isPresent();
        assertThat(ImageType.objection("WINDOWS_CORE_2022_x86_64", PoolRole.CPU))
                .isPresent();
    }
}
