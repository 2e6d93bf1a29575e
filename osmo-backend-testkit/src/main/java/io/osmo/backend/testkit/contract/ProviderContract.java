// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tests that every provider must pass: it converges, makes no unnecessary changes, survives faults at each of its calls, and leaves
 * nothing behind, all with exactly the permissions that it states. To use it, extend it and supply an emulated cloud and specs. Needs
 * JUnit 5 on the class path.
 */
public abstract class ProviderContract {
    /** Maximum number of calls of a plan without changes, in addition to one for each object that cannot be listed. */
    private static final int LISTS = 15;

    private static final int ROUND_TRIPS = 3;
    private static final double MAKESPAN_RATIO = 1.05;

    private static final Logger LOG = LoggerFactory.getLogger(ProviderContract.class);

    /** A fault of one call. */
    enum Fault {
        CRASH_BEFORE,
        CRASH_AFTER,
        LOST_RESPONSE,
        UNAVAILABLE,
        THROTTLED
    }

    /** Created once, because a test runs hundreds of trials with one spec. */
    private final Map<Trial.Purpose, Set<String>> actions = new HashMap<>();

    /** An empty cloud. */
    protected abstract EmulatedCloud cloud(VirtualTime time);

    /** The spec of a backend with this many compute pools. Its deletion must not be protected. */
    protected abstract BackendSpec spec(int pools);

    /** Changes of {@code spec(1)} that users make, by name; each must be applied in place. */
    protected abstract Map<String, BackendSpec> changes();

    /** Operations that read one object at a time, because the service has no list with details or there is only one object. */
    protected Set<String> singleReads() {
        return Set.of();
    }

    /** Operations that read offers of the cloud, such as machine types; a session may cache the responses. */
    protected Set<String> catalogReads() {
        return Set.of();
    }

    /** Actions of {@link Use#APPLY} that a creation without faults does not need: repairs, and the deletion of duplicates. */
    protected Set<String> spareActions() {
        return Set.of();
    }

    /** Whether a line of the inventory may be left after a destroy, such as a key that waits for its deletion. */
    protected boolean mayRemain(String line) {
        return false;
    }

    /** The spec of a backend with compute pools of one machine type, for {@link #spec}. */
    protected static BackendSpec backend(String provider, String region, String machine, int pools) {
        BackendSpecBuilder spec =
                BackendSpec.builder("train-west").on(provider, region).deletionProtection(false);
        for (int i = 0; i < pools; i++) {
            spec.computePool("cpu" + i, p -> p.instanceType(machine).scale(1, 2));
        }
        return spec.build();
    }

