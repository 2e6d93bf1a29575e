// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a preflight costs: no question twice, however many pools there are, all at the same time, and none about what is sold that the plan
 * before it has asked.
 */
class PreflightCallsTest {
    private static final int POOLS = 20;
    private static final int ROUND_TRIPS = 3;

    private static final Map<String, Function<VirtualTime, EmulatedCloud>> CLOUDS =
            Map.of("aws", EmulatedAws::on, "azure", EmulatedAzure::on, "gcp", EmulatedGcp::on);

    /** Asked twice of a subscription whose tokens, as the emulated ones, do not tell their tenant. */
    private static final String TENANT = "GET Microsoft.Resources/subscriptions";

    private static String question(Call call) {
        String operation = call.operation();
        return operation.equals(TENANT) ? TENANT : operation + " " + call.request(Object.class);
    }

    /** What a cloud sells is the same for all backends of a region, so a session remembers it. What the account has is read each time. */
    private static final Map<String, List<String>> CATALOGS = Map.of(
            "aws",
            List.of(
                    "ec2:DescribeAvailabilityZones",
                    "ec2:DescribeInstanceTypeOfferings",
                    "ec2:DescribeInstanceTypes",
                    "eks:DescribeAddonVersions",
                    "eks:DescribeClusterVersions"),
            "azure",
            List.of("LIST Microsoft.Compute/skus", "LIST Microsoft.ContainerService/locations/kubernetesVersions"),
            "gcp",
            List.of(
                    "compute.acceleratorTypes.aggregatedList",
                    "compute.machineTypes.aggregatedList",
                    "container.GetServerConfig"));

    private static Map<String, Long> catalogReads(String provider, EmulatedCloud cloud) {
        List<String> catalog = Objects.requireNonNull(CATALOGS.get(provider));
        return cloud.calls().stream()
                .map(Call::operation)
                .filter(catalog::contains)
                .collect(Collectors.groupingBy(operation -> operation, Collectors.counting()));
    }

    private static Map<String, Long> once(String provider) {
        return Objects.requireNonNull(CATALOGS.get(provider)).stream()
                .collect(Collectors.toMap(operation -> operation, operation -> 1L));
    }

    /** Half of the pools are of either machine. */
    private static BackendSpec spec(String provider, String region, List<String> machines) {
        BackendSpecBuilder spec = BackendSpec.builder("train").on(provider, region);
        for (int i = 0; i < POOLS; i++) {
            String machine = machines.get(i % machines.size());
            spec.computePool("cpu" + i, p -> p.instanceType(machine).scale(0, 2));
        }
        return spec.build();
    }

    /**
     * On AWS with a simulation of policies for each service, and for each that a role is passed to, and a query of prices for all instance
     * types and for each other product, and a list of launch templates that have our names; on Azure with four calls on names and five of
     * prices; on Google Cloud with four pages of prices.
     */
    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, m7i.xlarge m7i.2xlarge, 64",
        "azure, eastus2, Standard_D4s_v5 Standard_D8s_v3, 37",
        "gcp, us-central1, n2-standard-4 e2-standard-4, 20"
    })
    void twenty_pools_take_no_more_calls_than_lists(String provider, String region, String machines, int most) {
        try (VirtualTime time = VirtualTime.seeded(7);
                EmulatedCloud cloud =
                        Objects.requireNonNull(CLOUDS.get(provider)).apply(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .scheduler(time)
                        .provider(cloud.provider())
                        .build()) {
            BackendSpec spec = spec(provider, region, List.of(machines.split(" ")));
            Plan plan = osmo.plan(spec);
            assertThat(catalogReads(provider, cloud)).isEqualTo(once(provider));
            cloud.forgetCalls();
            Instant begun = time.now();

            osmo.preflight(plan);

            assertThat(cloud.calls().stream().map(PreflightCallsTest::question).toList())
                    .filteredOn(question -> !question.equals(TENANT))
                    .doesNotHaveDuplicates();
            assertThat(time.depthSince(begun)).isLessThanOrEqualTo(ROUND_TRIPS);
            assertThat(cloud.calls().size()).isLessThanOrEqualTo(most);
            assertThat(catalogReads(provider, cloud)).as("the plan has read it").isEmpty();
            time.advance(Duration.ofHours(2));
            osmo.plan(spec);
            assertThat(catalogReads(provider, cloud))
                    .as("not remembered forever")
                    .isEqualTo(once(provider));
        }
    }
}
