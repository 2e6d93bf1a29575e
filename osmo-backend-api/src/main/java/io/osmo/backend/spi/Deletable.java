// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import java.util.Optional;
import java.util.Set;

/**
 * Something of a backend that stands in the cloud and can be deleted. {@link #read} and {@link #delete} each are one
 * blocking, idempotent cloud call; everything else is a pure function of data.
 *
 * @param <O> what is observed of it, usually the vendor's own model type
 */
public interface Deletable<O> {
    ResourceId id();

    Class<O> type();

    /** What must be ready before this is created. Deletion goes the other way round: this is gone before they are deleted. */
    Set<ResourceId> after();

    /** Reads this one resource; empty when it does not exist. Throws {@code CloudException}, never returns a guess. */
    Optional<O> read(State state);

    Readiness readiness(O observed);

    /** Asks the cloud to delete it and returns as soon as that is accepted. Already gone is success. */
    void delete(O observed, State state);

    Timing timing();

    /** One line for people, such as {@code NAT gateway in us-west-2a}. */
    String describe();

    /**
     * What takes this with it when it is deleted, such as the cluster of a namespace; a plan that deletes that deletes only
     * that. Empty for what must be deleted by a call of its own.
     */
    default Optional<ResourceId> deletedWith() {
        return Optional.empty();
    }

    /** Whether leaving it costs money. */
    default boolean billed() {
        return false;
    }

    /**
     * Whether controllers in the cluster need it to release what workloads have made in the cloud, such as load balancers and
     * volumes. Those are released first, before any of these is deleted.
     */
    default boolean neededByControllers() {
        return false;
    }

    /** What the cloud calls it, for people who look for it there; the name within the backend unless a resource knows better. */
    default String cloudId() {
        return id().name();
    }

    /** Name of the pool in the spec that this belongs to; empty for what all depends on. */
    default Optional<String> pool() {
        return Optional.empty();
    }

    /** The label of the nodes that run on this; present for node pools only. They are drained before it is deleted. */
    default Optional<NodeLabel> nodes() {
        return Optional.empty();
    }

    /**
     * Keeps an autoscaler from adding nodes to this pool, of which the nodes are drained next: what is evicted from one node would bring
     * about another one. One idempotent step, asked for again until it has taken effect. What bounds the pool has afterwards does not
     * matter, since it is deleted; a plan that keeps it after all finds them changed.
     *
     * @return whether nothing adds nodes to the pool any more
     */
    default boolean stopGrowth(State state) {
        return true;
    }

    /** What deleting it does to running work, or to data. */
    default Disruption deletionDisruption() {
        return Disruption.NONE;
    }

    /** What deleting it as it was observed does to running work; a pool that has failed before it had a node ends nothing. */
    default Disruption deletionDisruption(O observed) {
        return deletionDisruption();
    }
}
