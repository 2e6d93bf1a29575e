// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.tests.moto.KillingProxy.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A JVM that is killed between any two calls, or during one, costs nothing: the next one ends where it would have ended.
 *
 * <p>One account lives through all cases, and each starts with what the one before has left: emptying moto takes it longer than a
 * destruction. Only after a failed case is moto emptied.
 */
class KillIT {
    private static final String ENDPOINT = "aws.endpointUrl";
    private static final String APPLY = "apply";
    private static final String DESTROY = "destroy";
    private static final int APPLY_KILLS = 10;
    private static final int DESTROY_KILLS = 4;

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    /** What the last case has left of the backend. */
    private enum Left {
        NOTHING,
        ALL,
        UNKNOWN
    }

    private MotoClients aws;
    private Left left = Left.NOTHING;

    /** Keys cannot be deleted but by waiting: those of backends that were destroyed. */
    private List<String> dyingKeys = List.of();

    @BeforeEach
    void open() {
        aws = MOTO.clients();
    }

    @TestFactory
    Stream<DynamicTest> what_a_killed_jvm_has_begun_is_finished_by_another_one() {
        List<String> without = Listing.of(aws);
        int creating = undisturbed(APPLY);
        List<String> with = Listing.of(aws);
        int deleting = undisturbed(DESTROY);
        destroyed(without);

        List<DynamicTest> cases = new ArrayList<>();
        int destroys = 0;
        for (int i = 0; i < APPLY_KILLS; i++) {
            cases.add(spread(APPLY, i, APPLY_KILLS, creating, (fatal, moment) -> {
                startWith(Left.NOTHING);
                killed(APPLY, fatal, moment);

                undisturbed(APPLY);

                assertThat(Listing.of(aws)).containsExactlyInAnyOrderElementsOf(and(dyingKeys, with));
                left = Left.ALL;
            }));
            if (i == destroys * (APPLY_KILLS - 1) / (DESTROY_KILLS - 1)) {
                cases.add(spread(DESTROY, destroys++, DESTROY_KILLS, deleting, (fatal, moment) -> {
                    startWith(Left.ALL);
                    killed(DESTROY, fatal, moment);

                    undisturbed(DESTROY);

                    destroyed(without);
                    left = Left.NOTHING;
                }));
            }
        }
        return cases.stream();
    }

    /** What happens around a kill. */
    @FunctionalInterface
    private interface Kill {
        void at(int fatal, Moment moment);
    }

    /** Kills from the first change to the last one, in turn before moto sees the request and after it has acted. */
    private static DynamicTest spread(String what, int i, int kills, int changes, Kill kill) {
        int fatal = 1 + i * (changes - 1) / (kills - 1);
        Moment moment = Moment.values()[i % 2];
        return DynamicTest.dynamicTest(
                what + ", at change " + fatal + " of " + changes + ", " + moment, () -> kill.at(fatal, moment));
    }

    private void startWith(Left wanted) {
        if (left == Left.UNKNOWN) {
            MOTO.reset();
            dyingKeys = List.of();
            left = Left.NOTHING;
        }
        if (left != wanted) {
            undisturbed(wanted == Left.ALL ? APPLY : DESTROY);
            dyingKeys = Listing.of(aws).stream().filter(Listing::isDyingKey).toList();
        }
        left = Left.UNKNOWN;
    }

    private void destroyed(List<String> before) {
        List<String> now = Listing.of(aws);
        dyingKeys = now.stream().filter(Listing::isDyingKey).toList();
        assertThat(now).containsExactlyInAnyOrderElementsOf(and(dyingKeys, before));
    }

    private static List<String> and(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * Done by this JVM, which is another one than those that are killed.
     *
     * @return how many requests would change something
     */
    private static int undisturbed(String what) {
        try (KillingProxy proxy = new KillingProxy(MOTO.endpoint(), 0, Moment.BEFORE_THE_EFFECT)) {
            System.setProperty(ENDPOINT, proxy.endpoint().toString());
            OtherJvm.run(what);
            return proxy.changes();
        } finally {
            System.setProperty(ENDPOINT, MOTO.endpoint().toString());
        }
    }

    private static void killed(String what, int fatal, Moment moment) {
        try (KillingProxy proxy = new KillingProxy(MOTO.endpoint(), fatal, moment);
                OtherJvm jvm = proxy.start(what)) {
            assertThat(jvm.exit()).as(jvm::output).isEqualTo(128 + 9);
            assertThat(proxy.killedAt()).isNotEmpty();
        }
    }
}
