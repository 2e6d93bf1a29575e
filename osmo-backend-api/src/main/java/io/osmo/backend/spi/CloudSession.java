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
     * @param plan what is going to be done, which limits the questions; without one, all that the spec asks for counts
     */
    CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec, Optional<Plan> plan);

    /**
     * What the backend costs as its spec wants it; by default nothing is known of prices. Changes nothing. That prices cannot be read
     * fails nothing: the estimate says so.
     */
    default CompletableFuture<CostEstimate> estimate(BackendSpec spec) {
        return CompletableFuture.completedFuture(
                CostEstimate.unknown(spec.ref(), "none", "prices are not read for the provider " + spec.provider()));
    }

    /**
     * Reads everything of a backend, cluster side included when the cluster answers, in at most three sequential round
     * trips. The spec tells which existing resources and which offers of the cloud are of interest; without one (destroy,
     * get) only what is ours is read.
     */
    CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec);

    /** Rules that need the cloud's answers: zones that sell the types, existing networks, versions. Pure. */
    List<Violation> check(BackendSpec spec, Inventory inventory);

    /**
     * What does not forbid applying but should be known, such as parts of a backend that the settings leave out: a sentence
     * each, shown with the plan. Pure.
     *
     * @param spec empty when everything is destroyed
     */
    default List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        return List.of();
    }

    /** What the spec wants, as a graph: acyclic, ids unique. Pure. */
    List<Resource<?>> graph(BackendSpec spec, Inventory inventory);

    /**
     * What stands and is ours, in a form that can be deleted, with the sweeps of what the cluster leaves behind. What the
     * graph of a spec does not want of it is planned for deletion. Pure.
     */
    List<Deletable<?>> owned(BackendRef ref, Inventory inventory);

    /**
     * What forbids deleting some resources: protections, locks, and what is inside them that is not ours. Read by {@link #observe}.
     * Pure.
     *
     * @param removed what a plan would delete or replace, with what goes with it; never empty
     */
    default List<Guard> guards(BackendRef ref, Inventory inventory, Set<ResourceId> removed) {
        return List.of();
    }

    /**
     * The work on the nodes of a pool, in a form whose deletion moves it elsewhere; its id comes before that of the pool in every
     * deletion. Asked for pools that are deleted while the backend lives on. Pure.
     *
     * @param pool a resource with {@link Deletable#nodes()}
     * @param deadline how long it may take
     * @param endsWork whether pods that nothing would create again are ended too, instead of waited for
     * @return empty when the inside of the cluster is not managed
     */
    default Optional<Deletable<?>> drain(Deletable<?> pool, Duration deadline, boolean endsWork) {
        return Optional.empty();
    }

    /** Access to the cluster in an inventory; empty when there is none or it does not answer yet. Pure. */
    Optional<ClusterAccess> access(Inventory inventory);

    CompletableFuture<CloudFacts> facts(BackendRef ref);

    /**
     * What the nodes of a backend show of its pools. For providers without a cloud; by default empty, because {@link #facts} has the
     * pools. Changes nothing.
     */
    default CompletableFuture<Optional<ServiceDefaults>> defaultsByNodes(BackendRef ref) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Finds out why nodes of the backend did not join; by default nothing is known of pools. Changes nothing. */
    default CompletableFuture<Diagnosis> diagnose(BackendRef ref) {
        return CompletableFuture.completedFuture(new Diagnosis(ref.toString(), List.of()));
    }

    /** All backends of ours in the region. */
    CompletableFuture<List<BackendRef>> list();

    /** Everything that a deleted backend has left behind, ours and what its controllers made. Read, not assumed. */
    CompletableFuture<List<Leftover>> leftovers(BackendRef ref);

    @Override
    void close();
}
