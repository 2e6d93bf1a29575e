// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.permission;

import io.osmo.backend.plan.Plan;

/** What a caller does with a backend. Each use needs different permissions in the cloud. */
public enum Use {
    /** Plan, preflight, list and get: reads only. */
    PLAN("plan"),
    /** Create a backend or resume an interrupted apply, including the deletion of duplicates after lost responses. */
    APPLY("apply"),
    /** Change an existing backend: everything that an apply of another spec does, except deleting what contains data. */
    UPKEEP("upkeep"),
    /** Verify: the reads of {@link #PLAN}, and the facts that checks need. */
    VERIFY("verify"),
    /** Destroy the backend, including what its cluster has left behind. */
    DESTROY("destroy");

    private final String word;

    Use(String word) {
        this.word = word;
    }

    /** The use that covers applying a plan. */
    public static Use of(Plan plan) {
        return plan.kind() == Plan.Kind.DESTROY ? DESTROY : APPLY;
    }

    /** The name in lower case, as in names of policies and in the shell. */
    public String word() {
        return word;
    }
}
