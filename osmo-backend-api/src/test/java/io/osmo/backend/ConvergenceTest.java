// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.event.Event;
import io.osmo.backend.fake.Fault;
import io.osmo.backend.fake.World;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call site of a creation, a change and a destruction meets every fault, and all end as if nothing had happened. */
class ConvergenceTest {
    private static final int MAX_SITES = 400;
    private static final int MAX_STARTS = 4;

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_RESPONSE", "UNAVAILABLE", "THROTTLED", "CRASH_BEFORE", "CRASH_AFTER"})
    void a_creation_converges_whatever_call_meets_the_fault(Fault fault) {
        Map<ResourceId, Map<String, String>> undisturbed = undisturbed(false);
        int sites = sites(world -> {});
        for (int site = 1; site <= sites; site++) {
            try (World world = new World(site)) {
                world.provider.want(world.small());
                world.cloud.fault(site, fault);
                applyUntilDone(world);
                world.cloud.noMoreFaults();
                assertThat(world.standing()).as("%s at call %d", fault, site).isEqualTo(undisturbed);
                assertThat(world.osmo.plan(World.spec()).isEmpty())
                        .as("second plan after %s at call %d", fault, site)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_RESPONSE", "UNAVAILABLE", "THROTTLED", "CRASH_BEFORE", "CRASH_AFTER"})
    void a_change_converges_whatever_call_meets_the_fault(Fault fault) {
        Map<ResourceId, Map<String, String>> undisturbed = undisturbed(true);
        int sites = sites(ConvergenceTest::change);
        for (int site = 1; site <= sites; site++) {
            try (World world = new World(site)) {
                change(world);
                world.cloud.fault(site, fault);
                applyUntilDone(world);
                assertThat(world.standing()).as("%s at call %d", fault, site).isEqualTo(undisturbed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_RESPONSE", "UNAVAILABLE", "THROTTLED", "CRASH_BEFORE", "CRASH_AFTER"})
    void a_destruction_leaves_nothing_whatever_call_meets_the_fault(Fault fault) {
        int last;
        int site = 1;
        do {
            try (World world = new World(site)) {
                world.provider.want(world.small());
                applyUntilDone(world);
                int before = world.cloud.calls();
                world.cloud.fault(site, fault);
                restarting(() -> world.osmo.apply(world.osmo.planDestroy(World.ref())));
                last = world.cloud.calls() - before;
                assertThat(world.standing()).as("%s at call %d", fault, site).isEmpty();
            }
        } while (++site <= last && site < MAX_SITES);
    }

    @ParameterizedTest
    @CsvSource({"1,2,3", "4,11,12", "5,6,7", "10,20,30", "2,9,40"})
    void several_faults_in_a_row_change_nothing(int first, int second, int third) {
        for (Fault fault : List.of(Fault.LOST_RESPONSE, Fault.UNAVAILABLE, Fault.THROTTLED)) {
            try (World world = new World()) {
                world.provider.want(world.small());
                world.cloud.invisible = Duration.ofSeconds(3);
                List.of(first, second, third).forEach(n -> world.cloud.fault(n, fault));
                applyUntilDone(world);
                assertThat(world.standing()).isEqualTo(undisturbed(false));
            }
        }
    }

    /** A backend that stands, of which a pool grows, another goes, and an add-on must be replaced. */
    private static void change(World world) {
        world.provider.want(world.small());
        applyUntilDone(world);
        world.provider.want(world.small().stream()
                .filter(r -> !r.id().name().equals("gpu"))
                .map(r -> r.id().name().equals("cpu") ? r.with("size", "7") : r)
                .map(r -> r.id().kind().equals("addon") ? r.with("born", "again") : r)
                .toList());
    }

    private static Map<ResourceId, Map<String, String>> undisturbed(boolean changed) {
        try (World world = new World()) {
            world.provider.want(world.small());
            if (changed) {
                change(world);
            }
            applyUntilDone(world);
            return world.standing();
        }
    }

    /** How many calls the undisturbed plan and apply make. */
    private static int sites(Consumer<World> prepare) {
        try (World world = new World()) {
            world.provider.want(world.small());
            prepare.accept(world);
            int before = world.cloud.calls();
            applyUntilDone(world);
            int sites = world.cloud.calls() - before;
            assertThat(sites).isBetween(1, MAX_SITES);
            return sites;
        }
    }

    private static void applyUntilDone(World world) {
        restarting(() -> {
            List<Event> events = new ArrayList<>();
            world.osmo.apply(
                    world.osmo.plan(World.spec()),
                    ApplyOptions.defaults().listener(events::add).allow(Disruption.OUTAGE));
            EventGrammar.requireWellFormed(events);
        });
    }

    /** A crash ends the process; the next one starts again. So does a host whose plan could not be read. */
    private static void restarting(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (SimulatedCrash | CloudException e) {
                if (attempt == MAX_STARTS) {
                    throw e;
                }
            }
        }
    }
}
