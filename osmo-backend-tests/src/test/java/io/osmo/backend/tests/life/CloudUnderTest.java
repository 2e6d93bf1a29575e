// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One emulated cloud of one history, and what differs between clouds: facts, the account as text, what people do by hand. */
interface CloudUnderTest extends AutoCloseable {
    /** Makes a cloud with nothing in it. */
    @FunctionalInterface
    interface Factory {
        CloudUnderTest open(VirtualTime time, CallInspector inspector);
    }

    CloudFacts facts();

    EmulatedCloud cloud();

    /**
     * Everything in the account, in all regions: each object with all that the cloud says of it, by an id that no other object ever
     * has. Read with the cloud's own clients. Objects are compared by {@code equals}, and become text only where that tells of a
     * difference: they never change.
     */
    Map<String, Object> account();

    /** Makes objects that belong to others, with names close to that of our backend. */
    void plantObjects(String backend);

    /** Whether a call deletes a key, a vault, a volume or a disk, or schedules or allows that. */
    boolean endsData(Call call);

    /** Whether an object of its own protects our cluster against deletion now; false where that is a field of the cluster. */
    default boolean isLocked() {
        return false;
    }

    /** Whether something may be left after a destruction, such as a key that waits for its deletion. */
    boolean mayRemain(String id, String text);

    /** What people do by hand to a backend. */
    List<ByHand> byHand();

    /** Something that somebody may do to a backend. */
    record ByHand(String name, Trial action) {}

    /** Does something, if it is possible as things are. */
    @FunctionalInterface
    interface Trial {
        Optional<Deed> tryOn(String backend, Random random);
    }

    /**
     * What somebody has done.
     *
     * @param planted the name of something that it has made and that is not ours; it is part of the ids of all that comes with it
     * @param undo takes it back, where the product cannot or must not; empty where the product has to cope
     */
    record Deed(String text, Optional<String> planted, Optional<Undo> undo) {
        static Deed done(String text) {
            return new Deed(text, Optional.empty(), Optional.empty());
        }
    }

    /** Takes back what somebody has done. */
    @FunctionalInterface
    interface Undo {
        /** Whether there is nothing left to take back; false if the cloud refuses for now. */
        boolean attempt();
    }

    @Override
    void close();
}
