// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Plans and applies, and judges how that ended. */
final class Applier {
    /** What an apply may take beyond its deadline: calls that are on their way. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    private final World world;

    Applier(World world) {
        this.world = world;
    }

    /** How a step ended. */
    enum Result {
        DONE,
        /** Refused, and nothing was changed. */
        REFUSED,
        /** Failed on the way, or cancelled. */
        FAILED,
        CRASHED
    }

    /** @param error what was thrown */
    record Outcome(Result result, Optional<Throwable> error) {
        static final Outcome DONE = new Outcome(Result.DONE, Optional.empty());

        boolean isDone() {
            return result == Result.DONE;
        }

        boolean is(Class<? extends Throwable> type) {
            return error.filter(type::isInstance).isPresent();
        }
    }

    /** Plans and applies. Ends in an outcome that is right under these circumstances, or throws {@link InvariantBroken}. */
    Outcome run(Function<OsmoBackends, Plan> planner, Disruption allowed, Disturbance disturbance, boolean strikePlan) {
        if (strikePlan) {
            disturbance.strike().accept(world.under.cloud().faults());
        }
        try {
            Plan plan = plan(world.osmo(), planner);
            world.add(" [" + plan.changes().size() + " changes, " + plan.disruption() + ", allowed " + allowed + "]");
            if (!strikePlan) {
                disturbance.strike().accept(world.under.cloud().faults());
            }
            return apply(plan, options(allowed), disturbance);
        } catch (OsmoBackendException | VirtualTime.SimulatedCrash planFailed) {
            world.under.cloud().faults().clear();
            return judged(planFailed, strikePlan ? disturbance : Disturbance.NONE);
        }
    }

    static ApplyOptions options(Disruption allowed) {
        return ApplyOptions.defaults().allow(allowed);
    }

    /** Plans; nothing may be changed. */
    Plan plan(OsmoBackends osmo, Function<OsmoBackends, Plan> planner) {
        world.monitor.beginRead();
        try {
            return planner.apply(osmo);
        } finally {
            world.monitor.end();
            world.monitor.check();
        }
    }

    /** Applies one plan. */
    Outcome apply(Plan plan, ApplyOptions options, Disturbance disturbance) {
        Outcome outcome = applyAll(List.of(plan), options, disturbance);
        world.monitor.check();
        if (outcome.isDone() && !world.underWay && !disturbance.text().contains("stock")) {
            checkConverged(plan);
        }
        return outcome;
    }

    /** Applies several plans at the same time, each in a process of its own; the first one that fails gives the outcome. */
    Outcome applyAll(List<Plan> plans, ApplyOptions options, Disturbance disturbance) {
        Instant begin = world.time.now();
        Map<ResourceId, Change> planned = new TreeMap<>();
        Set<String> pools = new HashSet<>(world.poolsWithNodes());
        // One that is removed may still be without nodes now, because its creation was cancelled.
        pools.addAll(SpecEdits.NAMES);
        plans.forEach(plan -> plan.changes().forEach(change -> planned.put(change.resource(), change)));
        Duration most = options.deadline().plus(GRACE).multipliedBy(plans.size());
        world.monitor.beginApply(Permit.of(plans.get(0), options, pools), begin.plus(most));
        Outcome outcome = Outcome.DONE;
        List<OsmoBackends> processes = world.appliers(plans.size());
        List<ApplyHandle> handles = new ArrayList<>();
        try {
            for (int i = 0; i < plans.size(); i++) {
                handles.add(processes.get(i).start(plans.get(i), options.listener(event -> belongs(planned, event))));
            }
            Optional<Scheduler.Cancellable> cancel = disturbance
                    .cancelAfter()
                    .map(after -> world.time.after(after, () -> handles.get(0).cancel()));
            for (ApplyHandle handle : handles) {
                outcome = await(handle, handles, outcome, disturbance);
            }
            cancel.ifPresent(Scheduler.Cancellable::cancel);
        } catch (OsmoBackendException refused) {
            outcome = judged(refused, disturbance);
        } finally {
            world.monitor.end();
            world.under.cloud().faults().clear();
            handles.forEach(ApplyHandle::cancel);
            processes.forEach(world::close);
        }
        Duration took = Duration.between(begin, world.time.now());
        if (took.compareTo(most) > 0) {
            throw new InvariantBroken("ends", "the apply took " + Steps.text(took));
        }
        return outcome;
    }

