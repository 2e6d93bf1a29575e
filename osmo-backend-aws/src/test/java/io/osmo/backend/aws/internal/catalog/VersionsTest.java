// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.ClusterVersionInformation;
import software.amazon.awssdk.services.eks.model.VersionStatus;

class VersionsTest {
    private static ClusterVersionInformation version(String version, VersionStatus status) {
        return ClusterVersionInformation.builder()
                .clusterVersion(version)
                .versionStatus(status)
                .endOfStandardSupportDate(Instant.parse("2027-03-27T00:00:00Z"))
                .build();
    }

    private final Versions versions = Versions.of(List.of(
            version("1.35", VersionStatus.STANDARD_SUPPORT),
            version("1.9", VersionStatus.UNSUPPORTED),
            version("1.33", VersionStatus.EXTENDED_SUPPORT),
            version("1.34", VersionStatus.STANDARD_SUPPORT)));

    @Test
    void the_newest_is_the_highest_number_in_standard_support() {
        assertThat(versions.newest()).contains(new KubernetesVersion(1, 35));
    }

    @Test
    void support_ends_on_the_day_that_eks_names() {
        assertThat(versions.find(new KubernetesVersion(1, 34)).flatMap(Versions.Offered::endOfStandardSupport))
                .isEqualTo(Optional.of(LocalDate.of(2027, 3, 27)));
    }
}
