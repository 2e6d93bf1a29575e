// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

/** What OSMO leaves of a node for the tasks of a workflow. */
public final class UsableCapacity {
    /** OSMO's own container in each task asks for one CPU by default. */
    private static final long CONTROL = 1;

    /** And for one GiB of ephemeral storage. */
    private static final long CONTROL_STORAGE = 1L << 30;

    private UsableCapacity() {}

    /**
     * Whole CPUs for tasks.
     *
     * @param allocatableMillis what the node offers, in thousandths; OSMO drops the fraction
     * @param othersMillis what pods that are no workflows have asked for, in thousandths; OSMO rounds it up
     * @return at least 0
     */
    public static long cpus(long allocatableMillis, long othersMillis) {
        long others = -Math.floorDiv(-othersMillis, 1000L);
        return Math.max(0, allocatableMillis / 1000 - CONTROL - others);
    }

    /**
     * Bytes of ephemeral storage for tasks.
     *
     * @param allocatable what the node offers
     * @param others what pods that are no workflows have asked for
     * @return at least 0
     */
    public static long storage(long allocatable, long others) {
        return Math.max(0, allocatable - CONTROL_STORAGE - others);
    }

    /** Whether a task that asks for OSMO's default of 1 GiB is let in: it must be less than what is left, not equal. */
    public static boolean takesDefaultTask(long storage) {
        return storage > CONTROL_STORAGE;
    }
}
