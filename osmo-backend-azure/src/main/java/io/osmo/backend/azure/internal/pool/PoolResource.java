// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.NodeLabel;
import java.util.Optional;

/** What an agent pool is, whether the spec wants it or not. */
interface PoolResource extends Deletable<ArmObject> {
    /** AKS puts it on every node: learn.microsoft.com/azure/aks/use-labels. */
    String NODE_LABEL = "kubernetes.azure.com/agentpool";

    /** Name of the agent pool. */
    String agentPool();

    @Override
    default Optional<NodeLabel> nodes() {
        return Optional.of(new NodeLabel(NODE_LABEL, agentPool()));
    }

    /** One without nodes runs nothing; one that has failed at its creation before AKS chose an image for its nodes has never had one. */
    @Override
    default Disruption deletionDisruption(ArmObject observed) {
        return ExistingPool.hasNoNodes(observed)
                        || observed.failed()
                                && observed.find("/properties/nodeImageVersion").isEmpty()
                ? Disruption.NONE
                : deletionDisruption();
    }

    @Override
    default Optional<ResourceId> deletedWith() {
        return Optional.of(AksCluster.ID);
    }
}
