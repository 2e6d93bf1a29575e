// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

/** What is left of a node for the tasks of a workflow, as OSMO counts. */
public final class UsableCapacity {
    /** OSMO's own container in each task requests one CPU by default. */
    private static final long CONTROL = 1;

    /** And one GiB of ephemeral storage. */
    private static final long CONTROL_STORAGE = 1L << 30;

    private UsableCapacity() {}

    /**
     * Whole CPUs for tasks.
     *
     * @param allocatableMillis allocatable CPU of the node, in thousandths; OSMO drops the fraction
     * @param othersMillis requests of pods other than workflows, in thousandths; OSMO rounds them up
     * @return at least 0
     */
    public static long cpus(long allocatableMillis, long othersMillis) {
        long others = -Math.floorDiv(-othersMillis, 1000L);
        return Math.max(0, allocatableMillis / 1000 - CONTROL - others);
    }

    /**
     * Bytes of ephemeral storage for tasks.
     *
     * @param allocatable allocatable storage of the node
     * @param others requests of pods other than workflows
     * @return at least 0
     */
    public static long storage(long allocatable, long others) {
        return Math.max(0, allocatable - CONTROL_STORAGE - others);
    }

    /** Whether a task with OSMO's default request of 1 GiB is admitted: the request must be less than what is left, not equal. */
    public static boolean takesDefaultTask(long storage) {
        return storage > CONTROL_STORAGE;
    }
}
