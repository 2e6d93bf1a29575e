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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a preflight costs: no question twice, however many pools there are, and all at the same time. */
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
        "azure, eastus2, Standard_D4s_v5 Standard_D8s_v3, 39",
        "gcp, us-central1, n2-standard-4 e2-standard-4, 21"
    })
    void twenty_pools_take_no_more_calls_than_lists(String provider, String region, String machines, int most) {
        try (VirtualTime time = VirtualTime.seeded(7);
                EmulatedCloud cloud =
                        Objects.requireNonNull(CLOUDS.get(provider)).apply(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .scheduler(time)
                        .provider(cloud.provider())
                        .build()) {
            Plan plan = osmo.plan(spec(provider, region, List.of(machines.split(" "))));
            cloud.forgetCalls();
            Instant begun = time.now();

            osmo.preflight(plan);

            assertThat(cloud.calls().stream().map(PreflightCallsTest::question).toList())
                    .filteredOn(question -> !question.equals(TENANT))
                    .doesNotHaveDuplicates();
            assertThat(time.depthSince(begun)).isLessThanOrEqualTo(ROUND_TRIPS);
            assertThat(cloud.calls().size()).isLessThanOrEqualTo(most);
        }
    }
}
