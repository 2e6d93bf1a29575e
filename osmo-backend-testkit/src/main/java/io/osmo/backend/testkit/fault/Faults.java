// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules that inject faults. Safe for concurrent use.
 *
 * <pre>{@code
 * aws.faults().onCall("eks:CreateCluster").nth(1).loseResponse();
 * aws.faults().onCall("ec2:*").times(3).throttle();
 * aws.faults().onCall("iam:CreateRole").deny();
 * aws.faults().stockOut("p5.48xlarge", "us-west-2b");
 * }</pre>
 */
public final class Faults {
    private static final int NEAREST = 5;

    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> stockOuts = new HashSet<>();

    private final VirtualTime time;
    private final Refusals refusals;
    private final Supplier<? extends Collection<String>> operations;

    private @Nullable MachineRefusal machineRefusal;

    /** Stock-outs that have had an effect. */
    private final Set<String> noticed = new HashSet<>();

    /**
     * For emulators.
     *
     * @param refusals creates the exceptions of the cloud
     * @param operations names of all operations of the cloud, in which {@code *} matches any characters, such as names in paths; called
     *     when a rule is started
     */
    public Faults(VirtualTime time, Refusals refusals, Supplier<? extends Collection<String>> operations) {
        this.time = time;
        this.refusals = refusals;
        this.operations = operations;
    }

    /** The names of the rules, in the order in which they were added. */
    @Override
    public synchronized String toString() {
        return "Faults" + rules.stream().map(rule -> rule.name).toList();
    }

    /**
     * Starts a rule for calls of one operation.
     *
     * @param name such as {@code eks:CreateCluster}; {@code *} matches any characters
     * @throws IllegalArgumentException if the cloud has no such operation, so that the rule would never fire
     */
    public Rule onCall(String name) {
        Collection<String> known = operations.get();
        if (known.stream().noneMatch(operation -> Wildcards.overlap(name, operation))) {
            throw new IllegalArgumentException("the emulated cloud has no operation '" + name + "'; the nearest are "
                    + known.stream()
                            .sorted(Comparator.comparingInt((String operation) -> -Wildcards.likeness(name, operation))
                                    .thenComparing(Comparator.naturalOrder()))
                            .limit(NEAREST)
                            .collect(Collectors.joining(", ")));
        }
        Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
        return new Rule(name, call -> pattern.matcher(call.operation()).matches());
    }

    /** Starts a rule for calls that match a condition, such as {@code call -> !call.reads()}. */
    public Rule onCalls(Predicate<Call> condition) {
        return new Rule("a condition", condition);
    }

    /**
     * The rules that have never applied, and the stock-outs that have had no effect, one line each: what a test does not test. A test
     * with faults should end with {@code assertThat(cloud.faults().unused()).isEmpty()}.
     */
    public synchronized List<String> unused() {
        return Stream.concat(
                        rules.stream().filter(rule -> !rule.fired).map(Rule::toString),
                        stockOuts.stream()
                                .filter(key -> !noticed.contains(key))
                                .sorted()
                                .map(key -> "stock-out of " + key.replace("@", " in ")))
                .toList();
    }

    /** From now on the zone has no capacity for this instance type. */
    public synchronized void stockOut(String instanceType, String zone) {
        stockOuts.add(instanceType + "@" + zone);
    }

    /** The zone has capacity again. */
    public synchronized void restock(String instanceType, String zone) {
        stockOuts.remove(instanceType + "@" + zone);
        noticed.remove(instanceType + "@" + zone);
    }

    /** For emulators: whether a zone has no capacity for an instance type. */
    public synchronized boolean stockedOut(String instanceType, String zone) {
        boolean out = stockOuts.contains(instanceType + "@" + zone);
        if (out) {
            noticed.add(instanceType + "@" + zone);
        }
        return out;
    }

    /**
     * From now on the cloud refuses each new machine, as for a policy of the organization or of the subscription.
     *
     * @param code in the cloud's spelling, such as {@code UnauthorizedOperation}
     */
    public synchronized void refuseMachines(String code, String text) {
        machineRefusal = new MachineRefusal(code, text);
    }

    /** New machines are no longer refused. */
    public synchronized void allowMachines() {
        machineRefusal = null;
    }

    /** For emulators: the refusal of each new machine; empty if it is not refused. */
    public synchronized Optional<MachineRefusal> machineRefusal() {
        return Optional.ofNullable(machineRefusal);
    }

    /** The refusal of a new machine. */
    public record MachineRefusal(String code, String text) {}

