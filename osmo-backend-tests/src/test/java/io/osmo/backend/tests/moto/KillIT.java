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
 * A JVM that is killed between any two calls, or during one, costs nothing: the last one ends where it would have ended.
 *
 * <p>A round kills some JVMs, one after the other: each goes on from what the one before has left, and the last one is not killed.
 */
class KillIT {
    private static final String ENDPOINT = "aws.endpointUrl";
    private static final String APPLY = "apply";
    private static final String DESTROY = "destroy";

    /** Which of the kills of an apply follow each other. Late ones have a round of their own: after a kill, fewer changes are left. */
    private static final List<List<Integer>> APPLY_KILLS =
            List.of(List.of(0, 2, 4, 6), List.of(1, 3, 5, 7), List.of(8), List.of(9));

    private static final List<List<Integer>> DESTROY_KILLS = List.of(List.of(0, 2), List.of(1), List.of(3), List.of());

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private MotoClients aws;

    /** Keys cannot be deleted but by waiting: those of backends that were destroyed. */
    private List<String> dyingKeys = List.of();

    @BeforeEach
    void open() {
        aws = MOTO.clients();
    }

    @TestFactory
    Stream<DynamicTest> what_killed_jvms_have_begun_is_finished_by_another_one() {
        List<String> without = Listing.of(aws);
        int creating = undisturbed(APPLY);
        List<String> with = Listing.of(aws);
        int deleting = undisturbed(DESTROY);
        destroyed(without);

        List<DynamicTest> cases = new ArrayList<>();
        for (int round = 0; round < APPLY_KILLS.size(); round++) {
            cases.addAll(round(
                    APPLY,
                    APPLY_KILLS,
                    round,
                    creating,
                    () -> assertThat(Listing.of(aws)).containsExactlyInAnyOrderElementsOf(and(dyingKeys, with))));
            cases.addAll(round(DESTROY, DESTROY_KILLS, round, deleting, () -> destroyed(without)));
        }
        return cases.stream();
    }

    /** Kills from the first change to the last one, in turn before moto sees the request and after it has acted. */
    private List<DynamicTest> round(String what, List<List<Integer>> rounds, int round, int changes, Runnable proof) {
        int last = rounds.stream().mapToInt(List::size).sum() - 1;
        List<DynamicTest> cases = new ArrayList<>();
        int done = 0;
        for (int i : rounds.get(round)) {
            int fatal = 1 + i * (changes - 1) / last;
            Moment moment = Moment.values()[(i + round) / 2 % 2];
            // A JVM counts its own changes.
            int own = fatal - done;
            done = fatal - 1;
            cases.add(DynamicTest.dynamicTest(
                    what + ", at change " + fatal + " of " + changes + ", " + moment, () -> killed(what, own, moment)));
        }
        cases.add(DynamicTest.dynamicTest(what + ", finished", () -> {
            undisturbed(what);
            proof.run();
        }));
        return cases;
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
