// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Verdict;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.Event;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

        /** As a spec names it. */
        String zone(int number) {
            return zones.get(number).replace(region + "-", this == AZURE ? "" : region + "-");
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

    /** A reservation of one machine. */
    static String reserve(Cloud cloud, EmulatedClouds clouds) {
        return switch (cloud) {
            case AWS ->
                clouds.aws()
                        .open(cloud.region, EksSettings.builder().build())
                        .ec2()
                        .createCapacityReservation(r -> r.instanceType(cloud.first)
                                .availabilityZone(cloud.zones.get(0))
                                .instanceCount(1)
                                .instancePlatform("Linux/UNIX"))
                        .capacityReservation()
                        .capacityReservationId();
            case GCP -> {
                clouds.gcp().plantReservation(cloud.zones.get(0), "held", cloud.first, 1);
                yield "held";
            }
            case AZURE -> {
                Rest rest = new Rest(clouds.azure(), clouds.time());
                rest.made("resourceGroups/theirs", "{`location`:`" + cloud.region + "`}");
                String group = "resourceGroups/theirs/providers/Microsoft.Compute/capacityReservationGroups/held";
                String version = "?api-version=2024-07-01";
                rest.made(group + version, "{`location`:`" + cloud.region + "`,`zones`:[`1`]}");
                rest.made(
                        group + "/capacityReservations/one" + version,
                        "{`location`:`" + cloud.region + "`,`sku`:{`name`:`" + cloud.first
                                + "`,`capacity`:1},`zones`:[`1`]}");
                yield rest.id(group);
            }
        };
    }

    static NodePool pool(Backend backend) {
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

    /** Two pools want the one machine that is reserved, so that one of them has to go on. */
    @ParameterizedTest
    @EnumSource
    void type_zone_reservation_and_spot_are_tried_in_their_order(Cloud cloud) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            String reservation = reserve(cloud, clouds);
            BackendSpecBuilder two =
                    BackendSpec.builder("train-west").on(cloud.id, cloud.region).deletionProtection(false);
            List.of("one", "two")
                    .forEach(pool -> two.computePool(
                            pool,
                            p -> p.instanceType(cloud.first)
                                    .zones(cloud.zone(0))
                                    .scale(1, 1)
                                    .fallback(f -> f.instanceTypes(cloud.second))
                                    .fallback(f -> f.zones(cloud.zone(1)))
                                    .fallback(f -> f.reservation(reservation))
                                    .fallback(f -> f.zones(cloud.zone(2)).spot(true))));
            BackendSpec spec = two.build();
            Faults faults = clouds.cloud(cloud.id).faults();
            faults.stockOut(cloud.first, cloud.zones.get(0));
            faults.stockOut(cloud.second, cloud.zones.get(0));
            faults.stockOut(cloud.first, cloud.zones.get(1));
            List<String> order = List.of(
                    cloud.second,
                    "in " + cloud.zone(1),
                    "reservation " + reservation,
                    "in " + cloud.zone(2) + ", spot");
            assertThat(osmo.permissions(spec, Use.APPLY).actions())
                    .containsAll(osmo.permissions(reserved(spec, reservation), Use.APPLY)
                            .actions());
            assertThat(osmo.preflight(spec).verdict()).isEqualTo(Verdict.PASSED);
            Plan plan = osmo.plan(spec);
            assertThat(String.join("\n", plan.warnings()))
                    .contains("pool one, this is tried instead: " + String.join("; then ", order));

            Backend backend = osmo.apply(plan);

            assertThat(Stream.of("one", "two").map(pool -> tried(backend, pool)))
                    .as("one has the reserved machine, the other has none of it")
                    .containsExactlyInAnyOrder(order.subList(0, 3), order);
            assertThat(backend.spec().orElseThrow().computePools())
                    .filteredOn(NodePool::spot)
                    .singleElement()
                    .satisfies(pool -> assertThat(pool.zones()).containsExactly(cloud.zone(2)));
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    private static BackendSpec reserved(BackendSpec spec, String reservation) {
        return spec.toBuilder()
                .removePool("two")
                .changePool("one", p -> p.noFallback().reservation(reservation))
                .build();
    }

    private static List<String> tried(Backend backend, String pool) {
        return backend.fallbacks().stream()
                .filter(event -> event.pool().equals(pool))
                .map(Event.PoolFellBack::to)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void an_apply_without_any_machine_fails_and_is_resumed_with_the_first(Cloud cloud) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = cloud.spec();
            cloud.stockOut(clouds.cloud(cloud.id), cloud.first);
            cloud.stockOut(clouds.cloud(cloud.id), cloud.second);
            List<Event> events = new ArrayList<>();

            PartialApplyException failure =
                    catchThrowableOfType(PartialApplyException.class, () -> osmo.apply(osmo.plan(spec), events::add));

            assertThat(failure.diagnosis()
                            .orElseThrow()
                            .pool(POOL)
                            .orElseThrow()
                            .causedBy(Cause.NO_CAPACITY))
                    .isTrue();
            assertThat(events.stream().filter(Event.PoolFellBack.class::isInstance))
                    .hasSize(2);

            clouds.cloud(cloud.id).faults().clear();
            Backend backend =
                    osmo.apply(osmo.plan(spec), ApplyOptions.defaults().allow(Disruption.OUTAGE));
            assertThat(pool(backend).instanceTypes()).containsAnyOf(cloud.first, cloud.second);
            assertThat(osmo.diagnose(spec).allJoined()).isTrue();
            assertThat(osmo.plan(spec).changes()).isEmpty();
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
                            .causedBy(Cause.QUOTA))
                    .as(failure.getMessage())
                    .isTrue();
            assertThat(events).noneMatch(event -> event instanceof Event.PoolFellBack);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_alternative_that_the_cloud_does_not_sell_is_refused_by_plan_and_preflight(Cloud cloud) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            BackendSpec spec = cloud.spec().toBuilder()
                    .changePool(POOL, p -> p.noFallback().fallback(f -> f.instanceTypes("nothing-like-this")))
                    .build();

            InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, () -> osmo.plan(spec));

            assertThat(osmo.preflight(spec).findings())
                    .filteredOn(finding -> finding.status() == PreflightFinding.Status.FAIL)
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.message()).startsWith("computePools[0].fallback[0]"));
            assertThat(refused.violations())
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.path()).startsWith("computePools[0].fallback[0]"));
        }
    }
}
