// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees every call of a history and holds the invariants that must be true at any moment: a plan changes nothing, pools keep nodes, data
 * stays. The first one that is broken is kept until it is asked for, because what an inspector throws looks like an answer of the cloud.
 */
final class Monitor implements CallInspector {
    /** An apply makes some hundred calls; this many are an endless loop. */
    private static final int MOST_CALLS = 60_000;

    /** How much time may pass under reading calls until the next look. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Set<String> populated = new HashSet<>();
    private final Set<String> mayEmpty = new HashSet<>();
    private Supplier<Set<String>> poolsWithNodes = Set::of;
    private @Nullable CloudUnderTest under;
    private @Nullable BudgetedWorkloads workloads;
    private boolean active;
    private boolean locked;
    private Permit permit = Permit.NOTHING;
    private boolean reading;
    private Instant lookedAt = Instant.EPOCH;
    private Instant latest = Instant.MAX;
    private int calls;
    private int changes;
    private @Nullable InvariantBroken broken;

    /** @param poolsWithNodes names of the pools that have a ready node now */
    void watch(Supplier<Set<String>> poolsWithNodes, BudgetedWorkloads workloads, CloudUnderTest under) {
        this.workloads = workloads;
        this.poolsWithNodes = poolsWithNodes;
        this.under = under;
    }

    /** From now on nothing may be changed at all. */
    void beginRead() {
        begin(Permit.NOTHING);
        reading = true;
    }

    /**
     * From now on what is permitted may be changed.
     *
     * @param end when it must have ended
     */
    void beginApply(Permit what, Instant end) {
        begin(what);
        latest = end;
        if (what.everything()) {
            mayEmpty.addAll(populated);
        }
        mayEmpty.addAll(what.mayEmpty());
    }

    private void begin(Permit what) {
        active = true;
        reading = false;
        latest = Instant.MAX;
        permit = what;
        calls = 0;
        changes = 0;
        populated.addAll(poolsWithNodes.get());
        CloudUnderTest cloud = under;
        locked = cloud != null && cloud.isLocked();
        BudgetedWorkloads budgeted = workloads;
        if (budgeted != null) {
            budgeted.begin();
        }
    }

    /** From now on calls are those of the simulation itself. */
    void end() {
        look("afterward");
        requireLock("the end");
        active = false;
    }

    /** Forgets what has been emptied on purpose: all that was asked for is done. */
    void settled() {
        mayEmpty.clear();
        populated.clear();
    }

    /** Somebody has done something by hand: whatever that empties is not our fault. */
    void byHand() {
        mayEmpty.addAll(populated);
        mayEmpty.addAll(poolsWithNodes.get());
    }

    /** Changing calls since the last beginning. */
    int changes() {
        return changes;
    }

    /** Throws what has been broken. */
    void check() {
        InvariantBroken found = broken;
        if (found != null) {
            broken = null;
            throw found;
        }
    }

    @Override
    public void request(Call call) {
        if (!active) {
            return;
        }
        if (++calls > MOST_CALLS) {
            fail("ends", "more than " + MOST_CALLS + " calls; the last one is " + call);
            throw new VirtualTime.SimulatedCrash("endless loop");
        }
        if (call.at().isAfter(latest)) {
            fail("ends", "it goes on after " + latest + "; the last call is " + call);
            throw new VirtualTime.SimulatedCrash("endless apply");
        }
        if (!call.reads()) {
            changes++;
            if (reading) {
                fail("plans change nothing", call.toString());
            }
            requireKept(call);
        }
        // A node takes longer than that to come back, and a look takes longer than most calls.
        if (!call.reads() || Duration.between(lookedAt, call.at()).compareTo(LOOK) >= 0) {
            lookedAt = call.at();
            look(call.toString());
        }
    }

    private void requireKept(Call call) {
        CloudUnderTest cloud = under;
        if (cloud == null) {
            return;
        }
        if (!permit.data() && cloud.endsData(call)) {
            fail("data stays", call + " although the plan and the options do not say so");
        }
        // Locks are deleted before what they are on, so that the next deletion tells of the last one.
        if (call.operation().startsWith("DELETE ")) {
            requireLock(call.toString());
        }
    }

    private void requireLock(String when) {
        CloudUnderTest cloud = under;
        if (locked && permit.keepsProtection() && cloud != null && !cloud.isLocked()) {
            fail("protection stays", "the cluster that the spec protects has no lock any more, seen at " + when);
        }
    }

    /** Pools that had a node have one, now too. */
    void look(String when) {
        Set<String> now = poolsWithNodes.get();
        if (permit.everything()) {
            // One that was being created when the destruction began has its first node only now.
            mayEmpty.addAll(now);
        }
        Optional<String> emptied = populated.stream()
                .filter(pool -> !mayEmpty.contains(pool) && !now.contains(pool))
                .sorted()
                .findFirst();
        emptied.ifPresent(pool -> {
            fail("pools keep nodes", "pool " + pool + " has no node any more, seen at " + when);
            populated.remove(pool);
        });
        populated.addAll(now);
        BudgetedWorkloads budgeted = workloads;
        if (budgeted != null) {
            budgeted.broken(mayEmpty).ifPresent(text -> fail("budgets are respected", text + ", seen at " + when));
        }
    }

    /** Remembers what has been broken. */
    void fail(String invariant, String detail) {
        if (broken == null) {
            broken = new InvariantBroken(invariant, detail);
        }
    }
}
