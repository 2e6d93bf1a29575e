// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.moto;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.moto.KillingProxy.Moment;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A JVM that is killed between any two calls, or during one, costs nothing: the next one ends where it would have ended. */
class KillIT {
    private static final int KILLS_OF_AN_APPLY = 10;
    private static final int KILLS_OF_A_DESTROY = 4;

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private MotoClients aws;

    @BeforeEach
    void open() {
        aws = MOTO.clients();
    }

    @TestFactory
    Stream<DynamicTest> an_apply_that_is_killed_is_finished_by_another_jvm() {
        int changes = undisturbed("apply");
        List<String> expected = Listing.of(aws);

        return IntStream.range(0, KILLS_OF_AN_APPLY).mapToObj(i -> {
            int fatal = spread(i, KILLS_OF_AN_APPLY, changes);
            Moment moment = Moment.values()[i % 2];
            return DynamicTest.dynamicTest("at change " + fatal + " of " + changes + ", " + moment, () -> {
                MOTO.reset();
                killed("apply", fatal, moment);

                undisturbed("apply");

                assertThat(Listing.of(aws)).isEqualTo(expected);
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> a_destroy_that_is_killed_is_finished_by_another_jvm() {
        List<String> before = Listing.of(aws);
        undisturbed("apply");
        int changes = undisturbed("destroy");
        assertThat(Listing.of(aws))
                .filteredOn(line -> !Listing.isDyingKey(line))
                .isEqualTo(before);

        return IntStream.range(0, KILLS_OF_A_DESTROY).mapToObj(i -> {
            int fatal = spread(i, KILLS_OF_A_DESTROY, changes);
            Moment moment = Moment.values()[i % 2];
            return DynamicTest.dynamicTest("at change " + fatal + " of " + changes + ", " + moment, () -> {
                MOTO.reset();
                undisturbed("apply");
                killed("destroy", fatal, moment);

                undisturbed("destroy");

                assertThat(Listing.of(aws))
                        .filteredOn(line -> !Listing.isDyingKey(line))
                        .isEqualTo(before);
            });
        });
    }

    /** From the first change to the last one. */
    private static int spread(int i, int of, int changes) {
        return 1 + i * (changes - 1) / (of - 1);
    }

    /** @return how many requests would change something */
    private static int undisturbed(String what) {
        try (KillingProxy proxy = new KillingProxy(MOTO.endpoint(), 0, Moment.BEFORE_THE_EFFECT);
                OtherJvm jvm = proxy.start(what)) {
            assertThat(jvm.exit()).as(jvm::output).isZero();
            return proxy.changes();
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
