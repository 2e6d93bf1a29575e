// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.tests.moto.KillingProxy.Moment;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A JVM that is killed between any two calls, or during one, costs nothing: the next one ends where it would have ended. */
abstract class Kills {
    private static final String ENDPOINT = "aws.endpointUrl";

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    MotoClients aws;

    @BeforeEach
    void open() {
        aws = MOTO.clients();
    }

    /** What happens around a kill. */
    @FunctionalInterface
    interface Kill {
        void at(int fatal, Moment moment);
    }

    /** Kills from the first change to the last one, in turn before moto sees the request and after it has acted; moto is empty. */
    static Stream<DynamicTest> spread(int kills, int changes, Kill kill) {
        return IntStream.range(0, kills).mapToObj(i -> {
            int fatal = 1 + i * (changes - 1) / (kills - 1);
            Moment moment = Moment.values()[i % 2];
            return DynamicTest.dynamicTest("at change " + fatal + " of " + changes + ", " + moment, () -> {
                MOTO.reset();
                kill.at(fatal, moment);
            });
        });
    }

    /**
     * Done by this JVM, which is another one than those that are killed.
     *
     * @return how many requests would change something
     */
    static int undisturbed(String what) {
        try (KillingProxy proxy = new KillingProxy(MOTO.endpoint(), 0, Moment.BEFORE_THE_EFFECT)) {
            System.setProperty(ENDPOINT, proxy.endpoint().toString());
            OtherJvm.run(what);
            return proxy.changes();
        } finally {
            System.setProperty(ENDPOINT, MOTO.endpoint().toString());
        }
    }

    static void killed(String what, int fatal, Moment moment) {
        try (KillingProxy proxy = new KillingProxy(MOTO.endpoint(), fatal, moment);
                OtherJvm jvm = proxy.start(what)) {
            assertThat(jvm.exit()).as(jvm::output).isEqualTo(128 + 9);
            assertThat(proxy.killedAt()).isNotEmpty();
        }
    }
}
