// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.Verdict;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a preflight offers instead of what a quota or the cloud's offer refuses; each offer is tried. */
class CounterOffersTest {
    private static final Pattern OFFER =
            Pattern.compile("(fallback\\[0] of )?pool (\\S+) fits as (spot machines of )?(\\S+)"
                    + "(?: in [^;]+| with the zones ([^;]+))?");

    private static BackendSpecBuilder spec(String provider) {
        String region = switch (provider) {
            case "aws" -> "us-west-2";
            case "gcp" -> "us-central1";
            default -> "eastus2";
        };
        String machine = switch (provider) {
            case "aws" -> "m7i.2xlarge";
            case "gcp" -> "n2-standard-8";
            default -> "Standard_D8s_v5";
        };
        return BackendSpec.builder("train")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(machine).scale(1, 2));
    }

    private static EmulatedClouds clouds(String provider, String quota, int limit) {
        EmulatedClouds.Builder builder = EmulatedClouds.builder();
        return (switch (provider) {
                    case "aws" -> builder.aws(account -> account.quota(quota, limit));
                    case "azure" -> builder.azure(account -> account.quota(quota, limit));
                    default -> builder.gcp(account -> account.quota(quota, limit));
                })
                .build();
    }

    /** What the failed findings of a check offer. */
    private static List<String> offers(PreflightReport report, String check) {
        List<String> offers = new ArrayList<>();
        report.findings().stream()
                .filter(finding ->
                        finding.status() == Status.FAIL && finding.check().equals("preflight." + check))
                .map(PreflightFinding::remedy)
                .filter(remedy -> remedy.contains(" Or: "))
                .forEach(remedy -> offers.addAll(List.of(remedy.replaceFirst("^.* Or: ", "")
                        .replaceFirst("\\.$", "")
                        .split("; ", -1))));
        return offers;
    }

    /** Takes each offer of another type, of zones or of spot machines, and asks the preflight of that. */
    private static void assertTrue(OsmoBackends osmo, BackendSpec spec, List<String> offers) {
        for (String offer : offers) {
            Matcher found = OFFER.matcher(offer);
            if (found.matches()) {
                BackendSpec taken = spec.toBuilder()
                        .changePool(found.group(2), p -> take(found, p))
                        .build();
                PreflightReport report = osmo.preflight(taken);
                assertThat(report.verdict()).as(offer + "\n" + report).isEqualTo(Verdict.PASSED);
                assertThat(osmo.plan(taken).changes()).isNotEmpty();
            }
        }
    }

    private static void take(Matcher offer, NodePoolBuilder pool) {
        String[] zones = offer.group(5) == null ? null : offer.group(5).split(", ", -1);
        if (offer.group(1) != null) {
            pool.noFallback().fallback(other -> {
                other.instanceTypes(offer.group(4));
                if (zones != null) {
                    other.zones(zones);
                }
            });
            return;
        }
        pool.instanceTypes(offer.group(4));
        if (offer.group(3) != null) {
            pool.spot(true);
        }
        if (zones != null) {
            pool.zones(zones);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws   | g5.xlarge                | us-west-2d    | g5.2xlarge     | us-west-2a, us-west-2b, us-west-2c",
                "gcp   | g2-standard-4            | us-central1-f | g2-standard-8  | us-central1-a, us-central1-b, us-central1-c",
                "azure | Standard_NC24ads_A100_v4 | 3             |                | 1, 2"
            })
    void a_zone_that_does_not_sell_the_type_is_refused_with_zones_and_types_that_do(
            String provider, String type, String zone, String larger, String zones) {
        BackendSpec spec = spec(provider)
                .gpuPool("gpu", p -> p.instanceType(type).zones(zone).scale(0, 2))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(spec);

            List<String> offers = offers(report, "instance-types");
            assertThat(offers).as(report.toString()).contains("pool gpu fits as " + type + " with the zones " + zones);
            if (larger != null) {
                assertThat(offers).contains("pool gpu fits as " + larger + " with the zones " + zones);
            }
            assertThat(offers).noneMatch(offer -> offer.contains("H100"));
            assertTrue(osmo, spec, offers);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws   | g6.xlarge          | g5.xlarge                | us-west-2d    | g5.2xlarge    |"
                        + " us-west-2a, us-west-2b, us-west-2c",
                "gcp   | a2-highgpu-1g      | g2-standard-4            | us-central1-f | g2-standard-8 |"
                        + " us-central1-a, us-central1-b, us-central1-c",
                "azure | Standard_NC40ads_H100_v5 | Standard_NC24ads_A100_v4 | 3         |               | 1, 2"
            })
    void an_alternative_that_is_not_sold_is_refused_with_zones_and_types_that_are(
            String provider, String first, String type, String zone, String larger, String zones) {
        BackendSpec spec = spec(provider)
                .gpuPool(
                        "gpu",
                        p -> p.instanceType(first)
                                .scale(0, 2)
                                .fallback(other -> other.instanceTypes(type).zones(zone)))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(spec);

            List<String> offers = offers(report, "instance-types");
            assertThat(offers)
                    .as(report.toString())
                    .contains("fallback[0] of pool gpu fits as " + type + " with the zones " + zones);
            if (larger != null) {
                assertThat(offers).contains("fallback[0] of pool gpu fits as " + larger + " with the zones " + zones);
            }
            assertTrue(osmo, spec, offers);
        }
    }

    /** The pool is tried as that before its alternative is. */
    @ParameterizedTest
    @CsvSource({
        "aws, g5.xlarge, us-west-2d, g5.2xlarge",
        "gcp, g2-standard-4, us-central1-f, g2-standard-8",
        "azure, Standard_NC24ads_A100_v4, 3, "
    })
    void an_alternative_is_not_offered_what_the_pool_is_already(
            String provider, String type, String zone, String larger) {
        BackendSpec spec = spec(provider)
                .gpuPool("gpu", p -> p.instanceType(type).scale(0, 2).fallback(other -> other.zones(zone)))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            PreflightReport report = osmo.preflight(spec);

            List<String> offers = offers(report, "instance-types");
            assertThat(report.passed()).isFalse();
            assertThat(offers).as(report.toString()).noneMatch(offer -> offer.contains(" fits as " + type + " "));
            if (larger != null) {
                assertThat(offers).anyMatch(offer -> offer.startsWith("fallback[0] of pool gpu fits as " + larger));
            }
            assertTrue(osmo, spec, offers);
        }
    }

    /** A type with the quota of another family, where the clouds count by family; on EKS all such types count to the same quota. */
    @ParameterizedTest
    @CsvSource({
        "aws, m7i.2xlarge, L-1216C47A, 28, ",
        "gcp, n2-standard-8, N2_CPUS, 20, e2-standard-8",
        "azure, Standard_D8s_v5, standardDSv5Family, 28, Standard_D8as_v5"
    })
    void a_quota_that_does_not_suffice_is_refused_with_types_that_fit(
            String provider, String type, String quota, int limit, String other) {
        BackendSpec spec = spec(provider)
                .computePool("more", p -> p.instanceType(type).scale(0, 4))
                .build();
        try (EmulatedClouds clouds = clouds(provider, quota, limit);
                OsmoBackends osmo = clouds.open()) {
            List<String> offers = offers(osmo.preflight(spec), "quota");

            if (other == null) {
                assertThat(offers).noneMatch(offer -> offer.contains("pool more fits as m"));
            } else {
                assertThat(offers).anyMatch(offer -> offer.startsWith("pool more fits as " + other));
            }
            // Without a quota of their own for them, spot machines count to the same quota on Google Cloud.
            assertThat(offers.contains("pool more fits as spot machines of " + type))
                    .isNotEqualTo(provider.equals("gcp"));
            assertThat(offers).noneMatch(offer -> offer.contains("n4-") || offer.contains("ps_v5"));
        }
    }

    /** One shortage is mended by one offer only where nothing else is short. */
    @ParameterizedTest
    @CsvSource({
        "aws, m7i.2xlarge, L-1216C47A, 28",
        "gcp, n2-standard-8, N2_CPUS, 20",
        "azure, Standard_D8s_v5, standardDSv5Family, 48"
    })
    void an_offer_for_the_only_pool_that_is_too_large_passes(String provider, String type, String quota, int limit) {
        BackendSpec spec = spec(provider)
                .changePool("cpu", p -> p.scale(1, 1))
                .computePool("more", p -> p.instanceType(type).scale(0, 4))
                .build();
        try (EmulatedClouds clouds = clouds(provider, quota, limit);
                OsmoBackends osmo = clouds.open()) {
            List<String> offers = offers(osmo.preflight(spec), "quota").stream()
                    .filter(offer -> offer.contains("pool more"))
                    .toList();

            assertThat(offers).isNotEmpty();
            assertTrue(osmo, spec, offers);
        }
    }

    @Test
    void types_of_another_architecture_are_not_offered() {
        BackendSpec spec = spec("aws")
                .computePool(
                        "arm",
                        p -> p.instanceType("m7g.2xlarge").zones("us-west-2d").scale(0, 2))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            List<String> offers = offers(osmo.preflight(spec), "instance-types");

            assertThat(offers)
                    .containsExactly("pool arm fits as m7g.2xlarge with the zones us-west-2a, us-west-2b, us-west-2c");
            assertTrue(osmo, spec, offers);
        }
    }

    @Test
    void zones_are_offered_among_those_that_the_spec_names() {
        BackendSpec spec = spec("aws")
                .network(n -> n.zones("us-west-2b", "us-west-2c", "us-west-2d"))
                .gpuPool(
                        "gpu",
                        p -> p.instanceType("g5.xlarge").zones("us-west-2d").scale(0, 2))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            List<String> offers = offers(osmo.preflight(spec), "instance-types");

            assertThat(offers).contains("pool gpu fits as g5.xlarge with the zones us-west-2b, us-west-2c");
            assertTrue(osmo, spec, offers);
        }
    }

    /** Both refuse: what the cloud sells elsewhere is still too much for the account. */
    @ParameterizedTest
    @CsvSource({
        "aws, g5.xlarge, us-west-2d, L-DB2E81BA, 4",
        "gcp, g2-standard-4, us-central1-f, NVIDIA_L4_GPUS, 1",
        "azure, Standard_NC24ads_A100_v4, 3, StandardNCADSA100v4Family, 24"
    })
    void nothing_is_offered_that_a_quota_refuses(String provider, String type, String zone, String quota, int limit) {
        BackendSpec spec = spec(provider)
                .gpuPool("gpu", p -> p.instanceType(type).zones(zone).scale(0, 8))
                .build();
        try (EmulatedClouds clouds = clouds(provider, quota, limit);
                OsmoBackends osmo = clouds.open()) {
            assertThat(offers(osmo.preflight(spec), "instance-types")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws, g5.xlarge, us-west-2d, us-east-2",
        "gcp, g2-standard-4, us-central1-f, us-west1",
        "azure, Standard_NC24ads_A100_v4, 3, westus3"
    })
    void a_type_that_is_not_sold_is_refused_with_regions_that_the_caller_allows(
            String provider, String type, String zone, String elsewhere) {
        BackendSpec first = spec(provider).build();
        BackendSpec spec = first.toBuilder()
                .gpuPool("gpu", p -> p.instanceType(type).zones(zone).scale(0, 2))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo =
                        clouds.open(host -> host.alternativeRegions(provider, spec.region(), elsewhere, "nowhere"))) {
            assertThat(offers(osmo.preflight(spec), "instance-types"))
                    .contains("the whole backend fits into " + elsewhere);

            osmo.apply(osmo.plan(first));
            assertThat(offers(osmo.preflight(spec), "instance-types"))
                    .as("a backend that exists has no other place")
                    .isNotEmpty()
                    .noneMatch(offer -> offer.contains(elsewhere));
        }
    }
}
