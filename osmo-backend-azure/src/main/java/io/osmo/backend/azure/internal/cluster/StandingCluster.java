// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Standing;
import io.osmo.backend.azure.internal.Timings;
import io.osmo.backend.resource.ResourceId;
import java.util.Set;

/** A cluster to be deleted; AKS deletes pools, nodes, disks and load balancers with it. */
final class StandingCluster extends Standing {
    StandingCluster(AzureContext azure, Set<ResourceId> after) {
        super(
                azure,
                AksCluster.ID,
                ArmType.CLUSTER,
                azure.clusterId(),
                after,
                Timings.seconds(360, 120, 300, 10, 75),
                "AKS cluster " + azure.name());
    }
}
