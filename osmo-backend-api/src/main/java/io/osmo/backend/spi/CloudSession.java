// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One region of one cloud, with credentials. Safe for concurrent use. Futures fail with {@code OsmoBackendException}. */
public interface CloudSession extends AutoCloseable {
    /**
     * Checks what can be known before anything is created. Changes nothing.
     *
     * @param plan the plan to check; empty to check everything in the spec
     */
    CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec, Optional<Plan> plan);

    /**
     * Estimates what the backend in the spec costs. Default: no prices are known. Changes nothing. If prices cannot be read, the future
     * still completes normally and the estimate says so.
     */
    default CompletableFuture<CostEstimate> estimate(BackendSpec spec) {
        return CompletableFuture.completedFuture(
                CostEstimate.unknown(spec.ref(), "none", "prices are not read for the provider " + spec.provider()));
    }

    /**
     * Reads all resources of a backend, including those in its cluster if the cluster answers, in at most three sequential round trips.
     * With a spec, it also reads the existing resources that the spec refers to, and what the cloud offers. Without one (destroy, get),
     * it reads only what the backend owns.
     */
    CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec);

    /**
     * Checks the rules that depend on what the cloud answered, such as zones that offer an instance type, existing networks and versions.
     * Pure.
     */
    List<Violation> check(BackendSpec spec, Inventory inventory);

    /**
     * Warnings that a plan shows, such as parts of a backend that the settings leave out; one sentence each. They do not prevent an
     * apply. Pure.
     *
     * @param spec empty when everything is destroyed
     */
    default List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        return List.of();
    }

    /** The desired resources as a graph. It is acyclic and its ids are unique. Pure. */
    List<Resource<?>> graph(BackendSpec spec, Inventory inventory);

    /**
     * The existing resources that the backend owns, and cleanup steps for what its cluster leaves behind. A plan deletes those that are
     * not in the graph of its spec. Pure.
     */
    List<Deletable<?>> owned(BackendRef ref, Inventory inventory);

    /**
     * What prevents the deletion of some resources: deletion protection, locks, and foreign objects inside them, as {@link #observe} has
     * read them. Pure.
     *
     * @param removed the resources that a plan would delete or replace, including those deleted with them; never empty
     */
    default List<Guard> guards(BackendRef ref, Inventory inventory, Set<ResourceId> removed) {
        return List.of();
    }

    /**
     * The drain of a pool's nodes as a resource: deleting it evicts the pods. It is deleted before the pool. Called for pools that are
     * deleted while the backend continues to exist. Pure.
     *
     * @param pool a resource with {@link Deletable#nodes()}
     * @param deadline how long the drain may take
     * @param endsWork whether pods without a controller are deleted too, instead of waited for
     * @return empty if the resources in the cluster are not managed
     */
    default Optional<Deletable<?>> drain(Deletable<?> pool, Duration deadline, boolean endsWork) {
        return Optional.empty();
    }

    /** Access to the cluster in an inventory; empty when there is none or it does not answer yet. Pure. */
    Optional<ClusterAccess> access(Inventory inventory);

    CompletableFuture<CloudFacts> facts(BackendRef ref);

    /**
     * What the nodes of a backend show about its pools, for providers without a cloud API. Default: empty, because {@link #facts}
     * describes the pools. Changes nothing.
     */
    default CompletableFuture<Optional<ServiceDefaults>> defaultsByNodes(BackendRef ref) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Finds out why nodes of the backend did not join. Default: no pools are known. Changes nothing. */
    default CompletableFuture<Diagnosis> diagnose(BackendRef ref) {
        return CompletableFuture.completedFuture(new Diagnosis(ref.toString(), List.of()));
    }

    /** All backends in the region that this library created. */
    CompletableFuture<List<BackendRef>> list();

    /** Reads what a deleted backend has left behind: its own resources and those that controllers in its cluster created. */
    CompletableFuture<List<Leftover>> leftovers(BackendRef ref);

    @Override
    void close();
}
