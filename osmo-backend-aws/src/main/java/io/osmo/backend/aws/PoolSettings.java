// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

/**
 * What only a node group of EKS has, beside the portable pool of the spec.
 *
 * @param efa whether nodes get all Elastic Fabric Adapters that the instance type has
 * @param placementGroup whether nodes are packed into one cluster placement group; needs a pool with exactly one zone
 * @param capacityBlock whether the pool's reservation is a Capacity Block for ML; otherwise it is an On-Demand Capacity
 *     Reservation. Both are named by the pool's {@code reservation}
 */
public record PoolSettings(boolean efa, boolean placementGroup, boolean capacityBlock) {
    /** Neither EFA nor placement group nor capacity block. */
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
}
