// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Issue 14: until when types and images can be had, as far as each cloud tells. What it does not tell is said. */
class SoldUntilTest {
    private static BackendSpec spec(String cloud, String region, String type) {
        return BackendSpec.builder("train")
                .on(cloud, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(type).scale(1, 2))
                .build();
    }

    private static BackendSpec withGpus() {
        return spec("gcp", "us-central1", "n2-standard-8").toBuilder()
                .gpuPool(
                        "l4",
                        p -> p.instanceType("g2-standard-4")
                                .zones("us-central1-a")
                                .scale(0, 1))
                .build();
    }

    private static List<String> sold(PreflightReport report, String subject) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals("preflight.instance-types"))
                .filter(finding -> finding.message().startsWith(subject + ": "))
                .map(finding -> finding.status() + " " + finding.message())
                .toList();
    }

    /** The flag is all that EC2 tells; AWS writes that such types stay supported. */
    @Test
    void eks_warns_of_a_type_of_a_previous_generation() {
        BackendSpec previous = spec("aws", "us-west-2", "m4.xlarge");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            String told =
                    "m4.xlarge is of a previous generation: EC2 still supports it, recommends newer types and names no end";

            assertThat(sold(osmo.preflight(previous), "pool cpu"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN pool cpu: m4.xlarge sold in us-west-2a")
                    .endsWith("; " + told);
            assertThat(osmo.plan(previous).warnings()).contains("Pool cpu: " + told + ".");
            BackendSpec current = spec("aws", "us-west-2", "m7i.xlarge");
            assertThat(sold(osmo.preflight(current), "pool cpu"))
                    .singleElement()
                    .asString()
                    .startsWith("PASS");
            assertThat(osmo.plan(current).warnings()).noneMatch(warning -> warning.contains("generation"));
        }
    }

    @Test
    void gke_refuses_a_new_pool_whose_image_it_no_longer_offers() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.gcp().withdrawImage("UBUNTU_CONTAINERD");
            String told =
                    "pool l4: GKE no longer offers image type UBUNTU_CONTAINERD, but COS_CONTAINERD; without it, the pool"
                            + " cannot be created";

            PreflightReport report = osmo.preflight(withGpus());
            Plan plan = osmo.plan(withGpus());

            assertThat(sold(report, "pool l4")).hasSize(2).contains("FAIL " + told);
            assertThat(sold(report, "pool cpu")).singleElement().asString().startsWith("PASS");
            assertThat(plan.warnings()).contains(told);
            assertThatThrownBy(() -> osmo.apply(plan)).hasMessageContaining("UBUNTU_CONTAINERD");
        }
    }

    @Test
    void gke_keeps_a_pool_whose_image_it_no_longer_offers_and_warns() {
        try (EmulatedClouds clouds = EmulatedClouds.create()) {
            try (OsmoBackends before = clouds.open()) {
                before.apply(before.plan(withGpus()));
            }
            clouds.gcp().withdrawImage("UBUNTU_CONTAINERD");

            try (OsmoBackends osmo = clouds.open()) {
                assertThat(sold(osmo.preflight(withGpus()), "pool l4"))
                        .hasSize(2)
                        .contains("WARN pool l4: GKE no longer offers image type UBUNTU_CONTAINERD, but COS_CONTAINERD;"
                                + " without it, the pool cannot be upgraded");
                assertThat(osmo.plan(withGpus()).changes()).isEmpty();
            }
        }
    }

    @Test
    void aks_says_that_azure_tells_no_end() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThat(sold(osmo.preflight(spec("azure", "eastus2", "Standard_D8s_v5")), "end of sale"))
                    .containsExactly("PASS end of sale: Azure tells no date for a VM size before machines of it exist");
        }
    }
}
