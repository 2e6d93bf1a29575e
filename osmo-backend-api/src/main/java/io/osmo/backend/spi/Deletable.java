// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import java.util.Optional;
import java.util.Set;

/**
 * A resource of a backend that exists and can be deleted. {@link #read} and {@link #delete} each make one blocking, idempotent cloud
 * call, on a thread of the {@link Scheduler}; all other methods are pure.
 *
 * @param <O> what is observed of it, usually the vendor's own model type
 */
public interface Deletable<O> {
    ResourceId id();

    Class<O> type();

    /** The resources that must be ready before this one is created. It is deleted before them. */
    Set<ResourceId> after();

    /** Reads this resource; empty if it does not exist. Throws {@code CloudException} if that cannot be read. */
    Optional<O> read(State state);

    Readiness readiness(O observed);

    /** Asks the cloud to delete it and returns once the request is accepted. Already deleted counts as success. */
    void delete(O observed, State state);

    Timing timing();

    /** One line for people, such as {@code NAT gateway in us-west-2a}. */
    String describe();

    /**
     * The resource whose deletion also deletes this one, such as the cluster of a namespace. If a plan deletes that resource, it does not
     * delete this one separately. Empty if this one needs its own call.
     */
    default Optional<ResourceId> deletedWith() {
        return Optional.empty();
    }

    /** Whether it costs money for as long as it exists. */
    default boolean billed() {
        return false;
    }

    /**
     * Whether controllers in the cluster need it to delete what workloads created in the cloud, such as load balancers and volumes. Such
     * resources are deleted only after that.
     */
    default boolean neededByControllers() {
        return false;
    }

    /** Its ID in the cloud, for people who look for it there. Default: its name within the backend. */
    default String cloudId() {
        return id().name();
    }

    /** Name of the pool in the spec that this belongs to; empty if it belongs to no pool. */
    default Optional<String> pool() {
        return Optional.empty();
    }

    /** The label that selects the nodes of this pool; empty if it is not a node pool. The nodes are drained before it is deleted. */
    default Optional<NodeLabel> nodes() {
        return Optional.empty();
    }

    /**
     * Keeps an autoscaler from adding nodes to this pool before it is drained; otherwise evicted pods would make it add nodes. One
     * idempotent step, repeated until it has taken effect. It may change the bounds of the pool, which is about to be deleted; a plan
     * that keeps the pool after all sets them back.
     *
     * @return true once nothing adds nodes to the pool any more
     */
    default boolean stopGrowth(State state) {
        return true;
    }

    /** What its deletion does to running work or to data. Default: nothing. */
    default Disruption deletionDisruption() {
        return Disruption.NONE;
    }

    /** Like {@link #deletionDisruption()}, for its observed state: deleting a pool that is known to have no node disrupts nothing. */
    default Disruption deletionDisruption(O observed) {
        return deletionDisruption();
    }
}