    /** Forgets all rules, stock-outs and refusals of machines. */
    public synchronized void clear() {
        machineRefusal = null;
        rules.clear();
        stockOuts.clear();
        noticed.clear();
    }

    /** For emulators: what happens to this call. Each rule up to the one that applies counts it. */
    public synchronized Decision decide(Call call) {
        for (Rule rule : rules) {
            if (rule.fires(call)) {
                return rule.decision;
            }
        }
        return new Decision(null, null);
    }

    private synchronized void add(Rule rule) {
        rules.add(rule);
    }

    /** Selects calls among those that match; default: all. One of the methods for faults completes the rule, which then is in force. */
    public final class Rule {
        private final String name;
        private final Predicate<Call> condition;
        private boolean fired;
        private int first = 1;
        private int last = Integer.MAX_VALUE;
        private int seen;
        private Decision decision = new Decision(null, null);

        private Rule(String name, Predicate<Call> condition) {
            this.name = name;
            this.condition = condition;
        }

        /** Which calls it is for. */
        @Override
        public String toString() {
            if (last == Integer.MAX_VALUE) {
                return name;
            }
            return name + (first == last ? ", call " + first : ", calls up to " + last);
        }

        /** Only the n-th matching call, from 1, since the rule is in force. */
        public Rule nth(int n) {
            first = n;
            last = n;
            return this;
        }

        /** Only the first {@code count} matching calls. */
        public Rule times(int count) {
            last = count;
            return this;
        }

        /** The service throttles the call; it has no effect. */
        public void throttle() {
            beforeCall(refusals::throttled);
        }

        /** The service answers 503; the call has no effect. */
        public void failWith5xx() {
            beforeCall(refusals::unavailable);
        }

        /** The call takes effect and the connection breaks before the response. */
        public void loseResponse() {
            afterCall(refusals::disconnected);
        }

        /** The caller lacks the permission. */
        public void deny() {
            beforeCall(refusals::denied);
        }

        /** The service refuses with this status, error code and message; the call has no effect. */
        public void refuse(int status, String code, String message) {
            beforeCall(call -> refusals.refused(call, status, code, message));
        }

        /** The process crashes before the call is sent. */
        public void crashBefore() {
            enforce(new Decision(
                    call -> {
                        throw new VirtualTime.SimulatedCrash("before " + call);
                    },
                    null));
        }

        /** The process crashes after the call has taken effect, before it gets the response. */
        public void crashAfter() {
            enforce(new Decision(null, call -> {
                throw new VirtualTime.SimulatedCrash("after " + call);
            }));
        }

        /** The call takes this much longer. */
        public void delay(Duration extra) {
            enforce(new Decision(call -> time.spend(extra), null));
        }

        /** Throws this instead of making the call: what the service would answer, or an error that ends the emulated process. */
        public void before(Supplier<? extends RuntimeException> failure) {
            beforeCall(call -> failure.get());
        }

        /** Throws after the call has taken effect. */
        public void after(Supplier<? extends RuntimeException> failure) {
            afterCall(call -> failure.get());
        }

        private void beforeCall(Function<Call, ? extends RuntimeException> failure) {
            enforce(new Decision(
                    call -> {
                        throw failure.apply(call);
                    },
                    null));
        }

        private void afterCall(Function<Call, ? extends RuntimeException> failure) {
            enforce(new Decision(null, call -> {
                throw failure.apply(call);
            }));
        }

        private void enforce(Decision what) {
            decision = what;
            add(this);
        }

        private boolean fires(Call call) {
            if (!condition.test(call)) {
                return false;
            }
            seen++;
            boolean fires = seen >= first && seen <= last;
            fired |= fires;
            return fires;
        }
    }

    /** For emulators: what happens to one call. */
    public final class Decision {
        private final @Nullable Consumer<Call> before;
        private final @Nullable Consumer<Call> after;

        private Decision(@Nullable Consumer<Call> before, @Nullable Consumer<Call> after) {
            this.before = before;
            this.after = after;
        }

        /** Whether it does something before the call has an effect, and after that. */
        @Override
        public String toString() {
            return "Decision[before=" + (before != null) + ", after=" + (after != null) + "]";
        }

        /** Run this before the call takes effect; throws if it must have none. */
        public void before(Call call) {
            if (before != null) {
                before.accept(call);
            }
        }

        /** Run this after the call has taken effect; throws if its response is lost. */
        public void after(Call call) {
            if (after != null) {
                after.accept(call);
            }
        }
    }
}
