// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lives through one history and checks the invariants after every step. */
final class Simulation {
    /** To take something back: ten hours, since the replacement of nodes waits for an hour for each of them. */
    private static final int MOST_ATTEMPTS = 60;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(10);

    private final World world;
    private final Applier applier;
    private final boolean laterEdits;
    private @Nullable String stored;

    private Simulation(World world, History history) {
        this.world = world;
        this.laterEdits = history.hasLaterEdits();
        this.applier = new Applier(world);
    }

    /**
     * How a history failed.
     *
     * @param log its steps, each a line
     */
    record Failure(History history, InvariantBroken broken, List<String> log) {
        @Override
        public String toString() {
            return "seed " + history.seed() + ", " + broken.getMessage() + "\n  " + String.join("\n  ", log);
        }
    }

    /** Runs a history; empty when all invariants held. */
    static Optional<Failure> run(History history, Clouds.Cloud cloud, Function<EmulatedCloud, CloudProvider> change) {
        return run(history, cloud, change, log -> {});
    }

    /** @param told gets the log at the end */
    static Optional<Failure> run(
            History history,
            Clouds.Cloud cloud,
            Function<EmulatedCloud, CloudProvider> change,
            Consumer<List<String>> told) {
        try (World world = new World(cloud, change, history)) {
            Simulation simulation = new Simulation(world, history);
            try {
                history.steps().forEach(simulation::step);
                simulation.epilogue(history.ending());
                return Optional.empty();
            } catch (InvariantBroken broken) {
                return Optional.of(new Failure(history, broken, List.copyOf(world.log)));
            } catch (RuntimeException unexpected) {
                InvariantBroken broken = new InvariantBroken("errors are ours", Steps.line(unexpected), unexpected);
                return Optional.of(new Failure(history, broken, List.copyOf(world.log)));
            } finally {
                told.accept(List.copyOf(world.log));
            }
        }
    }

    private void step(History.Step step) {
        Random random = new Random(step.seed());
        String name = step.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (Exclusions.isExcluded(world.ref.provider(), name)) {
            return;
        }
        world.note(name + ": ");
        switch (step.kind()) {
            case CHANGE -> change(step, random, Disturbance.NONE);
            case STRUCK_CHANGE -> change(step, random, Disturbance.fault(world.under.facts(), random));
            case CANCELLED_CHANGE -> change(step, random, Disturbance.cancel(random));
            case APPLY -> applyDraft(random, Disturbance.NONE);
            case STORE_PLAN -> store();
            case APPLY_STORED -> applyStored(random);
            case TWO_APPLIERS -> twoAppliers(step, random);
            case DESTROY -> destroy(random, Disturbance.NONE);
            case STRUCK_DESTROY ->
                destroy(
                        random,
                        random.nextBoolean()
                                ? Disturbance.cancel(random)
                                : Disturbance.fault(world.under.facts(), random));
            case BY_HAND -> byHand(random);
            case WORKLOAD -> workload(random);
            case TIME -> passTime(random);
        }
        if (step.kind() != StepKind.BY_HAND && step.kind() != StepKind.TIME) {
            // These two have looked already.
            world.checkNeighbors();
        }
        world.monitor.check();
    }

    private void edit(History.Step step, Random random) {
        world.add(SpecEdits.edit(world.draft, random));
        if (laterEdits) {
            world.add(SpecEdits.later(world.draft, new Random(~step.seed())));
        }
    }

    private void workload(Random random) {
        world.add(world.workloads.start(world.poolsWithNodes(), random));
        if (laterEdits && world.hasSystemNode()) {
            world.add(", " + world.workloads.startAddOn());
        }
    }

    private void change(History.Step step, Random random, Disturbance disturbance) {
        edit(step, random);
        applyDraft(random, disturbance);
    }

    private void applyDraft(Random random, Disturbance disturbance) {
        disturbed(disturbance);
        Optional<BackendSpec> spec = draftSpec();
        if (spec.isEmpty()) {
            return;
        }
        Applier.Outcome outcome =
                applier.run(osmo -> osmo.plan(spec.get()), allowed(random), disturbance, random.nextInt(4) == 0);
        ended(outcome);
    }

    /** The spec as edited; what cannot be is edited back. */
    private Optional<BackendSpec> draftSpec() {
        try {
            return Optional.of(world.draft.spec());
        } catch (InvalidSpecException wrong) {
            world.add(" → edited back: " + Steps.line(wrong));
            world.draft = world.accepted.copy();
            return Optional.empty();
        }
    }

    private void ended(Applier.Outcome outcome) {
        world.add(" → " + outcome.result()
                + outcome.error().map(e -> " " + Steps.line(e)).orElse(""));
        if (outcome.is(UnsupportedChangeException.class) || outcome.is(InvalidSpecException.class)) {
            world.draft = world.accepted.copy();
        } else if (outcome.isDone() || world.monitor.changes() > 0 || outcome.is(DisruptionNotAllowedException.class)) {
            world.accepted = world.draft.copy();
        }
    }

    private void disturbed(Disturbance disturbance) {
        if (!disturbance.isNone()) {
            world.add(", " + disturbance.text());
        }
    }

    private static Disruption allowed(Random random) {
        int dice = random.nextInt(20);
        return dice < 3
                ? Disruption.NONE
                : dice < 10 ? Disruption.ROLLING : dice < 17 ? Disruption.OUTAGE : Disruption.DATA;
    }

    private void store() {
        Optional<BackendSpec> spec = draftSpec();
        if (spec.isEmpty()) {
            return;
        }
        try {
            stored = applier.plan(world.osmo(), osmo -> osmo.plan(spec.get())).toJson();
            world.add("stored");
        } catch (OsmoBackendException refused) {
            if (!Applier.isRefusal(refused)) {
                throw new InvariantBroken("succeeds without faults", Steps.line(refused), refused);
            }
            world.add(" → REFUSED " + Steps.line(refused));
            world.draft = world.accepted.copy();
        }
    }

