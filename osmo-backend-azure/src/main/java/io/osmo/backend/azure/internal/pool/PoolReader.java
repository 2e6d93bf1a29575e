// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.cluster.ClusterReader;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the agent pools of the cluster. */
public final class PoolReader implements Reader<AzureContext> {
    public static final PoolReader INSTANCE = new PoolReader();

    private PoolReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(ArmType.AGENT_POOL.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        return context.async(() -> context.arm()
                        .list(
                                ArmType.AGENT_POOL.action("read"),
                                context.clusterId() + "/agentPools",
                                ArmType.AGENT_POOL.apiVersion()))
                .thenCombine(
                        observation.of(ClusterReader.INSTANCE),
                        (pools, cluster) -> reading(
                                context, pools, ClusterConcern.keepsPools(cluster.toInventory()), observation.spec()));
    }

    /**
     * An agent pool with the name of a system pool is the backend's if the cluster is, even if it has lost its tags. System pools of a
     * cluster that is being deleted are ignored: another cluster is created with its own.
     */
    private static Reading reading(
            AzureContext context, List<JsonNode> pools, boolean keepsPools, Optional<BackendSpec> spec) {
        Reading reading = Reading.empty();
        for (JsonNode json : pools) {
            ArmObject object = ArmObject.of(json);
            if (!isSystem(object)) {
                reading = reading.and(reading(context, object, spec));
            } else if (keepsPools) {
                reading = reading.and(
                        PoolNames.systemGeneration(object.name()).isPresent()
                                ? Found.ours(SystemPool.id(object.name()), object)
                                : reading(context, object, spec));
            }
        }
        return reading;
    }

    private static boolean isSystem(ArmObject pool) {
        return PoolNames.systemGeneration(pool.name()).isPresent()
                || ExistingPool.tags(pool).getOrDefault(Ownership.RESOURCE, "").startsWith(SystemPool.KIND + "/");
    }

    /** A pool that others have added to the cluster is ignored, unless it has a name that the backend uses. */
    private static Reading reading(AzureContext context, ArmObject object, Optional<BackendSpec> spec) {
        ArmObject tagged = ArmObject.of(object.json().path("properties"));
        if (context.ownership().owns(tagged.tags()) && tagged.tags().containsKey(Ownership.RESOURCE)) {
            return Found.ours(ResourceId.parse(tagged.tags().get(Ownership.RESOURCE)), object);
        }
        return spec.stream()
                .flatMap(s -> s.pools().stream())
                .map(pool -> Optional.of(pool.name()))
                .flatMap(pool -> PoolNames.generation(pool, object.name()).stream()
                        .map(generation -> Found.named(context, PoolNames.id(pool, generation), Optional.of(object))))
                .findFirst()
                .orElseGet(Reading::empty);
    }
}
