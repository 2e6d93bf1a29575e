// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.permission;

import io.osmo.backend.plan.Plan;

/** What a caller does with a backend. Each use needs different permissions in the cloud. */
public enum Use {
    /** Plan, preflight, list and get: reads only. */
    PLAN("plan"),
    /** Create a backend and resume an apply that was cut off, duplicates of lost responses included. */
    APPLY("apply"),
    /** Change a backend that exists: everything that an apply of another spec does, except to delete what holds data. */
    UPKEEP("upkeep"),
    /** Verify: what {@link #PLAN} reads, and the facts that checks need. */
    VERIFY("verify"),
    /** Destroy the backend, with what its cluster has left behind. */
    DESTROY("destroy");

    private final String word;

    Use(String word) {
        this.word = word;
    }

    /** What applying a plan is. */
    public static Use of(Plan plan) {
        return plan.kind() == Plan.Kind.DESTROY ? DESTROY : APPLY;
    }

    /** In lower case, as names of policies and the shell have it. */
    public String word() {
        return word;
    }
}
