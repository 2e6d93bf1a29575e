// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import java.util.List;
import java.util.Map;

/**
 * Pods that must leave the nodes of a pool.
 *
 * @param pods in the order of their names
 * @param allowed how many disruptions each budget that covers one of them allows, by the name of the budget
 */
record Work(List<RemainingPod> pods, Map<String, Integer> allowed) {
    Work {
        pods = List.copyOf(pods);
        allowed = Map.copyOf(allowed);
    }
}
