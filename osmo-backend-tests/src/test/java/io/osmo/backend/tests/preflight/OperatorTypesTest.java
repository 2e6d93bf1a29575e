// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which machines an operator pool gets whose spec names none. */
class OperatorTypesTest {
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

    private static void withdraw(EmulatedClouds clouds, String provider, String type) {
        switch (provider) {
            case "aws" -> clouds.aws().withdraw(type);
            case "gcp" -> clouds.gcp().withdraw(type);
            default -> clouds.azure().restrict(type);
        }
    }

    private static EmulatedCloud cloud(EmulatedClouds clouds, String provider) {
        return switch (provider) {
            case "aws" -> clouds.aws();
            case "gcp" -> clouds.gcp();
            default -> clouds.azure();
        };
    }

    /** The instance types of the nodes of the operator pool. */
    private static List<String> running(EmulatedClouds clouds, BackendSpec spec) {
        return cloud(clouds, spec.provider()).cluster(spec.ref()).nodes().stream()
                .filter(node -> "operator".equals(node.labels().get("node-type")))
                .map(node -> node.machine().type())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"aws, m7i.xlarge", "gcp, e2-standard-4", "azure, Standard_D4s_v5"})
    void a_new_backend_gets_the_default(String provider, String type) {
        BackendSpec spec = spec(provider).build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec));

            assertThat(running(clouds, spec)).containsExactly(type);
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    /** What an earlier version chose, or the spec named before. */
    @ParameterizedTest
    @CsvSource({"aws, m6i.xlarge", "aws, m5.2xlarge", "gcp, n2-standard-4", "azure, Standard_D4as_v5"})
    void a_pool_that_runs_keeps_its_type_when_the_spec_names_none(String provider, String type) {
        BackendSpec before =
                spec(provider).operatorPool(pool -> pool.instanceTypes(type)).build();
        BackendSpec after = spec(provider).build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(before));

            assertThat(osmo.plan(after).changes()).isEmpty();

            BackendSpec more = after.toBuilder()
                    .operatorPool(pool -> pool.scale(1, 4))
                    .tag("team", "research")
                    .build();
            Plan plan = osmo.plan(more);
            assertThat(plan.changes()).isNotEmpty();
            osmo.apply(plan);
            assertThat(running(clouds, more)).containsExactly(type);
            assertThat(osmo.plan(more).changes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws, m7i.xlarge, m6i.xlarge",
        "gcp, e2-standard-4, n2-standard-4",
        "azure, Standard_D4s_v5, Standard_D4as_v5"
    })
    void a_default_that_is_not_sold_gives_way_to_the_next(String provider, String type, String next) {
        BackendSpec spec = spec(provider).build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            withdraw(clouds, provider, type);
            BackendSpec wanted = provider.equals("azure") ? withSystemPool(spec, next) : spec;

            PreflightReport report = osmo.preflight(wanted);
            assertThat(report.passed()).as(report.toString()).isTrue();
            assertThat(report.toString()).contains("pool operator: " + next + " sold");
            osmo.apply(osmo.plan(wanted));

            assertThat(running(clouds, wanted)).containsExactly(next);
            assertThat(osmo.plan(wanted).changes()).isEmpty();
        }
    }

    /** The system pool of AKS has the same default, which a setting changes. */
    private static BackendSpec withSystemPool(BackendSpec spec, String size) {
        return spec.toBuilder()
                .settings(AksSettings.builder().systemInstanceType(size).build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({"aws, m7i.xlarge", "gcp, e2-standard-4", "azure, Standard_D4s_v5"})
    void a_pool_of_the_default_stays_when_it_is_no_longer_sold(String provider, String type) {
        BackendSpec spec = spec(provider).build();
        try (EmulatedClouds clouds = EmulatedClouds.create()) {
            try (OsmoBackends osmo = clouds.open()) {
                osmo.apply(osmo.plan(spec));
            }
            withdraw(clouds, provider, type);
            try (OsmoBackends osmo = clouds.open()) {
                assertThat(osmo.plan(spec).changes()).isEmpty();
                assertThat(running(clouds, spec)).containsExactly(type);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws, m7i.xlarge m6i.xlarge m5.xlarge",
        "gcp, e2-standard-4 n2-standard-4 n2d-standard-4",
        "azure, Standard_D4s_v5 Standard_D4as_v5 Standard_D4ds_v5"
    })
    void a_region_that_sells_none_of_them_is_refused_by_the_name_of_the_first(String provider, String types) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            List.of(types.split(" ")).forEach(type -> withdraw(clouds, provider, type));

            PreflightReport report = osmo.preflight(spec(provider).build());

            assertThat(report.passed()).isFalse();
            assertThat(report.findings())
                    .anyMatch(finding -> finding.message().startsWith("operatorPool.instanceTypes")
                            && finding.message().contains(types.split(" ")[0]));
        }
    }
}
