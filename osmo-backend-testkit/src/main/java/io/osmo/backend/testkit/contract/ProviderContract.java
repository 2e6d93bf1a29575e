// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every provider must do, whatever the cloud: converge, stay put, survive faults at each of its calls, leave nothing. To use
 * it, inherit and name a cloud and specs; needs JUnit 5, which this library does not bring.
 */
public abstract class ProviderContract {
    /** A no-op plan costs at most so many calls, beside one for each object that can only be described singly. */
    private static final int LISTS = 15;

    /** Beside these, calls of the first plan of an entry point for what the cloud sells. */
    private static final int CATALOGUE = 4;

    private static final int ROUND_TRIPS = 3;
    private static final double MAKESPAN_RATIO = 1.05;

    private static final Logger LOG = LoggerFactory.getLogger(ProviderContract.class);

    /** A cloud with nothing in it. */
    protected abstract ContractCloud cloud();

    /** A backend with this many compute pools. */
    protected abstract BackendSpec spec(int pools);

    /** What users change of {@code spec(1)}, each by a name; each must be applied in place. */
    protected abstract Map<String, BackendSpec> changes();

    /** Makes an object that has the name of one of ours and is not ours; there is nothing else in the cloud. */
    protected abstract void plantForeignObject(ContractCloud cloud);

    /** Whether a line of the inventory may be there after a destroy, such as a key that waits for its deletion. */
    protected abstract boolean mayRemain(String line);

    private BackendSpec spec() {
        return spec(1);
    }

