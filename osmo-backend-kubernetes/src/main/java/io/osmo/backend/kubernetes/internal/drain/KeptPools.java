// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.PoolDrain;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the pools that a spec keeps schedulable again after their drain was abandoned, because a user went back to the earlier spec before
 * the pool was replaced. Only nodes that a drain of the backend has cordoned are changed.
 */
public final class KeptPools implements Resource<CordonedNodes> {
    public static final ResourceId ID = ResourceId.of("nodes", "kept-pools");

    private static final String UNCORDON =
            "{\"metadata\":{\"labels\":{\"" + PoolDrain.CORDONED + "\":null}},\"spec\":{\"unschedulable\":null}}";

    private final ClusterConnections connections;
    private final Map<ResourceId, NodeLabel> pools;
    private final Set<ResourceId> after;

    private KeptPools(ClusterConnections connections, Map<ResourceId, NodeLabel> pools, Set<ResourceId> after) {
        this.connections = connections;
        this.pools = Map.copyOf(pools);
        Set<ResourceId> all = new HashSet<>(after);
        all.addAll(pools.keySet());
        this.after = Set.copyOf(all);
    }

    /**
     * @param pools the pools that are wanted, and the labels of their nodes
     * @param after the cluster
     * @return empty if no drain of this backend has cordoned a node of these pools
     */
    public static Optional<Resource<?>> of(
            ClusterConnections connections,
            CordonedNodes cordoned,
            Map<ResourceId, NodeLabel> pools,
            Set<ResourceId> after) {
        return cordoned.of(pools.values()).isEmpty()
                ? Optional.empty()
                : Optional.of(new KeptPools(connections, pools, after));
    }

    /** A pool that the plan replaces under its own name is absent from the state: its nodes stay cordoned for their drain. */
    private List<String> cordoned(CordonedNodes observed, State state) {
        return observed.of(pools.entrySet().stream()
                .filter(pool -> state.find(pool.getKey(), Object.class).isPresent())
                .map(Map.Entry::getValue)
                .toList());
    }

    @Override
    public ResourceId id() {
        return ID;
    }

    @Override
    public Class<CordonedNodes> type() {
        return CordonedNodes.class;
    }

    @Override
    public Set<ResourceId> after() {
        return after;
    }

    @Override
    public Optional<CordonedNodes> read(State state) {
        return Optional.of(CordonedNodes.list(connections.require(state)));
    }

    @Override
    public Readiness readiness(CordonedNodes observed) {
        return Readiness.ready();
    }

    @Override
    public List<FieldChange> compare(CordonedNodes observed, State state) {
        return cordoned(observed, state).stream()
                .map(node -> FieldChange.inPlace(node + ".unschedulable", true, false))
                .toList();
    }

    @Override
    public CordonedNodes create(State state) {
        throw new IllegalStateException("cordoned nodes can always be listed");
    }

    @Override
    public void update(CordonedNodes observed, List<FieldChange> changes, State state) {
        KubernetesClient client = connections.require(state);
        cordoned(observed, state).forEach(node -> uncordon(client, node));
    }

    private static void uncordon(KubernetesClient client, String name) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(Ownership.FIELD_MANAGER)
                .build();
        Node reference =
                new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
        try {
            KubernetesCalls.call(
                    "uncordon Node " + name,
                    () -> client.nodes().resource(reference).patch(context, UNCORDON));
        } catch (CloudException e) {
            if (e.error() != CloudError.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** It has no object of its own. */
    @Override
    public void delete(CordonedNodes observed, State state) {
        throw new IllegalStateException(id() + " cannot be deleted");
    }

    @Override
    public Timing timing() {
        return Timing.quick();
    }

    @Override
    public String describe() {
        return "nodes of pools that are kept, cordoned by a drain that was given up";
    }
}
