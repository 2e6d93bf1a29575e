// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas of all clouds: what is counted, what a refusal says, and that the cloud refuses the same. */
class QuotaPreflightTest {
    private static EmulatedClouds clouds(UnaryOperator<EmulatedClouds.Builder> how) {
        return how.apply(EmulatedClouds.builder()).build();
    }

    private static BackendSpecBuilder aws() {
        return BackendSpec.builder("train").on("aws", "us-west-2").deletionProtection(false);
    }

    private static BackendSpecBuilder azure() {
        return BackendSpec.builder("train").on("azure", "eastus2").deletionProtection(false);
    }

    private static BackendSpecBuilder gcp() {
        return BackendSpec.builder("train").on("gcp", "us-central1").deletionProtection(false);
    }

    private static List<PreflightFinding> quotas(PreflightReport report) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals("preflight.quota"))
                .toList();
    }

    private static QuotaShortage shortage(PreflightReport report, String code) {
        return quotas(report).stream()
                .flatMap(finding -> finding.shortage().stream())
                .filter(shortage -> shortage.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }

    private static void assertRefused(OsmoBackends osmo, BackendSpec spec, String text) {
        Plan plan = osmo.plan(spec);
        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> osmo.apply(plan))
                .withMessageContaining(text);
    }

    @Test
    void eks_counts_vcpus_of_a_family() {
        BackendSpec spec = aws().gpuPool(
                        "h100", p -> p.instanceType("p5.48xlarge").scale(1, 4))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.aws(a -> a.quota("L-417A185B", 128)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(osmo.plan(spec));

            assertThat(report.passed()).isFalse();
            assertThat(report.toString()).endsWith("""
                      FAIL     preflight.quota           128 of 128 vCPUs of on-demand p machines left in us-west-2
                                                         (L-417A185B), 768 needed: pool h100 (768) (CN-2)
                                                         > Ask for 768 at Service Quotas (service ec2, quota
                                                           L-417A185B).
                    """);
            assertThat(shortage(report, "L-417A185B"))
                    .isEqualTo(new QuotaShortage(
                            "L-417A185B",
                            "vCPUs of on-demand p machines",
                            "us-west-2",
                            128,
                            0,
                            768,
                            List.of("pool h100: 768"),
                            "Service Quotas (service ec2, quota L-417A185B)",
                            List.of()));
            assertRefused(osmo, spec, "VcpuLimitExceeded");
        }
    }

    @Test
    void eks_offers_what_fits_instead() {
        BackendSpec spec = aws().gpuPool(
                        "small", p -> p.instanceType("g5.2xlarge").scale(0, 10))
                .gpuPool("spot", p -> p.instanceType("g5.2xlarge").spot(true).scale(0, 60))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.aws(a -> a.quota("L-DB2E81BA", 50)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(osmo.plan(spec));

            assertThat(shortage(report, "L-DB2E81BA").alternatives())
                    .as("spot machines suffice not even for the pool that has them")
                    .containsExactly("6 of 10 nodes of pool small fit as g5.2xlarge");
            assertThat(shortage(report, "L-3819A6DF").alternatives())
                    .containsExactly("48 of 60 nodes of pool spot fit as g5.2xlarge");
            assertThat(shortage(
                                    osmo.preflight(
                                            spec.toBuilder().removePool("spot").build()),
                                    "L-DB2E81BA")
                            .alternatives())
                    .containsExactly(
                            "6 of 10 nodes of pool small fit as g5.2xlarge",
                            "pool small fits as spot machines of g5.2xlarge");
        }
    }

    @Test
    void eks_counts_the_network() {
        BackendSpec spec = aws().computePool(
                        "cpu", p -> p.instanceType("m7i.2xlarge").scale(0, 1))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.aws(
                        a -> a.quota("L-0263D0A3", 0).quota("L-FE5A380F", 0).quota("L-F678F1CE", 0)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(spec);

            assertThat(shortage(report, "L-F678F1CE").needs()).containsExactly("vpc/main: 1");
            assertThat(shortage(report, "L-0263D0A3").needed()).isEqualTo(3);
            assertThat(shortage(report, "L-0263D0A3").what()).isEqualTo("Elastic IP addresses");
            assertThat(shortage(report, "L-FE5A380F").place()).startsWith("us-west-2");
        }
    }

    /** Disks of nodes that run are among the volumes that EC2 lists. */
    @Test
    void eks_counts_the_disks_of_nodes() {
        BackendSpec spec = aws().computePool(
                        "cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2).diskGib(600))
                .build();
        BackendSpec more = aws().computePool(
                        "cpu", p -> p.instanceType("m7i.2xlarge").scale(3, 8).diskGib(600))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.aws(a -> a.quota("L-7A658B76", 2)));
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec));
            Plan plan = osmo.plan(more);
            PreflightReport report = osmo.preflight(plan);

            QuotaShortage shortage = shortage(report, "L-7A658B76");
            assertThat(shortage.limit()).isEqualTo(2048);
            assertThat(shortage.used()).isEqualTo(700);
            assertThat(shortage.needs()).containsExactly("pool cpu: 4200");
            assertThat(report.toString()).contains("GiB of gp3 volumes left in us-west-2 (L-7A658B76)");
        }
        try (EmulatedClouds clouds = clouds(b -> b.aws(a -> a.quota("L-7A658B76", 1)));
                OsmoBackends osmo = clouds.open()) {
            assertRefused(osmo, more, "VolumeLimitExceeded");
        }
    }

    @Test
    void eks_quotas_that_may_not_be_read_are_unknown() {
        BackendSpec spec = aws().computePool(
                        "cpu", p -> p.instanceType("m7i.2xlarge").scale(0, 1))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.aws().faults().onCall("servicequotas:ListServiceQuotas").deny();

            assertThat(quotas(osmo.preflight(spec)))
                    .isNotEmpty()
                    .allMatch(finding -> finding.status() == Status.UNKNOWN)
                    .allMatch(finding -> finding.message().contains("servicequotas:ListServiceQuotas"));
        }
    }

    @Test
    void aks_counts_vcpus_of_a_family_and_of_all() {
        BackendSpec spec = azure().gpuPool(
                        "gpu", p -> p.instanceType("Standard_NC24ads_A100_v4").scale(1, 4))
                .build();
        try (EmulatedClouds clouds = clouds(b ->
                        b.azure(a -> a.quota("StandardNCADSA100v4Family", 20).quota("cores", 60)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(osmo.plan(spec));

            QuotaShortage family = shortage(report, "StandardNCADSA100v4Family");
            assertThat(family.needed()).isEqualTo(96);
            assertThat(family.alternatives())
                    .containsExactly("pool gpu fits as spot machines of Standard_NC24ads_A100_v4");
            assertThat(shortage(report, "cores").needs()).contains("pool gpu: 96");
            assertRefused(osmo, spec, "InsufficientVCPUQuota");
        }
    }

    @Test
    void aks_counts_the_network() {
        BackendSpec spec = azure().computePool(
                        "cpu", p -> p.instanceType("Standard_D8s_v5").scale(0, 1))
                .build();
        try (EmulatedClouds clouds =
                        clouds(b -> b.azure(a -> a.quota("VirtualNetworks", 0).quota("PublicIPAddresses", 0)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(spec);
            assertThat(shortage(report, "VirtualNetworks").needed()).isEqualTo(1);
            assertThat(shortage(report, "PublicIPAddresses").what()).isEqualTo("public IP addresses");
        }
    }

    @Test
    void gke_counts_spot_machines_apart() {
        BackendSpec spec = gcp().gpuPool(
                        "l4", p -> p.instanceType("g2-standard-8").spot(true).scale(0, 8))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.gcp(g -> g.quota("PREEMPTIBLE_NVIDIA_L4_GPUS", 4)));
                OsmoBackends osmo = clouds.open()) {
            assertThat(shortage(osmo.preflight(spec), "PREEMPTIBLE_NVIDIA_L4_GPUS")
                            .needed())
                    .isEqualTo(8);
        }
    }

    @Test
    void gke_counts_gpus_of_a_model_and_of_all_models() {
        BackendSpec spec = gcp().gpuPool(
                        "l4", p -> p.instanceType("g2-standard-8").scale(2, 8))
                .build();
        try (EmulatedClouds clouds =
                        clouds(b -> b.gcp(g -> g.quota("NVIDIA_L4_GPUS", 1).quota("GPUS_ALL_REGIONS", 4)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(osmo.plan(spec));

            QuotaShortage model = shortage(report, "NVIDIA_L4_GPUS");
            assertThat(model.needed()).isEqualTo(8);
            assertThat(model.limit()).isEqualTo(1);
            assertThat(model.place()).isEqualTo("us-central1");
            assertThat(model.alternatives()).contains("1 of 8 nodes of pool l4 fit as g2-standard-8");
            assertThat(shortage(report, "GPUS_ALL_REGIONS").place()).isEqualTo("all regions");
            assertRefused(osmo, spec, "NVIDIA_L4_GPUS");
        }
    }

    @Test
    void gke_counts_disks_and_the_network() {
        BackendSpec spec = gcp().computePool(
                        "cpu", p -> p.instanceType("n2-standard-8").scale(0, 4).diskGib(200))
                .build();
        try (EmulatedClouds clouds =
                        clouds(b -> b.gcp(g -> g.quota("SSD_TOTAL_GB", 500).quota("NETWORKS", 0)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(spec);

            assertThat(shortage(report, "SSD_TOTAL_GB").needs()).contains("pool cpu: 800");
            assertThat(shortage(report, "NETWORKS").needed()).isEqualTo(1);
        }
    }

    /**
     * An account has the same limits everywhere in the emulator, so the machines of others make the difference. Zones are those of a
     * region, also in alternatives.
     */
    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, us-west-2a, us-west-2b, us-east-2, m7i.2xlarge, L-1216C47A, 60",
        "azure, eastus2, 1, 2, westus3, Standard_D8s_v5, standardDSv5Family, 100",
        "gcp, us-central1, us-central1-a, us-central1-b, us-west1, n2-standard-8, N2_CPUS, 60"
    })
    void regions_that_the_caller_allows_are_offered_if_they_have_room(
            String provider,
            String region,
            String zone,
            String another,
            String elsewhere,
            String machine,
            String quota,
            int limit) {
        BackendSpec busy = BackendSpec.builder("busy")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(machine).scale(4, 4))
                .build();
        BackendSpec spec = BackendSpec.builder("train")
                .on(provider, region)
                .deletionProtection(false)
                .computePool(
                        "cpu",
                        p -> p.instanceType(machine)
                                .zones(zone)
                                .scale(0, 5)
                                .fallback(f -> f.zones(another))
                                .fallback(f -> f.zones(another).spot(true)))
                .build();
        try (EmulatedClouds clouds = clouds(b -> switch (provider) {
                    case "aws" -> b.aws(account -> account.quota(quota, limit));
                    case "azure" -> b.azure(account -> account.quota(quota, limit));
                    default -> b.gcp(account -> account.quota(quota, limit));
                });
                OsmoBackends osmo = clouds.open(host -> host.alternativeRegions(provider, region, elsewhere))) {
            osmo.apply(osmo.plan(busy));

            PreflightReport report = osmo.preflight(osmo.plan(spec));

            assertThat(shortage(report, quota).alternatives())
                    .anyMatch(offer -> offer.endsWith(" of 5 nodes of pool cpu fit as " + machine))
                    .endsWith("the whole backend fits into " + elsewhere);
            assertThat(report.toString().replaceAll("\\s+", " "))
                    .contains("Or: the whole backend fits into " + elsewhere + ".");
        }
    }

    @Test
    void a_backend_that_may_use_a_reservation_of_its_region_is_offered_no_other() {
        BackendSpec spec = aws().computePool(
                        "cpu",
                        p -> p.instanceType("m7i.2xlarge")
                                .zones("us-west-2a")
                                .scale(0, 5)
                                .fallback(f -> f.reservation("cr-0123456789abcdef0")))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.aws(a -> a.quota("L-1216C47A", 30)));
                OsmoBackends osmo = clouds.open(host -> host.alternativeRegions("aws", "us-east-2"))) {
            assertThat(shortage(osmo.preflight(spec), "L-1216C47A").alternatives())
                    .noneMatch(offer -> offer.contains("us-east-2"));
        }
    }

    @Test
    void aks_offers_types_of_other_families_with_their_zones() {
        BackendSpec spec = azure().computePool(
                        "cpu", p -> p.instanceType("Standard_D8s_v3").scale(0, 4))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.azure(a -> a.quota("standardDSv3Family", 20)));
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(spec);

            assertThat(shortage(report, "standardDSv3Family").alternatives())
                    .as("the smallest three, none of them with Arm processors")
                    .containsExactly(
                            "2 of 4 nodes of pool cpu fit as Standard_D8s_v3",
                            "pool cpu fits as Standard_D8as_v5 in 1, 2, 3",
                            "pool cpu fits as Standard_D8ds_v5 in 1, 2, 3",
                            "pool cpu fits as Standard_D8s_v5 in 1, 2, 3",
                            "pool cpu fits as spot machines of Standard_D8s_v3");
        }
    }

    @Test
    void gke_counts_what_nodes_of_another_type_give_back() {
        BackendSpec first = gcp().computePool(
                        "cpu", p -> p.instanceType("n2-standard-8").scale(2, 2))
                .build();
        BackendSpec other = gcp().computePool(
                        "cpu", p -> p.instanceType("n2-standard-16").scale(2, 2))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.gcp(g -> g.quota("N2_CPUS", 39)));
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(first));

            // One node of the old type is there until both new ones are.
            assertThat(shortage(osmo.preflight(osmo.plan(other)), "N2_CPUS").needed())
                    .isEqualTo(24);
        }
    }

    @Test
    void what_exists_needs_nothing_and_a_replacement_needs_its_surge() {
        BackendSpec first = aws().computePool(
                        "cpu", p -> p.instanceType("m7i.2xlarge").scale(2, 2))
                .build();
        BackendSpec other = aws().computePool(
                        "cpu", p -> p.instanceType("m7i.4xlarge").scale(2, 2))
                .build();
        try (EmulatedClouds clouds = clouds(b -> b.aws(a -> a.quota("L-1216C47A", 40)));
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(first));

            assertThat(quotas(osmo.preflight(osmo.plan(first)))).isEmpty();
            QuotaShortage surge = shortage(osmo.preflight(osmo.plan(other)), "L-1216C47A");
            assertThat(surge.used()).isEqualTo(20);
            assertThat(surge.needs()).containsExactly("pool cpu: 32");
        }
    }
}
