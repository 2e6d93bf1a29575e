// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.ArmRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What backends of all clouds cost an hour, by the price services that are emulated. */
class CostTest {
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final String RETAIL = "GET prices.azure.com/api/retail/prices";
    private static final String CATALOG = "cloudbilling.ListSkus";
    private static final String READ = "pricing:GetProducts";

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    private static BackendSpecBuilder aws() {
        return BackendSpec.builder("train")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("p5.48xlarge").spot(true).scale(0, 2));
    }

    private static BackendSpec cpuOnly() {
        return BackendSpec.builder("train")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge"))
                .build();
    }

    private static BackendSpecBuilder gke() {
        return BackendSpec.builder("train")
                .on("gcp", "us-central1")
                .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("a3-highgpu-1g").spot(true).scale(0, 2));
    }

    private static PreflightFinding cost(PreflightReport report) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals("preflight.cost"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "costs.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_eks_backend_is_priced_item_by_item() {
        CostEstimate cost = osmo.estimate(aws().build());

        assertThat(page()).contains("```text\n" + cost + "```\n");
        assertThat(cost.currency()).contains("USD");
        assertThat(cost.complete()).isTrue();
        // 0.10 + 3 * (0.045 + 0.005) + 0.2016 + 0.4032, and 200 GB of disk at 0.08 a month.
        assertThat(cost.hourlyMinimum()).isCloseTo(new BigDecimal("0.8767"), within(CENT));
        // 0.25 + 3 * 0.2016 + 20 * 0.4032 + 2 * 55.04, and 2700 GB of disk.
        assertThat(cost.hourlyMaximum()).isCloseTo(new BigDecimal("119.2947"), within(CENT));
    }

    @Test
    void an_aks_backend_is_priced_by_what_anyone_may_read() {
        BackendSpec spec = BackendSpec.builder("train")
                .on("azure", "eastus2")
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 20))
                .gpuPool(
                        "h100",
                        p -> p.instanceType("Standard_NC40ads_H100_v5")
                                .spot(true)
                                .scale(0, 2))
                .build();

        CostEstimate cost = osmo.estimate(spec);

        assertThat(page()).contains("```text\n" + cost + "```\n");
        assertThat(cost.complete()).isTrue();
        assertThat(clouds.azure().calls())
                .filteredOn(call -> call.operation().equals(RETAIL))
                .hasSize(6)
                .allMatch(call ->
                        call.request(ArmRequest.class).header("authorization").isEmpty());

        clouds.azure().faults().onCall(RETAIL).deny();
        clouds.time().advance(Duration.ofHours(25));
        assertThat(cost(osmo.preflight(spec)).status()).isEqualTo(Status.WARN);
    }

    @Test
    void a_gke_backend_is_priced_by_cpu_memory_and_gpu() {
        CostEstimate cost = osmo.estimate(gke().build());

        assertThat(page()).contains("```text\n" + cost + "```\n");
        assertThat(cost.complete()).isTrue();
        // 0.10 + 2 * 0.0014 + 0.005, 4 CPUs and 16 GiB of E2, 8 CPUs and 32 GiB of N2, and 200 GB of disk at 0.10 a
        // month.
        assertThat(cost.hourlyMinimum()).isCloseTo(new BigDecimal("0.6578"), within(CENT));
        assertThat(clouds.gcp().calls())
                .filteredOn(call -> call.operation().equals(CATALOG))
                .as("two pages of Compute Engine")
                .hasSize(4);
    }

    @Test
    void what_the_catalog_does_not_name_beyond_doubt_has_no_price() {
        CostEstimate cost = osmo.estimate(gke().gpuPool(
                        "mega", p -> p.instanceType("a3-megagpu-8g").scale(0, 1))
                .gpuPool(
                        "t4",
                        p -> p.instanceType("n1-standard-8+2xnvidia-tesla-t4").scale(0, 1))
                .build());

        assertThat(cost.missing()).containsExactly("no price for a3-megagpu-8g (pool mega)");
        assertThat(cost.summary()).contains("at least");
        // 8 * 0.031611 + 30 * 0.004237 + 2 * 0.35
        assertThat(cost.details()).anyMatch(line -> line.contains("pool t4") && line.contains("at $1.08 "));
    }

    @Test
    void a_project_without_the_billing_api_has_no_prices_and_can_be_applied() {
        try (EmulatedClouds without = EmulatedClouds.builder()
                        .gcp(b -> b.disabledService("cloudbilling.googleapis.com"))
                        .build();
                OsmoBackends other = without.open()) {
            PreflightReport report = other.preflight(gke().build());

            assertThat(report.passed()).isTrue();
            assertThat(cost(report).status()).isEqualTo(Status.WARN);
            assertThat(cost(report).message())
                    .startsWith("not known; prices could not be read")
                    .contains("cloudbilling.googleapis.com");
        }
    }

    @Test
    void types_and_fallbacks_of_a_pool_are_a_range() {
        CostEstimate cost = osmo.estimate(BackendSpec.builder("train")
                .on("aws", "us-west-2")
                .network(n -> n.privateServiceEndpoints(true))
                .computePool(
                        "cpu",
                        p -> p.instanceType("m7i.2xlarge")
                                .scale(1, 2)
                                .fallback(other ->
                                        other.instanceTypes("m6i.2xlarge").spot(true)))
                .build());

        assertThat(cost.details())
                .anyMatch(line -> line.contains("1 to 2 nodes at $0.384 to $0.4032") && line.contains("on demand"))
                .anyMatch(line -> line.contains("27 endpoint interfaces at $0.01"));
    }

    @Test
    void a_plan_shows_the_cost_and_does_the_same() {
        BackendSpec spec = aws().build();
        Plan plan = osmo.plan(spec);
        CostEstimate cost = osmo.estimate(spec);

        Plan priced = plan.withCost(cost);

        assertThat(priced.fingerprint()).isEqualTo(plan.fingerprint());
        assertThat(plan.toString()).doesNotContain("Cost");
        assertThat(priced.toString()).contains("\nCost: " + cost.summary() + "\n");
        assertThat(priced.toHtml())
                .contains("<ul class=\"card scroll prices\"><li>")
                .contains(cost.summary());
        assertThat(Plan.fromJson(priced.toJson()).cost()).contains(cost);
        assertThat(Plan.fromJson(plan.toJson()).cost()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.withCost(
                        CostEstimate.unknown(new BackendRef("aws", "us-west-2", "other"), "none", "another backend")));
    }

    @Test
    void prices_are_read_once_a_day_by_preflight_and_by_estimate() {
        BackendSpec spec = aws().build();
        PreflightReport report = osmo.preflight(spec);

        PreflightFinding finding = cost(report);
        CostEstimate estimate = finding.cost().orElseThrow();
        assertThat(finding.status()).isEqualTo(Status.PASS);
        assertThat(finding.message()).isEqualTo(estimate.summary());
        assertThat(report.toJson()).contains("\"hourlyMaximum\"");

        clouds.aws().forgetCalls();
        assertThat(osmo.estimate(spec)).isEqualTo(estimate);
        assertThat(clouds.aws().calls()).noneMatch(call -> call.operation().equals(READ));

        clouds.time().advance(Duration.ofHours(25));
        CostEstimate later = osmo.estimate(spec);
        assertThat(clouds.aws().calls()).anyMatch(call -> call.operation().equals(READ));
        assertThat(later.readAt().orElseThrow()).isAfter(estimate.readAt().orElseThrow());
        assertThat(later.lines()).isEqualTo(estimate.lines());
    }

    @Test
    void prices_that_may_not_be_read_are_not_known_and_forbid_nothing() {
        clouds.aws().faults().onCall(READ).deny();

        PreflightReport report = osmo.preflight(cpuOnly());

        assertThat(report.passed()).isTrue();
        assertThat(cost(report).status()).isEqualTo(Status.WARN);
        assertThat(cost(report).message())
                .startsWith("not known; prices could not be read")
                .contains(READ);
        CostEstimate estimate = osmo.estimate(cpuOnly());
        assertThat(estimate.known()).isFalse();
        assertThat(estimate.readAt()).isEmpty();
        assertThat(CostEstimate.fromJson(estimate.toJson())).isEqualTo(estimate);
    }

    @Test
    void a_spec_that_breaks_rules_has_no_cost() {
        BackendSpec spec = aws().computePool(
                        "odd", p -> p.instanceType("m7i.metal-none").scale(0, 1))
                .build();

        assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(() -> osmo.estimate(spec));
        assertThat(osmo.preflight(spec).findings())
                .noneMatch(finding -> finding.cost().isPresent());
    }
}
