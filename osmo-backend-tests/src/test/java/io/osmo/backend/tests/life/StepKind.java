// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.util.Random;

/** What may happen in a history; the number is how often, relative to the others. */
enum StepKind {
    /** The spec is edited, planned and applied. */
    CHANGE(26),
    /** The same, and a call fails, is refused, is slow, loses its response, or ends the process. */
    STRUCK_CHANGE(24),
    /** The same, and the apply is cancelled at some moment. */
    CANCELLED_CHANGE(8),
    /** The spec is applied as it is. */
    APPLY(6),
    /** A plan is made and stored. */
    STORE_PLAN(4),
    /** The stored plan is applied. */
    APPLY_STORED(6),
    /** Two processes apply at the same time. */
    TWO_APPLIERS(4),
    /** The backend is destroyed, if nothing protects it. */
    DESTROY(4),
    /** The same, and a call fails or the apply is cancelled. */
    STRUCK_DESTROY(4),
    /** Somebody changes something by hand. */
    BY_HAND(12),
    /** Pods with a budget start on a pool. */
    WORKLOAD(10),
    /** Hours or days go by. */
    TIME(6);

    private static final int SUM =
            java.util.Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

    private final int weight;

    StepKind(int weight) {
        this.weight = weight;
    }

    static StepKind any(Random random) {
        int left = random.nextInt(SUM);
        for (StepKind kind : values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
