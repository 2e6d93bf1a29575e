// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a pool that only node groups of EKS have.
 *
 * @param efa whether nodes get all Elastic Fabric Adapters that the instance type has; default false
 * @param placementGroup whether nodes are packed into one cluster placement group, which needs a pool with exactly one zone;
 *     default false
 * @param capacityBlock whether the pool's {@code reservation} is a Capacity Block for ML; default false: it is an On-Demand
 *     Capacity Reservation
 */
public record PoolSettings(boolean efa, boolean placementGroup, boolean capacityBlock) {
    /** No EFA, no placement group, no capacity block. */
    public static final PoolSettings DEFAULTS = new PoolSettings(false, false, false);

    public PoolSettings withEfa(boolean value) {
        return new PoolSettings(value, placementGroup, capacityBlock);
    }

    public PoolSettings withPlacementGroup(boolean value) {
        return new PoolSettings(efa, value, capacityBlock);
    }

    public PoolSettings withCapacityBlock(boolean value) {
        return new PoolSettings(efa, placementGroup, value);
    }

    Map<String, Object> toMap() {
        return new TreeMap<>(Map.of("efa", efa, "placementGroup", placementGroup, "capacityBlock", capacityBlock));
    }
}