    private void applyStored(Random random) {
        String json = stored;
        if (json == null) {
            world.add("none");
            return;
        }
        Plan plan = Plan.fromJson(json);
        world.add(plan.changes().size() + " changes");
        ended(applier.apply(plan, Applier.options(allowed(random)), Disturbance.NONE));
    }

    private void twoAppliers(History.Step step, Random random) {
        edit(step, random);
        Optional<BackendSpec> spec = draftSpec();
        if (spec.isEmpty()) {
            return;
        }
        Plan plan;
        try {
            plan = applier.plan(world.osmo(), osmo -> osmo.plan(spec.get()));
        } catch (OsmoBackendException refused) {
            world.add(" → REFUSED " + Steps.line(refused));
            world.draft = world.accepted.copy();
            return;
        }
        Applier.Outcome outcome =
                applier.applyAll(List.of(plan, plan), Applier.options(allowed(random)), Disturbance.NONE);
        ended(outcome);
    }

    private void destroy(Random random, Disturbance disturbance) {
        disturbed(disturbance);
        ended(applier.run(
                osmo -> osmo.planDestroy(world.ref), Disruption.ROLLING, disturbance, random.nextInt(4) == 0));
    }

    private void byHand(Random random) {
        List<CloudUnderTest.ByHand> all = world.under.byHand();
        CloudUnderTest.ByHand what = all.get(random.nextInt(all.size()));
        if (Exclusions.isExcluded(world.ref.provider(), what.name())) {
            world.add("left out: " + what.name());
            return;
        }
        Map<String, Object> before = world.under.account();
        Optional<CloudUnderTest.Deed> deed = what.action().tryOn(World.NAME, random);
        if (deed.isEmpty()) {
            world.add("nothing to do");
            return;
        }
        world.add(deed.get().text());
        world.forgetChangedByHand(deed.get().text());
        world.monitor.byHand();
        deed.get().undo().ifPresent(world.undos::add);
        Optional<String> planted = deed.get().planted();
        if (planted.isPresent() || random.nextInt(3) > 0) {
            settle();
            planted.ifPresent(name -> world.addForeign(before, name));
        } else {
            world.add(" (under way)");
            world.underWay = true;
        }
        world.rememberForeign();
    }

    /** What somebody has begun ends. */
    private void settle() {
        world.time.advance(Duration.ofMinutes(45));
        world.under.cloud().inventory();
        world.monitor.byHand();
        world.underWay = false;
    }

    private void passTime(Random random) {
        Duration time = random.nextBoolean()
                ? Duration.ofHours(1 + random.nextInt(12))
                : Duration.ofDays(1 + random.nextInt(6));
        world.time.advance(time);
        world.under.cloud().inventory();
        world.monitor.look("a time when nobody did anything");
        world.underWay = false;
        world.add(Steps.text(time));
        world.rememberForeign();
    }

    /** Whatever has happened: without faults one apply converges, a destruction leaves nothing, or both and the backend is rebuilt. */
    private void epilogue(History.Ending ending) {
        if (world.underWay) {
            settle();
        }
        world.undos.forEach(this::takeBack);
        world.workloads.end();
        world.time.advance(Duration.ofHours(2));
        settle();
        world.forgetForeign();
        world.draft.protection = false;
        Optional<Plan> destruction = ending == History.Ending.DESTROYED
                ? Optional.of(applier.plan(world.osmo(), osmo -> osmo.planDestroy(world.ref)))
                        .filter(plan -> plan.guards().isEmpty())
                : Optional.empty();
        if (destruction.isEmpty()) {
            // What protects it is taken off by an apply.
            converge();
        }
        if (ending == History.Ending.CONVERGES) {
            return;
        }
        must("destroy", osmo -> destruction.orElseGet(() -> osmo.planDestroy(world.ref)));
        if (ending == History.Ending.BOTH
                && world.log.size() % 3 == 0
                && !Exclusions.isExcluded(world.ref.provider(), "rebuild")) {
            must("rebuild", osmo -> osmo.plan(world.draft.spec()));
            must("destroy again", osmo -> osmo.planDestroy(world.ref));
        }
    }

    /** While a cloud is still busy with what an apply had begun that ended early, it refuses people too: they try again. */
    private void takeBack(CloudUnderTest.Undo undo) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (undo.attempt()) {
                return;
            }
            world.time.advance(BETWEEN_ATTEMPTS);
        }
        throw new IllegalStateException("what somebody has done cannot be taken back");
    }

    private void converge() {
        Optional<Plan> plan = plan();
        if (plan.isEmpty()) {
            world.draft = world.accepted.copy();
            world.draft.protection = false;
        }
        must("converge", osmo -> plan.orElseGet(() -> osmo.plan(world.draft.spec())));
    }

    /** Empty if the spec is refused. */
    private Optional<Plan> plan() {
        try {
            return Optional.of(applier.plan(world.osmo(), osmo -> osmo.plan(world.draft.spec())));
        } catch (InvalidSpecException | UnsupportedChangeException | OwnershipConflictException refused) {
            return Optional.empty();
        }
    }

    private void must(String what, Function<OsmoBackends, Plan> planner) {
        world.note("in the end, " + what + ":");
        Applier.Outcome outcome = applier.run(planner, Disruption.DATA, Disturbance.NONE, false);
        ended(outcome);
        if (!outcome.isDone()) {
            throw new InvariantBroken(
                    "can always go on",
                    what + ": " + outcome.error().map(Steps::line).orElse("not all was had"));
        }
        world.checkNeighbors();
        world.monitor.check();
    }
}
