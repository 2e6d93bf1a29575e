// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Verdict;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.tests.diagnosis.FallbackTest.Cloud;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alternatives of pools where they meet replacement, other edits, permissions of the caller, and the end of the backend. */
class FallbackEdgesTest {
    private static final String POOL = "train";

    private static BackendSpec spec(Cloud cloud, Consumer<NodePoolBuilder> pool) {
        return BackendSpec.builder("train-west")
                .on(cloud.id, cloud.region)
                .deletionProtection(false)
                .computePool(POOL, p -> pool.accept(p.instanceType(cloud.first).scale(1, 2)))
                .build();
    }

    private static String third(Cloud cloud) {
        return switch (cloud) {
            case AWS -> "m7i.8xlarge";
            case GCP -> "n2-standard-32";
            case AZURE -> "Standard_D32s_v5";
        };
    }

    /** An apply does what its caller allows, goes on to what else it may do, and says what it did not try. */
    @ParameterizedTest
    @EnumSource
    void an_apply_never_stops_for_a_permission_of_its_caller(Cloud cloud) {
        BackendSpec spec = spec(
                cloud,
                p -> p.zones(cloud.zone(0)).replacement(Replacement.RECREATE).fallback(f -> f.zones(cloud.zone(1))));
        for (Disruption allowed : List.of(Disruption.NONE, Disruption.ROLLING, Disruption.OUTAGE)) {
            try (EmulatedClouds clouds = EmulatedClouds.create();
                    OsmoBackends osmo = clouds.open()) {
                clouds.cloud(cloud.id).faults().stockOut(cloud.first, cloud.zones.get(0));
                Plan plan = osmo.plan(spec);
                assertThat(String.join("\n", plan.warnings()))
                        .contains("Its replacement is recreate")
                        .contains("does not allow OUTAGE");

                Throwable failure = catchThrowable(() -> {
                    Backend backend = osmo.apply(plan, ApplyOptions.defaults().allow(allowed));
                    assertThat(FallbackTest.pool(backend).zones()).containsExactly(cloud.zone(1));
                });

                if (failure != null) {
                    assertThat(failure)
                            .isInstanceOf(PartialApplyException.class)
                            .hasMessageContaining(
                                    "fallback of pool " + POOL + ", in " + cloud.zone(1) + ": not tried, because")
                            .hasMessageContaining("OUTAGE for running work; the apply allows " + allowed);
                    assertThat(allowed).isNotEqualTo(Disruption.OUTAGE);
                }
            }
        }
    }

    /** GKE takes another zone with an outage and another type node by node: the first is passed over, the second is done. */
    @Test
    void what_may_not_be_done_is_passed_over() {
        Cloud cloud = Cloud.GCP;
        BackendSpec before = spec(cloud, p -> p.zones(cloud.zone(0)).replacement(Replacement.RECREATE));
        BackendSpec spec = spec(
                cloud,
                p -> p.zones(cloud.zone(0))
                        .scale(2, 2)
                        .replacement(Replacement.RECREATE)
                        .fallback(f -> f.zones(cloud.zone(1)))
                        .fallback(f -> f.instanceTypes(cloud.second)));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(before));
            clouds.cloud(cloud.id).faults().stockOut(cloud.first, cloud.zones.get(0));
            List<Event> events = new ArrayList<>();

            Backend backend = osmo.apply(osmo.plan(spec), events::add);

