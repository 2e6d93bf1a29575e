// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What goes wrong, by rule. Safe for concurrent use.
 *
 * <pre>{@code
 * aws.faults().onCall("eks:CreateCluster").nth(1).loseResponse();
 * aws.faults().onCall("ec2:*").times(3).throttle();
 * aws.faults().onCall("iam:CreateRole").deny();
 * aws.faults().stockOut("p5.48xlarge", "us-west-2b");
 * }</pre>
 */
public final class Faults {
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> stockOuts = new HashSet<>();

    private final VirtualTime time;

    Faults(VirtualTime time) {
        this.time = time;
    }

    /**
     * Begins a rule for calls of one operation.
     *
     * @param operation such as {@code eks:CreateCluster}; {@code *} stands for any characters
     */
    public Rule onCall(String operation) {
        Pattern pattern = Pattern.compile(Pattern.quote(operation).replace("*", "\\E.*\\Q"));
        return new Rule(call -> pattern.matcher(call.operation()).matches());
    }

    /** Begins a rule for calls that a condition picks, such as {@code call -> !call.reads()}. */
    public Rule onCalls(Predicate<Call> condition) {
        return new Rule(condition);
    }

    /** From now on no instance of this type can be had in this zone. */
    public synchronized void stockOut(String instanceType, String zone) {
        stockOuts.add(instanceType + "@" + zone);
    }

    /** The machines are back. */
    public synchronized void restock(String instanceType, String zone) {
        stockOuts.remove(instanceType + "@" + zone);
    }

    synchronized boolean isStockedOut(String instanceType, String zone) {
        return stockOuts.contains(instanceType + "@" + zone);
    }

    /** Forgets all rules and stock-outs. */
    public synchronized void clear() {
        rules.clear();
        stockOuts.clear();
    }

    synchronized Decision decide(Call call) {
        for (Rule rule : rules) {
            if (rule.fires(call)) {
                return rule.decision;
            }
        }
        return Decision.NONE;
    }

    private synchronized void add(Rule rule) {
        rules.add(rule);
    }

    /** Which calls of those that match; by default all of them. Ended by one of the verbs, which puts it into force. */
    public final class Rule {
        private final Predicate<Call> condition;
        private int first = 1;
        private int last = Integer.MAX_VALUE;
        private int seen;
        private Decision decision = Decision.NONE;

        private Rule(Predicate<Call> condition) {
            this.condition = condition;
        }

        /** Only the n-th matching call, counted from 1 and from when the rule is in force. */
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

        /** The service answers that there were too many calls; nothing happens. */
        public void throttle() {
            refuse(400, "ThrottlingException", "Rate exceeded");
        }

        /** The service answers 503; nothing happens. */
        public void failWith5xx() {
            refuse(503, "ServiceUnavailable", "Service is unable to handle request.");
        }

        /** The call takes effect and the connection breaks before the response. */
        public void loseResponse() {
            after(() -> SdkClientException.create("Unable to execute HTTP request: Connection reset"));
        }

        /** The caller may not do that. */
        public void deny() {
            enforce(new Decision(
                    call -> {
                        throw AwsErrors.of(
                                call.service(),
                                403,
                                call.service().equals("ec2") ? "UnauthorizedOperation" : "AccessDeniedException",
                                "User is not authorized to perform: " + call.operation());
                    },
                    null));
        }

        /** The service refuses with this status, error code and message; nothing happens. */
        public void refuse(int status, String code, String message) {
            enforce(new Decision(
                    call -> {
                        throw AwsErrors.of(call.service(), status, code, message);
                    },
                    null));
        }

        /** The process dies before the call is sent. */
        public void crashBefore() {
            enforce(new Decision(
                    call -> {
                        throw new VirtualTime.SimulatedCrash("before " + call);
                    },
                    null));
        }

        /** The process dies after the call has taken effect and before it sees the response. */
        public void crashAfter() {
            enforce(new Decision(null, call -> {
                throw new VirtualTime.SimulatedCrash("after " + call);
            }));
        }

        /** The call takes this much longer. */
        public void delay(Duration extra) {
            enforce(new Decision(call -> time.spend(extra), null));
        }

        /** Throws instead of the call: what the service would answer, or an error that ends the emulated process. */
        public void before(Supplier<? extends RuntimeException> failure) {
            enforce(new Decision(
                    call -> {
                        throw failure.get();
                    },
                    null));
        }

        /** Throws after the call has taken effect. */
        public void after(Supplier<? extends RuntimeException> failure) {
            enforce(new Decision(null, call -> {
                throw failure.get();
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
            return seen >= first && seen <= last;
        }
    }

    /** What happens to one call. */
    static final class Decision {
        static final Decision NONE = new Decision(null, null);

        private final @Nullable Consumer<Call> before;
        private final @Nullable Consumer<Call> after;

        private Decision(@Nullable Consumer<Call> before, @Nullable Consumer<Call> after) {
            this.before = before;
            this.after = after;
        }

        void before(Call call) {
            if (before != null) {
                before.accept(call);
            }
        }

        void after(Call call) {
            if (after != null) {
                after.accept(call);
            }
        }
    }
}