    private Outcome await(ApplyHandle handle, List<ApplyHandle> all, Outcome before, Disturbance disturbance) {
        if (before.result() == Result.CRASHED) {
            handle.cancel();
            return before;
        }
        try {
            Backend backend = handle.await();
            return backend.missing().isEmpty() ? before : new Outcome(Result.FAILED, Optional.empty());
        } catch (VirtualTime.SimulatedCrash | RuntimeException failed) {
            if (failed instanceof VirtualTime.SimulatedCrash) {
                all.forEach(ApplyHandle::cancel);
            }
            return judged(failed, disturbance, all.size() == 1);
        }
    }

    /** What is done is in the plan. */
    private void belongs(Map<ResourceId, Change> planned, Event event) {
        if (!(event instanceof Event.EffectAccepted effect)) {
            return;
        }
        Change change = planned.get(effect.resource());
        if (change == null) {
            world.monitor.fail("what is done is in the plan", event + " is not in the plan");
            return;
        }
        boolean fits = switch (effect.effect()) {
            case DELETE -> change.action() == Action.DELETE || change.action() == Action.REPLACE;
            // Tags of a group, for one, are created when the plan says that they are updated.
            case CREATE, UPDATE -> change.action() != Action.DELETE;
        };
        if (!fits) {
            world.monitor.fail("what is done is in the plan", event + ", but the plan says " + change);
        }
    }

    /** How it ended, if it may end so. */
    private Outcome judged(Throwable error, Disturbance disturbance) {
        return judged(error, disturbance, true);
    }

    /** @param alone whether all changing calls are those of the apply that has ended so */
    private Outcome judged(Throwable error, Disturbance disturbance, boolean alone) {
        if (error instanceof InvariantBroken broken) {
            throw broken;
        }
        world.monitor.check();
        if (error instanceof VirtualTime.SimulatedCrash) {
            world.restart();
            return new Outcome(Result.CRASHED, Optional.of(error));
        }
        if (!(error instanceof OsmoBackendException)) {
            throw new InvariantBroken("errors are ours", Steps.line(error), error);
        }
        if (isRefusal(error)) {
            if (alone && world.monitor.changes() > 0) {
                throw new InvariantBroken(
                        "a refusal changes nothing",
                        world.monitor.changes() + " changing calls before " + Steps.line(error),
                        error);
            }
            return new Outcome(Result.REFUSED, Optional.of(error));
        }
        if (disturbance.isNone() && !world.underWay && !isHeldByWork(error)) {
            throw new InvariantBroken("succeeds without faults", Steps.line(error), error);
        }
        return new Outcome(Result.FAILED, Optional.of(error));
    }

    /** Pods that can run nowhere else keep the pool that they run on, as their budget says. */
    private boolean isHeldByWork(Throwable error) {
        return error instanceof PartialApplyException partial
                && !world.workloads.isEmpty()
                && partial.outcomes().stream()
                        .filter(outcome -> outcome.status() == ResourceOutcome.Status.FAILED)
                        .allMatch(outcome ->
                                world.workloads.mayHold(outcome.resource().toString()));
    }

    static boolean isRefusal(Throwable error) {
        return error instanceof GuardedException
                || error instanceof DisruptionNotAllowedException
                || error instanceof StalePlanException
                || error instanceof UnsupportedChangeException
                || error instanceof OwnershipConflictException
                || error instanceof InvalidSpecException;
    }

    /** One apply makes the next plan empty; after a destruction the account is as before. */
    private void checkConverged(Plan plan) {
        if (plan.kind() == Plan.Kind.DESTROY) {
            if (world.undos.isEmpty()) {
                // Or else tags may be missing by which alone we know what is ours.
                world.checkNothingLeft();
            }
            List<?> leftovers = world.osmo().leftovers(world.ref);
            if (leftovers.stream().anyMatch(left -> !isKept(String.valueOf(left)))) {
                throw new InvariantBroken("nothing is left after a destruction", "leftovers say " + leftovers);
            }
            world.workloads.forget();
            world.monitor.settled();
            return;
        }
        Plan next = plan(world.osmo(), osmo -> osmo.plan(plan.spec().orElseThrow()));
        if (!next.isEmpty()) {
            throw new InvariantBroken("one apply makes the plan empty", next.toString());
        }
        world.monitor.settled();
    }

    private boolean isKept(String leftover) {
        return world.under.mayRemain("leftover", leftover);
    }
}
