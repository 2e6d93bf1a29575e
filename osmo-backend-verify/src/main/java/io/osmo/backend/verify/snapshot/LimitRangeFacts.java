// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;
import java.util.Map;

/** A limit range: what the API server fills in for new pods of its namespace, and which of them it refuses. */
public record LimitRangeFacts(String namespace, String name, List<Limit> limits) {
    public LimitRangeFacts {
        limits = List.copyOf(limits);
    }

    /**
     * One item of it. All amounts are Kubernetes quantities by resource.
     *
     * @param type {@code Container}, {@code Pod} or {@code PersistentVolumeClaim}
     * @param max the highest limit that is admitted
     * @param min the lowest request that is admitted
     * @param defaults limits of containers that have none
     * @param defaultRequests requests of containers that have none
     * @param ratio how many times the request a limit may be
     */
    public record Limit(
            String type,
            Map<String, String> max,
            Map<String, String> min,
            Map<String, String> defaults,
            Map<String, String> defaultRequests,
            Map<String, String> ratio) {
        public Limit {
            max = Map.copyOf(max);
            min = Map.copyOf(min);
            defaults = Map.copyOf(defaults);
            defaultRequests = Map.copyOf(defaultRequests);
            ratio = Map.copyOf(ratio);
        }
    }

    @Override
    public String toString() {
        return "limitrange/" + namespace + "/" + name;
    }
}