    @Test
    void a_second_plan_is_empty() {
        try (ContractCloud cloud = cloud();
                OsmoBackends osmo = cloud.open()) {
            assertFalse(osmo.plan(spec()).isEmpty(), "the first plan creates");
            osmo.apply(osmo.plan(spec()));

            assertEmpty(osmo.plan(spec()));
            assertEquals(List.of(spec().ref()), osmo.list(spec().provider(), spec().region()));
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(ints = {1, 20})
    void a_plan_that_changes_nothing_is_cheap(int pools) {
        try (ContractCloud cloud = cloud()) {
            try (OsmoBackends osmo = cloud.open()) {
                osmo.apply(osmo.plan(spec(pools)));
            }
            try (OsmoBackends fresh = cloud.open()) {
                assertCheap(cloud, fresh, pools, CATALOGUE);
                assertCheap(cloud, fresh, pools, 0);
            }
        }
    }

    private void assertCheap(ContractCloud cloud, OsmoBackends osmo, int pools, int catalogue) {
        cloud.forgetCalls();
        Instant begun = cloud.time().now();

        assertEmpty(osmo.plan(spec(pools)));

        int lists = cloud.calls() - cloud.singleReads() - cloud.catalogueReads();
        long depth = cloud.time().depthSince(begun);
        LOG.info(
                "{}: no-op plan with {} pools: {} lists, {} of the catalogue, {} single reads, {} round trips",
                spec().provider(),
                pools,
                lists,
                cloud.catalogueReads(),
                cloud.singleReads(),
                depth);
        assertTrue(lists <= LISTS, lists + " calls beside those for single objects, at most " + LISTS);
        assertTrue(
                cloud.catalogueReads() <= catalogue,
                cloud.catalogueReads() + " calls for what is sold, at most " + catalogue);
        assertTrue(depth <= ROUND_TRIPS, depth + " round trips in sequence, at most " + ROUND_TRIPS);
        assertEquals(0, cloud.changes(), "a plan changes nothing");
    }

    @Test
    void applying_takes_as_long_as_the_critical_path() {
        try (ContractCloud cloud = cloud();
                OsmoBackends osmo = cloud.open()) {
            Plan plan = osmo.plan(spec());
            Instant begun = cloud.time().now();

            osmo.apply(plan);

            Duration makespan = Duration.between(begun, cloud.time().now());
            double ratio =
                    (double) makespan.toMillis() / plan.estimatedDuration().toMillis();
            LOG.info(
                    "{}: makespan {}, critical path {}, ratio {}",
                    spec().provider(),
                    makespan,
                    plan.estimatedDuration(),
                    String.format(Locale.ROOT, "%.3f", ratio));
            assertTrue(
                    ratio <= MAKESPAN_RATIO,
                    makespan + " is " + ratio + " times the critical path of " + plan.estimatedDuration() + "\n"
                            + plan);
        }
    }

    @TestFactory
    Stream<DynamicTest> each_change_converges() {
        return changes().entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
                    try (ContractCloud cloud = cloud();
                            OsmoBackends osmo = cloud.open()) {
                        osmo.apply(osmo.plan(spec()));
                        Plan plan = osmo.plan(change.getValue());
                        assertFalse(plan.isEmpty(), "the change shows in the plan");

                        osmo.apply(plan);

                        assertEmpty(osmo.plan(change.getValue()));
                    }
                }));
    }

    @Test
    void destroying_leaves_nothing() {
        try (ContractCloud cloud = cloud();
                OsmoBackends osmo = cloud.open()) {
            osmo.apply(osmo.plan(spec()));

            osmo.apply(osmo.planDestroy(spec().ref()));

            assertEquals(List.of(), remains(cloud));
            assertEquals(List.of(), osmo.list(spec().provider(), spec().region()));
        }
    }

    @ParameterizedTest
    @EnumSource(ContractCloud.Fault.class)
    void creating_converges_whatever_call_is_struck(ContractCloud.Fault fault) {
        List<String> undisturbed;
        int sites;
        try (ContractCloud cloud = cloud();
                OsmoBackends osmo = cloud.open()) {
            osmo.apply(osmo.plan(spec()));
            undisturbed = cloud.inventory();
            sites = cloud.changes();
        }
        LOG.info("{}: creating makes {} changes, each struck by {}", spec().provider(), sites, fault);
        for (int n = 1; n <= sites; n++) {
            try (ContractCloud cloud = cloud()) {
                cloud.strike(n, fault);
                create(cloud);
                assertEquals(undisturbed, cloud.inventory(), fault + " at change " + n);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ContractCloud.Fault.class)
    void destroying_converges_whatever_call_is_struck(ContractCloud.Fault fault) {
        int sites;
        try (ContractCloud cloud = cloud();
                OsmoBackends osmo = cloud.open()) {
            osmo.apply(osmo.plan(spec()));
            cloud.forgetCalls();
            osmo.apply(osmo.planDestroy(spec().ref()));
            sites = cloud.changes();
        }
        LOG.info("{}: destroying makes {} changes, each struck by {}", spec().provider(), sites, fault);
        for (int n = 1; n <= sites; n++) {
            try (ContractCloud cloud = cloud()) {
                create(cloud);
                cloud.strike(n, fault);
                destroy(cloud);
                assertEquals(List.of(), remains(cloud), fault + " at change " + n);
            }
        }
    }

    @Test
    void what_is_not_ours_is_never_touched() {
        try (ContractCloud cloud = cloud();
                OsmoBackends osmo = cloud.open()) {
            plantForeignObject(cloud);
            List<String> before = cloud.inventory();
            cloud.forgetCalls();

            assertThrows(OwnershipConflictException.class, () -> osmo.apply(osmo.plan(spec())));

            assertEquals(before, cloud.inventory());
            assertEquals(0, cloud.changes());
        }
    }

    /** Applies; when that is struck down, a new process finishes it. */
    private void create(ContractCloud cloud) {
        finish(cloud, osmo -> osmo.plan(spec()));
    }

    private void destroy(ContractCloud cloud) {
        finish(cloud, osmo -> osmo.planDestroy(spec().ref()));
    }

    private static void finish(ContractCloud cloud, java.util.function.Function<OsmoBackends, Plan> wanted) {
        try (OsmoBackends struck = cloud.open()) {
            struck.apply(wanted.apply(struck));
        } catch (VirtualTime.SimulatedCrash | OsmoBackendException interrupted) {
            cloud.heal();
            try (OsmoBackends next = cloud.open()) {
                next.apply(wanted.apply(next));
            }
        }
    }

    private List<String> remains(ContractCloud cloud) {
        return cloud.inventory().stream().filter(line -> !mayRemain(line)).toList();
    }

    private static void assertEmpty(Plan plan) {
        assertTrue(plan.isEmpty(), "expected an empty plan, not\n" + plan);
    }
}
