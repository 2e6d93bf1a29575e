// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.ExistingResource;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Generations;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An existing agent pool of the backend, to be deleted alone or with its cluster. */
final class ExistingPool extends ExistingResource implements PoolResource {
    private final Optional<String> pool;
    private final String name;

    ExistingPool(AzureContext context, ResourceId id, ArmObject observed) {
        super(
                context,
                id,
                ArmType.AGENT_POOL,
                observed.id(),
                Set.of(AksCluster.ID),
                AgentPool.TIMING,
                specPool(id, observed)
                        .map(pool -> PoolNames.title(false)
                                + observed.name()
                                + (pool.equals(observed.name()) ? "" : " of pool " + pool))
                        .orElseGet(() -> PoolNames.title(true) + observed.name()));
        this.pool = specPool(id, observed);
        this.name = observed.name();
    }

    @Override
    public Optional<String> pool() {
        return pool;
    }

    @Override
    public String agentPool() {
        return name;
    }

    @Override
    public boolean stopGrowth(State state) {
        return PoolGrowth.stop(context, armId());
    }

    /** Empty for the system pool. */
    private static Optional<String> specPool(ResourceId id, ArmObject observed) {
        return id.kind().equals(SystemPool.KIND)
                ? Optional.empty()
                : Optional.of(tags(observed).getOrDefault(PoolNames.POOL_TAG, id.name()));
    }

    static boolean isPool(ResourceId id) {
        return id.kind().equals(AgentPool.KIND) || id.kind().equals(SystemPool.KIND);
    }

    /** Tags of a pool are in its properties. */
    static java.util.Map<String, String> tags(ArmObject observed) {
        return ArmObject.of(observed.json().path("properties")).tags();
    }

    /** The VM size of the latest generation of a pool of the spec. */
    static Optional<String> standing(String pool, Inventory inventory) {
        return generations(Optional.of(pool), inventory).values().stream()
                .filter(found -> !isDeleting(found))
                .map(found -> found.text("/properties/vmSize"))
                .filter(size -> !size.isEmpty())
                .reduce((earlier, later) -> later);
    }

    /**
     * The backend's existing agent pools for a pool of the spec, by generation.
     *
     * @param pool empty for the system pool
     */
    static SortedMap<Integer, ArmObject> generations(Optional<String> pool, Inventory inventory) {
        SortedMap<Integer, ArmObject> found = new TreeMap<>();
        inventory.observed().forEach((id, observed) -> {
            if (isPool(id)
                    && observed.ownership() == Observed.Ownership.OURS
                    && observed.value() instanceof ArmObject object
                    && isOf(id, object, pool)) {
                found.put(generation(pool, object), object);
            }
        });
        return found;
    }

    /** The latest agent pool that has the name of a generation and not our tags. */
    static Optional<Integer> foreignGeneration(Optional<String> pool, Inventory inventory) {
        return inventory.observed().entrySet().stream()
                .filter(found -> isPool(found.getKey()) && found.getValue().ownership() == Observed.Ownership.FOREIGN)
                .map(found -> found.getValue().value())
                .filter(ArmObject.class::isInstance)
                .flatMap(found -> PoolNames.generation(pool, ((ArmObject) found).name()).stream())
                .max(Comparator.naturalOrder());
    }

    /** One that has lost the tag with its pool is known by its name. */
    private static boolean isOf(ResourceId id, ArmObject observed, Optional<String> pool) {
        return pool.isPresent() && isPool(id) && !tags(observed).containsKey(PoolNames.POOL_TAG)
                ? !id.kind().equals(SystemPool.KIND)
                        && PoolNames.anyGeneration(pool, observed.name()).isPresent()
                : specPool(id, observed).equals(pool);
    }

    /** By its name, which says it too: tags get lost, and a later generation taken for the first one would be replaced. */
    private static int generation(Optional<String> pool, ArmObject observed) {
        return PoolNames.anyGeneration(pool, observed.name()).orElseGet(() -> generation(observed));
    }

    private static int generation(ArmObject observed) {
        String tag = tags(observed).getOrDefault(Generations.TAG, "");
        return tag.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(tag) : 1;
    }

    /** Somebody has stopped it, or its cluster: it has no nodes. */
    static boolean isStopped(ArmObject observed) {
        return observed.text("/properties/powerState/code").equals("Stopped");
    }

    /** Somebody may have made a pool of the spec one: AKS takes that back only as long as there is another. */
    static boolean isSystem(ArmObject observed) {
        return observed.text("/properties/mode").equals("System");
    }

    static boolean isDeleting(ArmObject observed) {
        return observed.readiness().status() == Readiness.Status.DELETING;
    }

    /** Whether it has no node, and is not to have any. A stopped one gets the nodes back that it had. */
    static boolean hasNoNodes(ArmObject observed) {
        return observed.json().at("/properties/count").asInt(-1) == 0
                && observed.json().at("/properties/minCount").asInt(0) == 0
                && !isStopped(observed);
    }

    /** Number of nodes that it has, or will have once AKS has finished the current operation. */
    static int nodes(ArmObject observed) {
        return observed.json().at("/properties/count").asInt();
    }
}
