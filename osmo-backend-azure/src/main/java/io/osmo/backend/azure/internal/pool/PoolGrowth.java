// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.KubernetesVersion;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Optional;

/** Switches the autoscaler of an agent pool off. */
final class PoolGrowth {
    private PoolGrowth() {}

    /**
     * One step: starts the change, or waits for the current operation. A pool that has failed or was stopped accepts no other change
     * before it is repaired, and AKS does not scale it either.
     */
    static boolean stop(AzureContext context, String armId) {
        Optional<ArmObject> found = context.arm().read(ArmType.AGENT_POOL, armId);
        if (found.isEmpty() || found.get().failed() || ExistingPool.isStopped(found.get())) {
            return true;
        }
        ArmObject pool = found.get();
        if (pool.readiness().status() != Readiness.Status.READY) {
            return pool.readiness().status() != Readiness.Status.PENDING;
        }
        if (!pool.json().at("/properties/enableAutoScaling").asBoolean(false)) {
            return true;
        }
        ObjectNode wanted = pool.json().deepCopy();
        ObjectNode properties = (ObjectNode) wanted.get("properties");
        properties.put("enableAutoScaling", false);
        properties.remove(List.of("minCount", "maxCount"));
        KubernetesVersion.dropPatch(properties, "orchestratorVersion");
        context.arm().replace(ArmType.AGENT_POOL, armId, wanted, pool.find("/properties/eTag"));
        return false;
    }
}