    /**
     * Changes that users make on most clouds, for {@link #changes}.
     *
     * @param machine another machine type
     * @param gpuMachine a machine type with GPUs
     */
    protected final Map<String, BackendSpec> usualChanges(String machine, String gpuMachine) {
        Map<String, BackendSpec> changes = new LinkedHashMap<>();
        changes.put("a tag", changed(s -> s.tag("team", "robots")));
        changes.put("bounds of a scale", changed(s -> s.changePool("cpu0", p -> p.scale(2, 5))));
        changes.put("bounds above the number of nodes", changed(s -> s.changePool("cpu0", p -> p.scale(3, 6))));
        changes.put("a smaller maximum", changed(s -> s.changePool("cpu0", p -> p.scale(0, 1))));
        changes.put("a label", changed(s -> s.changePool("cpu0", p -> p.label("team", "robots"))));
        changes.put(
                "a taint",
                changed(s -> s.changePool("cpu0", p -> p.taint("dedicated", "osmo", Taint.Effect.NO_SCHEDULE))));
        changes.put("taints of the operator pool", changed(s -> s.operatorPool(p -> p.tainted(true))));
        changes.put("a larger disk", changed(s -> s.changePool("cpu0", p -> p.diskGib(300))));
        changes.put("ranges of the API's endpoint", changed(s -> s.apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))));
        changes.put(
                "retention of backups",
                changed(s -> s.backup(b -> b.enabled(true).retentionDays(90))));
        changes.put("no backup", changed(s -> s.backup(b -> b.enabled(false))));
        changes.put("protection against deletion", changed(s -> s.deletionProtection(true)));
        changes.put(
                "one more pool",
                changed(s -> s.computePool("cpu1", p -> p.instanceType(machine).scale(0, 3))));
        changes.put(
                "a GPU pool",
                changed(s -> s.gpuPool("gpu", p -> p.instanceType(gpuMachine).scale(0, 4))));
        changes.put(
                "one pool instead of another",
                changed(s -> s.computePool("cpu1", p -> p.instanceType(machine).scale(1, 3))
                        .removePool("cpu0")));
        return changes;
    }

    /** {@code spec(1)}, changed. */
    protected final BackendSpec changed(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(spec().toBuilder()).build();
    }

    private BackendSpec spec() {
        return spec(1);
    }

    /** A cloud whose caller may do exactly what creating the backend needs. */
    private Trial trial() {
        return trial(spec());
    }

    private Trial trial(BackendSpec spec) {
        Trial trial = new Trial(this::cloud, actions);
        trial.allow(spec, Use.APPLY);
        return trial;
    }

    /** Preflight, list and facts say the same with their own permissions as when everything is allowed. */
    @Test
    void a_second_plan_is_empty() {
        try (Trial trial = new Trial(this::cloud, actions);
                OsmoBackends osmo = trial.open()) {
            assertFalse(osmo.plan(spec()).isEmpty(), "the first plan creates");
            osmo.apply(osmo.plan(spec()));
            List<PreflightFinding> findings = findings(osmo);
            boolean cloud = !trial.permissions(spec(), Use.VERIFY).isEmpty();
            Optional<CloudFacts> facts = cloud ? facts(osmo) : Optional.empty();

            trial.allow(spec(), Use.PLAN);
            assertEmpty(osmo.plan(spec()));
            assertEquals(List.of(spec().ref()), osmo.list(spec().provider(), spec().region()));
            assertEquals(findings, findings(osmo));
            trial.allow(spec(), Use.VERIFY);
            assertEquals(facts, cloud ? facts(osmo) : Optional.empty());
        }
    }

    private Optional<CloudFacts> facts(OsmoBackends osmo) {
        return osmo.get(spec().ref()).map(Backend::facts);
    }

    private List<PreflightFinding> findings(OsmoBackends osmo) {
        return osmo.preflight(spec()).findings().stream()
                .filter(finding -> !finding.check().equals("preflight.permissions"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void a_plan_that_changes_nothing_is_cheap(int pools) {
        try (Trial trial = trial(spec(pools))) {
            try (OsmoBackends osmo = trial.open()) {
                osmo.apply(osmo.plan(spec(pools)));
            }
            trial.allow(spec(pools), Use.PLAN);
            try (OsmoBackends fresh = trial.open()) {
                assertCheap(trial, fresh, pools);
                assertCheap(trial, fresh, pools);
            }
        }
    }

    private void assertCheap(Trial trial, OsmoBackends osmo, int pools) {
        trial.cloud().forgetCalls();
        Instant begun = trial.time().now();

        assertEmpty(osmo.plan(spec(pools)));

        int single = trial.calls(singleReads());
        int sold = trial.calls(catalogReads());
        int lists = trial.cloud().calls().size() - single;
        long depth = trial.time().depthSince(begun);
        LOG.info(
                "{}: no-op plan with {} pools: {} lists, {} of them of the catalog, {} single reads, {} round trips",
                spec().provider(),
                pools,
                lists,
                sold,
                single,
                depth);
        assertTrue(lists <= LISTS, lists + " calls beside those for single objects, at most " + LISTS);
        assertTrue(depth <= ROUND_TRIPS, depth + " round trips in sequence, at most " + ROUND_TRIPS);
        assertEquals(0, trial.changes(), "a plan changes nothing");
    }

    @Test
    void applying_takes_as_long_as_the_critical_path() {
        try (Trial trial = trial();
                OsmoBackends osmo = trial.open()) {
            Plan plan = osmo.plan(spec());
            Instant begun = trial.time().now();

            osmo.apply(plan);

            Duration makespan = Duration.between(begun, trial.time().now());
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
                    try (Trial trial = trial();
                            OsmoBackends osmo = trial.open()) {
                        osmo.apply(osmo.plan(spec()));
                        trial.allow(change.getValue(), Use.UPKEEP);
                        Plan plan = osmo.plan(change.getValue());
                        assertFalse(plan.isEmpty(), "the change shows in the plan");

                        // A pool that is removed ends what runs on it.
                        osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.DATA));

                        assertEmpty(osmo.plan(change.getValue()));
                    }
                }));
    }

    @Test
    void destroying_leaves_nothing() {
        try (Trial trial = trial();
                OsmoBackends osmo = trial.open()) {
            osmo.apply(osmo.plan(spec()));
            trial.allow(spec(), Use.DESTROY);

            osmo.apply(osmo.planDestroy(spec().ref()));

            assertEquals(List.of(), remains(trial));
            assertEquals(List.of(), osmo.list(spec().provider(), spec().region()));
        }
    }

    /**
     * Begins with what a plan needs. Each refusal names what is missing, which is granted before the next attempt: so each action that a
     * creation needs is missed once, by name, and none is granted that it does not need.
     */
    @Test
    void each_missing_permission_is_named_and_none_is_asked_for_in_vain() {
        try (Trial trial = trial();
                OsmoBackends osmo = trial.open()) {
            Set<String> needed = new TreeSet<>(trial.permissions(spec(), Use.APPLY));
            Set<String> granted = new TreeSet<>(trial.permissions(spec(), Use.PLAN));
            granted.retainAll(needed);
            while (!applies(trial, osmo, needed, granted)) {
                LOG.debug("{}: {} of {} granted", spec().provider(), granted.size(), needed.size());
            }
            needed.removeAll(granted);

            assertEquals(spareActions(), needed, "granted, and not needed by a creation without faults");
        }
    }

    /** Whether an apply succeeds; else what it misses is granted. */
    private boolean applies(Trial trial, OsmoBackends osmo, Set<String> needed, Set<String> granted) {
        trial.allow(granted);
        try {
            osmo.apply(osmo.plan(spec()));
            return true;
        } catch (OsmoBackendException refused) {
            String message = String.valueOf(refused.getMessage());
            Set<String> missing = needed.stream()
                    .filter(action -> !granted.contains(action)
                            && Pattern.compile(Pattern.quote(action) + "(?![A-Za-z./])")
                                    .matcher(message)
                                    .find())
                    .collect(Collectors.toSet());
            assertFalse(missing.isEmpty(), "no permission that is asked for is missed, yet\n" + message);
            granted.addAll(missing);
            return false;
        }
    }

    /** Each run strikes some calls of the creation and some of the destruction. Together the runs strike each. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void creating_and_destroying_converge_whatever_call_is_struck(Fault fault) {
        Undisturbed undisturbed = undisturbed();
        LOG.info("{}: each of {} is struck by {}", spec().provider(), undisturbed, fault);
        StruckCalls creation = new StruckCalls("creation", undisturbed.creating());
        StruckCalls destruction = new StruckCalls("destruction", undisturbed.destroying());
        while (!creation.isDone() || !destruction.isDone()) {
            try (Trial trial = trial()) {
                run(trial, creation, fault, osmo -> osmo.plan(spec()));
                assertEquals(undisturbed.inventory(), trial.inventory(), fault + " during the creation");
                if (!destruction.isDone()) {
                    trial.allow(spec(), Use.DESTROY);
                    run(trial, destruction, fault, osmo -> osmo.planDestroy(spec().ref()));
                    assertEquals(List.of(), remains(trial), fault + " during the destruction");
                }
            }
        }
    }

    private static void run(Trial trial, StruckCalls calls, Fault fault, Function<OsmoBackends, Plan> wanted) {
        if (calls.isDone()) {
            trial.finish(wanted);
        } else {
            trial.strike(fault, calls.next());
            calls.ran(trial.finish(wanted));
        }
    }

    /** What a creation and a destruction change, by count, and what there is in between. */
    private record Undisturbed(int creating, int destroying, List<String> inventory) {
        @Override
        public String toString() {
            return creating + " changes of a creation and " + destroying + " of a destruction";
        }
    }

    private Undisturbed undisturbed() {
        try (Trial trial = trial();
                OsmoBackends osmo = trial.open()) {
            osmo.apply(osmo.plan(spec()));
            int creating = trial.changes();
            List<String> inventory = trial.inventory();
            trial.cloud().forgetCalls();
            trial.allow(spec(), Use.DESTROY);
            osmo.apply(osmo.planDestroy(spec().ref()));
            return new Undisturbed(creating, trial.changes(), inventory);
        }
    }

    @Test
    void what_is_not_ours_is_never_touched() {
        try (Trial trial = trial();
                OsmoBackends osmo = trial.open()) {
            trial.cloud().plantForeignObject(spec().ref());
            List<String> before = trial.inventory();
            trial.cloud().forgetCalls();

            assertThrows(OwnershipConflictException.class, () -> osmo.apply(osmo.plan(spec())));

            assertEquals(before, trial.inventory());
            assertEquals(0, trial.changes());
        }
    }

    private List<String> remains(Trial trial) {
        return trial.inventory().stream().filter(line -> !mayRemain(line)).toList();
    }

    private static void assertEmpty(Plan plan) {
        assertTrue(plan.isEmpty(), "expected an empty plan, not\n" + plan);
    }
}
