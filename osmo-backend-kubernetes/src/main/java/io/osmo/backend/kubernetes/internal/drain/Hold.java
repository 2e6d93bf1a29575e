// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

/** Why a pod is not evicted. */
enum Hold {
    /** It can be evicted now. */
    NONE,
    /** Its PodDisruptionBudget allows no disruption at the moment. */
    BUDGET,
    /** The eviction API refuses pods that more than one PodDisruptionBudget covers. */
    SEVERAL_BUDGETS,
    /** Nothing would create it again, so it may finish. */
    NO_CONTROLLER,
    /** It is terminating. */
    ENDING
}
