// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.provider.Generations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The system pool, which AKS requires for its own pods: at least two nodes that always run. The operator pool can have a single node,
 * so it is a separate user pool. The first system pool is created with the cluster. AKS allows several and refuses to delete the last
 * one, so a replacement is created before the old one is deleted: learn.microsoft.com/azure/aks/use-system-pools.
 */
public final class SystemPool {
    public static final String KIND = "system-pool";

    /** Name of the first one. */
    public static final String NAME = "system";

    /** Size of its disks. */
    public static final int DISK_GIB = 128;

    /** Keeps everything else away. */
    private static final Taint TAINT = new Taint("CriticalAddonsOnly", "true", Taint.Effect.NO_SCHEDULE);

    private static final int SPARE_NODES = 3;

    private SystemPool() {}

    /** @param agentPool its name in AKS */
    public static ResourceId id(String agentPool) {
        return ResourceId.of(KIND, agentPool);
    }

    /** Nodes to which the autoscaler may bring it. */
    public static int most(AksSettings settings) {
        return settings.systemNodes() + SPARE_NODES;
    }

    public static PoolRequest request(AksSettings settings) {
        return new PoolRequest(
                Optional.empty(),
                List.of(settings.systemInstanceType()),
                List.of(),
                new Scale(settings.systemNodes(), most(settings), settings.systemNodes()),
                Map.of(),
                List.of(TAINT),
                DISK_GIB,
                false,
                false,
                Optional.empty(),
                Replacement.SURGE);
    }

    /** The first one in the body of the cluster that is created with it. */
    static ObjectNode profile(AzureContext context, String subnet, List<String> zones) {
        AksSettings settings = context.settings();
        Map<String, String> tags = new TreeMap<>(context.ownership().tags(id(NAME)));
        tags.put(Generations.TAG, "1");
        return request(settings)
                .properties(settings, subnet, settings.systemInstanceType(), zones, tags)
                .put("name", NAME)
                .put("count", settings.systemNodes());
    }
}
