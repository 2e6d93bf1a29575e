// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.PoolDrain;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The work on the nodes of a pool. It exists as long as a node is not cordoned or a pod is left on it; deleting it is one pass over
 * nodes and pods. As long as a pass can do something it is pending, which asks for another; when all that is left must be waited for
 * it is being deleted.
 */
public final class Drain implements Deletable<DrainState> {
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration TYPICAL = Duration.ofMinutes(5);

    private final ClusterConnections connections;
    private final PoolDrain drain;
    private final ResourceId cluster;

    private final Predicate<State> stopGrowth;

    private volatile boolean fixed;

    /** The most pods that were seen at once, for the progress text only. */
    private final AtomicInteger most = new AtomicInteger();

    /**
     * @param cluster the resource that represents the cluster itself
     * @param stopGrowth one step toward keeping the pool from growing; returns whether growth has stopped
     */
    public Drain(ClusterConnections connections, PoolDrain drain, ResourceId cluster, Predicate<State> stopGrowth) {
        this.connections = connections;
        this.drain = drain;
        this.cluster = cluster;
        this.stopGrowth = stopGrowth;
    }

    @Override
    public ResourceId id() {
        return ResourceId.of("drain", drain.pool());
    }

    @Override
    public Class<DrainState> type() {
        return DrainState.class;
    }

    @Override
    public Set<ResourceId> after() {
        return drain.pools();
    }

    @Override
    public Optional<String> pool() {
        return drain.specPool();
    }

    /** Whoever deletes the cluster has decided about all work in it. */
    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(cluster);
    }

    @Override
    public Optional<DrainState> read(State state) {
        KubernetesClient client = connect(state);
        List<DrainedNode> nodes = Listing.nodes(client, drain.nodes());
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        Work work = Listing.work(client, nodes, drain.endsWork());
        if (work.pods().isEmpty() && nodes.stream().allMatch(DrainedNode::cordoned)) {
            return Optional.empty();
        }
        int total = most.accumulateAndGet(work.pods().size(), Math::max);
        return Optional.of(new DrainState(nodes, work, total));
    }

    @Override
    public Readiness readiness(DrainState observed) {
        String progress = Progress.of(observed);
        return observed.canProceed() ? Readiness.pending(progress) : new Readiness(Readiness.Status.DELETING, progress);
    }

    @Override
    public Disruption deletionDisruption(DrainState observed) {
        if (observed.work().pods().isEmpty()) {
            return Disruption.NONE;
        }
        return drain.endsWork() ? Disruption.OUTAGE : Disruption.ROLLING;
    }

    @Override
    public void delete(DrainState observed, State state) {
        fixed = fixed || stopGrowth.test(state);
        if (fixed) {
            new Pass(connect(state)).over(observed);
        }
    }

    private KubernetesClient connect(State state) {
        return connections
                .find(state)
                .orElseThrow(
                        () -> CloudException.builder(CloudError.UNAVAILABLE, "kubernetes:drain pool " + drain.pool())
                                .code("NoCluster")
                                .message("the cluster cannot be reached, so it is unknown what runs on the nodes")
                                .remedy("Look at the state of the cluster and apply again.")
                                .build());
    }

    @Override
    public Timing timing() {
        return new Timing(
                Duration.ZERO,
                Duration.ZERO,
                TYPICAL.compareTo(drain.deadline()) < 0 ? TYPICAL : drain.deadline(),
                POLL,
                drain.deadline());
    }

    @Override
    public String describe() {
        return "work on the nodes of pool " + drain.pool();
    }
}
