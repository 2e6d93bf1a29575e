// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pool is instead when the cloud has no machine for it. */
class FallbackTest {
    private static final String POOL = "train";

    enum Cloud {
        AWS(
                "aws",
                "us-west-2",
                List.of("us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"),
                "m7i.2xlarge",
                "m7i.4xlarge"),
        GCP(
                "gcp",
                "us-central1",
                List.of("us-central1-a", "us-central1-b", "us-central1-c", "us-central1-f"),
                "n2-standard-8",
                "n2-standard-16"),
        AZURE(
                "azure",
                "eastus2",
                List.of("eastus2-1", "eastus2-2", "eastus2-3"),
                "Standard_D8s_v5",
                "Standard_D16s_v5");

        final String id;
        final String region;
        final List<String> zones;
        final String first;
        final String second;

        Cloud(String id, String region, List<String> zones, String first, String second) {
            this.id = id;
            this.region = region;
            this.zones = zones;
            this.first = first;
            this.second = second;
        }

        BackendSpec spec() {
            return BackendSpec.builder("train-west")
                    .on(id, region)
                    .deletionProtection(false)
                    .computePool(
                            POOL,
                            p -> p.instanceType(first)
                                    .scale(1, 2)
                                    .fallback(f -> f.spot(true))
                                    .fallback(f -> f.instanceTypes(second)))
                    .build();
        }

        void stockOut(EmulatedCloud cloud, String type) {
            zones.forEach(zone -> cloud.faults().stockOut(type, zone));
        }
    }

    private static NodePool pool(Backend backend) {
        return backend.spec().orElseThrow().computePools().get(0);
    }

    @ParameterizedTest
    @EnumSource
    void alternatives_are_tried_in_order_and_kept(Cloud cloud) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = cloud.spec();
            cloud.stockOut(clouds.cloud(cloud.id), cloud.first);
            Plan plan = osmo.plan(spec);
            assertThat(plan.toString())
                    .contains("If the cloud has no machine for pool " + POOL)
                    .contains("spot; then " + cloud.second);
            List<Event> events = new ArrayList<>();

            Backend backend = osmo.apply(plan, events::add);

            assertThat(backend.fallbacks()).extracting(Event.PoolFellBack::to).containsExactly("spot", cloud.second);
            assertThat(backend.fallbacks())
                    .allSatisfy(each -> assertThat(each.reason()).contains("has no machine of this"));
            assertThat(events).containsAll(backend.fallbacks());
            assertThat(pool(backend).instanceTypes()).containsExactly(cloud.second);
            assertThat(pool(backend).spot()).isFalse();
            assertThat(osmo.diagnose(spec).allJoined()).isTrue();

            clouds.cloud(cloud.id).faults().clear();
            Plan second = osmo.plan(spec);
            assertThat(second.changes()).as(second.toString()).isEmpty();
            assertThat(String.join("\n", second.warnings()))
                    .contains("Pool " + POOL + " is " + cloud.second + ", which is number 2 of its fallback, and not "
                            + cloud.first);

            BackendSpec asAsked =
                    spec.toBuilder().changePool(POOL, p -> p.noFallback()).build();
            assertThat(osmo.plan(asAsked).changes())
                    .as("what the spec no longer lists is replaced")
                    .isNotEmpty();
            osmo.apply(osmo.plan(asAsked), ApplyOptions.defaults().allow(Disruption.OUTAGE));
            assertThat(osmo.plan(asAsked).changes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_but_a_stock_out_makes_a_pool_fall_back(Cloud cloud) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec before = cloud.spec().toBuilder()
                    .removePool(POOL)
                    .computePool("cpu", p -> p.instanceType(cloud.first).scale(0, 1))
                    .build();
            osmo.apply(osmo.plan(before));
            BackendSpec after = before.withPool(cloud.spec().computePools().get(0));
            clouds.cloud(cloud.id)
                    .faults()
                    .refuseMachines("QuotaExceeded", "exceeding approved vCPU limit quota; Quota 'N2_CPUS' exceeded");
            List<Event> events = new ArrayList<>();

            PartialApplyException failure =
                    catchThrowableOfType(PartialApplyException.class, () -> osmo.apply(osmo.plan(after), events::add));

            assertThat(failure.diagnosis()
                            .orElseThrow()
                            .pool(POOL)
                            .orElseThrow()
                            .isCausedBy(Cause.QUOTA))
                    .as(failure.getMessage())
                    .isTrue();
            assertThat(events).noneMatch(event -> event instanceof Event.PoolFellBack);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_alternative_that_the_cloud_does_not_sell_is_refused_by_the_plan(Cloud cloud) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = cloud.spec().toBuilder()
                    .changePool(POOL, p -> p.noFallback().fallback(f -> f.instanceTypes("nothing-like-this")))
                    .build();

            InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, () -> osmo.plan(spec));

            assertThat(refused.violations())
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.path()).startsWith("computePools[0].fallback[0]"));
        }
    }
}
