// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.foreign;

import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** What is in our cluster and our network and not ours: EKS and EC2 would refuse to delete them, after other deletions were made. Pure. */
final class ForeignGuards {
    private ForeignGuards() {}

    static List<Guard> of(Inventory inventory, Set<ResourceId> removed) {
        Optional<ForeignObjects> foreign = inventory.attachment(ForeignObjects.class);
        List<Guard> guards = new ArrayList<>();
        if (removed.contains(Ids.CLUSTER)) {
            inventory.observed().values().forEach(observed -> {
                if (observed.ownership() == Observed.Ownership.FOREIGN && observed.value() instanceof Nodegroup group) {
                    guards.add(new Guard(
                            group.nodegroupArn(),
                            "is a node group of the cluster that this backend did not make",
                            "Delete it, or let its owner do so."));
                }
            });
            foreign.ifPresent(found -> guards.addAll(found.cluster()));
        }
        if (removed.contains(VpcNetwork.ID)) {
            foreign.ifPresent(found -> guards.addAll(found.network()));
        }
        return guards;
    }
}
