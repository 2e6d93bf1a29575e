// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.ExistingResource;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Timing;
import java.util.Set;

/** A cluster to be deleted; AKS deletes pools, nodes, disks and load balancers with it. */
final class ExistingCluster extends ExistingResource {
    ExistingCluster(AzureContext context, Set<ResourceId> after) {
        super(
                context,
                AksCluster.ID,
                ArmType.CLUSTER,
                context.clusterId(),
                after,
                Timing.seconds(360, 120, 300, 10, 75),
                "AKS cluster " + context.name());
    }
}
