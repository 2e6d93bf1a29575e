// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.contract;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spi.VirtualTime;
import java.util.List;

/** An emulated cloud as {@link ProviderContract} needs it. */
public interface ContractCloud extends AutoCloseable {
    /** What may happen to one call. */
    enum Fault {
        CRASH_BEFORE,
        CRASH_AFTER,
        LOST_RESPONSE,
        UNAVAILABLE,
        THROTTLED
    }

    VirtualTime time();

    /** A new entry point, as a new process makes one. */
    OsmoBackends open();

    /** What stands, in lines that do not depend on ids and times, sorted. */
    List<String> inventory();

    /** Forgets the calls so far. */
    void forgetCalls();

    /** Calls since {@link #forgetCalls()} that do more than read. */
    int changes();

    /** Calls since {@link #forgetCalls()} that the service offers no list for, beside those that it does. */
    int singleReads();

    /**
     * Calls since {@link #forgetCalls()} that read what the cloud sells, such as machine types, and not what stands; a session
     * may remember the answers.
     */
    default int catalogueReads() {
        return 0;
    }

    /** Calls since {@link #forgetCalls()}. */
    int calls();

    /** Lets this happen to the n-th call from now on, counted from 1, that does more than read. */
    void strike(int n, Fault fault);

    /** Ends all faults. */
    void heal();

    @Override
    void close();
}
