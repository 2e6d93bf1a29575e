// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.guard;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Forbids deletions that EKS or EC2 would refuse only after others have been made, or that would take what is not ours. */
public final class GuardConcern implements Concern<AwsContext> {
    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(GuestReader.INSTANCE);
    }

    @Override
    public List<Guard> guards(AwsContext context, Inventory inventory, Set<ResourceId> removed) {
        Optional<Guests> guests = inventory.attachment(Guests.class);
        List<Guard> guards = new ArrayList<>();
        if (removed.contains(Ids.CLUSTER)) {
            protection(context, inventory).ifPresent(guards::add);
            inventory.observed().values().forEach(observed -> {
                if (observed.ownership() == Observed.Ownership.FOREIGN && observed.value() instanceof Nodegroup group) {
                    guards.add(new Guard(
                            group.nodegroupArn(),
                            "is a node group of the cluster that this backend did not make",
                            "Delete it, or let its owner do so."));
                }
            });
            guests.ifPresent(found -> guards.addAll(found.cluster()));
        }
        if (removed.contains(VpcNetwork.ID)) {
            guests.ifPresent(found -> guards.addAll(found.network()));
        }
        return guards;
    }

    private static Optional<Guard> protection(AwsContext context, Inventory inventory) {
        return inventory
                .find(Ids.CLUSTER, Cluster.class)
                .filter(cluster -> Boolean.TRUE.equals(cluster.deletionProtection()))
                .map(cluster -> new Guard(
                        "cluster/" + context.name(),
                        "is protected against deletion",
                        "Apply the spec with deletionProtection(false) first."));
    }
}