            assertThat(backend.fallbacks())
                    .extracting(Event.PoolFellBack::to)
                    .containsExactly("in " + cloud.zone(1), cloud.second);
            assertThat(backend.fallbacks().get(1).reason())
                    .startsWith("not tried, because node pool train")
                    .endsWith("which is OUTAGE for running work; the apply allows ROLLING");
            assertThat(events).containsAll(backend.fallbacks());
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    /** There is nothing that the next entry could end. AKS does not say how many nodes a pool has got whose creation has failed. */
    @ParameterizedTest
    @EnumSource(names = {"AWS", "GCP"})
    void a_recreated_pool_that_got_no_machine_is_no_outage(Cloud cloud) {
        BackendSpec spec = spec(
                cloud,
                p -> p.zones(cloud.zone(0)).replacement(Replacement.RECREATE).fallback(f -> f.zones(cloud.zone(1))));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.cloud(cloud.id).faults().stockOut(cloud.first, cloud.zones.get(0));

            Backend backend =
                    osmo.apply(osmo.plan(spec), ApplyOptions.defaults().allow(Disruption.NONE));

            assertThat(FallbackTest.pool(backend).zones()).containsExactly(cloud.zone(1));
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_that_is_the_pool_itself_is_not_tried(Cloud cloud) {
        BackendSpec spec = spec(
                cloud,
                p -> p.fallback(f -> f.instanceTypes(cloud.first))
                        .fallback(f -> f.spot(false))
                        .fallback(f -> f.instanceTypes(cloud.second))
                        .fallback(f -> f.instanceTypes(cloud.second).spot(false)));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            cloud.stockOut(clouds.cloud(cloud.id), cloud.first);

            Backend backend = osmo.apply(osmo.plan(spec));

            assertThat(backend.fallbacks()).extracting(Event.PoolFellBack::to).containsExactly(cloud.second);
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    /** A change that replaces the pool, such as another disk on AKS, replaces it by itself and not by what has no machines. */
    @ParameterizedTest
    @EnumSource
    void other_edits_leave_a_pool_on_its_alternative(Cloud cloud) {
        BackendSpec spec = spec(cloud, p -> p.fallback(f -> f.instanceTypes(cloud.second)));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            cloud.stockOut(clouds.cloud(cloud.id), cloud.first);
            osmo.apply(osmo.plan(spec));
            BackendSpec tagged = spec.toBuilder().tag("team", "robots").build();

            Backend backend = osmo.apply(osmo.plan(tagged));

            assertThat(FallbackTest.pool(backend).instanceTypes()).containsExactly(cloud.second);
            BackendSpec larger =
                    tagged.toBuilder().changePool(POOL, p -> p.diskGib(200)).build();
            Plan plan = osmo.plan(larger);
            assertThat(String.join("\n", plan.warnings())).contains("Pool " + POOL + " is " + cloud.second);

            backend = osmo.apply(plan);

            assertThat(FallbackTest.pool(backend).instanceTypes()).containsExactly(cloud.second);
            assertThat(backend.fallbacks()).isEmpty();
            assertThat(osmo.plan(larger).changes()).isEmpty();
        }
    }

    /** The pool that is replaced stays until one that has machines stands. */
    @ParameterizedTest
    @EnumSource
    void a_replacement_without_machines_falls_back_too(Cloud cloud) {
        BackendSpec first = spec(cloud, p -> p.instanceType(cloud.first));
        BackendSpec other =
                spec(cloud, p -> p.instanceTypes(third(cloud)).spot(true).fallback(f -> f.instanceTypes(cloud.second)));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(first));
            cloud.stockOut(clouds.cloud(cloud.id), third(cloud));

            Backend backend = osmo.apply(osmo.plan(other));

            assertThat(backend.fallbacks()).extracting(Event.PoolFellBack::to).containsExactly(cloud.second);
            assertThat(osmo.diagnose(other).allJoined()).isTrue();
            assertThat(osmo.plan(other).changes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_of_two_zones_without_machines_leaves_a_pool_with_nodes(Cloud cloud) {
        BackendSpec spec = spec(
                cloud,
                p -> p.zones(cloud.zone(0), cloud.zone(1)).scale(2, 2).fallback(f -> f.instanceTypes(cloud.second)));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.cloud(cloud.id).faults().stockOut(cloud.first, cloud.zones.get(0));

            osmo.apply(osmo.plan(spec));

            assertThat(osmo.diagnose(spec).allJoined()).isTrue();
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    /** The only place of a reservation goes to one pool; the other one says why it has none. */
    @ParameterizedTest
    @EnumSource
    void a_last_alternative_that_another_pool_has_taken_ends_the_apply_with_what_is_missing(Cloud cloud) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            String reservation = FallbackTest.reserve(cloud, clouds);
            BackendSpec spec = spec(
                            cloud, p -> p.zones(cloud.zone(0)).scale(1, 1).fallback(f -> f.reservation(reservation)))
                    .toBuilder()
                    .computePool(
                            "two",
                            p -> p.instanceType(cloud.first)
                                    .zones(cloud.zone(0))
                                    .scale(1, 1)
                                    .fallback(f -> f.reservation(reservation)))
                    .build();
            clouds.cloud(cloud.id).faults().stockOut(cloud.first, cloud.zones.get(0));

            PartialApplyException failure =
                    catchThrowableOfType(PartialApplyException.class, () -> osmo.apply(osmo.plan(spec)));

            assertThat(failure).as("never another exception in the middle").isNotNull();
        }
    }

    /** A reservation that is gone forbids a new pool that lists it, and no other change of a pool that does not need it. */
    @ParameterizedTest
    @EnumSource
    void an_alternative_whose_reservation_is_gone_forbids_no_other_change(Cloud cloud) {
        String gone = switch (cloud) {
            case AWS -> "cr-0123456789abcdef0";
            case GCP -> "gone";
            case AZURE ->
                "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/theirs/providers/"
                        + "Microsoft.Compute/capacityReservationGroups/gone";
        };
        BackendSpec before = spec(cloud, p -> p.zones(cloud.zone(0)));
        BackendSpec spec = before.toBuilder()
                .tag("team", "robots")
                .changePool(
                        POOL, p -> p.fallback(f -> f.reservation(gone)).fallback(f -> f.instanceTypes(cloud.second)))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThat(catchThrowableOfType(InvalidSpecException.class, () -> osmo.plan(spec))
                            .violations())
                    .allSatisfy(each -> assertThat(each.path()).isEqualTo("computePools[0].fallback[0].reservation"));
            osmo.apply(osmo.plan(before));

            Plan plan = osmo.plan(spec);

            assertThat(String.join("\n", plan.warnings()))
                    .contains("computePools[0].fallback[0].reservation is skipped if the pool needs it: given " + gone);
            assertThat(osmo.preflight(plan).verdict()).isNotEqualTo(Verdict.FAILED);
            osmo.apply(plan);
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    /** Whatever the plan has not read of a zone that only an alternative names, the apply has it. */
    @ParameterizedTest
    @EnumSource
    void a_zone_that_only_an_alternative_names(Cloud cloud) {
        int last = cloud.zones.size() - 1;
        BackendSpec spec = spec(cloud, p -> p.zones(cloud.zone(0)).fallback(f -> f.zones(cloud.zone(last))));
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.cloud(cloud.id).faults().stockOut(cloud.first, cloud.zones.get(0));

            Backend backend = osmo.apply(osmo.plan(spec));

            assertThat(FallbackTest.pool(backend).zones()).containsExactly(cloud.zone(last));
            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_backend_can_be_destroyed_while_a_pool_falls_back(Cloud cloud) {
        BackendSpec spec = cloud.spec();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            cloud.stockOut(clouds.cloud(cloud.id), cloud.first);
            AtomicReference<ApplyHandle> handle = new AtomicReference<>();
            List<Event> events = new ArrayList<>();
            handle.set(osmo.start(osmo.plan(spec), ApplyOptions.defaults().listener(event -> {
                events.add(event);
                if (event instanceof Event.PoolFellBack) {
                    handle.get().cancel();
                }
            })));
            assertThat(catchThrowable(() -> handle.get().await())).isInstanceOf(OperationCancelledException.class);
            assertThat(events).anyMatch(Event.PoolFellBack.class::isInstance);

            Backend gone = osmo.apply(osmo.planDestroy(spec.ref()));

            assertThat(gone.leftovers()).noneMatch(left -> left.billed());
            assertThat(osmo.planDestroy(spec.ref()).changes()).isEmpty();
        }
    }
}
