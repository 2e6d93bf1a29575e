// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.foreign;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.network.ObservedVpc;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Objects of others in the backend's cluster and network: EKS and EC2 would refuse the deletion after others were made. Pure. */
final class ForeignGuards {
    private ForeignGuards() {}

    static List<Guard> of(AwsContext context, Inventory inventory, Set<ResourceId> removed) {
        Optional<ForeignObjects> foreign = inventory.attachment(ForeignObjects.class);
        List<Guard> guards = new ArrayList<>();
        Observed<?> named = inventory.observed().get(Ids.CLUSTER);
        if (named != null
                && named.ownership() == Observed.Ownership.FOREIGN
                && named.value() instanceof Cluster cluster
                && isUsed(cluster, inventory, removed)) {
            guards.add(lostTags(context, cluster));
        }
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

    /** Whether a plan deletes the network or a node group of a cluster that it does not delete. */
    private static boolean isUsed(Cluster cluster, Inventory inventory, Set<ResourceId> removed) {
        boolean network = removed.contains(VpcNetwork.ID)
                && inventory
                        .find(VpcNetwork.ID, ObservedVpc.class)
                        .filter(vpc -> cluster.resourcesVpcConfig() != null
                                && vpc.id().equals(cluster.resourcesVpcConfig().vpcId()))
                        .isPresent();
        return network
                || removed.stream()
                        .anyMatch(id -> inventory.observed().containsKey(id)
                                && inventory.observed().get(id).value() instanceof Nodegroup);
    }

    /** Whoever follows the remedy must not lose the cluster. */
    private static Guard lostTags(AwsContext context, Cluster cluster) {
        return new Guard(
                cluster.arn(),
                "is a cluster of the backend's name that uses its network or nodes, without the backend's tags",
                "If it is the backend's, give it the tags back, then plan again: aws eks tag-resource --resource-arn "
                        + cluster.arn() + " --tags " + context.ownership().assignments(",")
                        + ". If not, have it deleted by its owner first.");
    }
}
