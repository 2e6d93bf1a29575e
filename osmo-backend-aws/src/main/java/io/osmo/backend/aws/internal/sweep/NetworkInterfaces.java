// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Interfaces that the VPC CNI or EKS made and that are attached to nothing any more. */
final class NetworkInterfaces extends Sweep {
    private static final Filter AVAILABLE = Ec2Kind.filter("status", "available");

    NetworkInterfaces(AwsContext context, Set<ResourceId> after) {
        super(context, NETWORK_INTERFACES, after, false);
    }

    @Override
    List<String> find(Optional<String> vpc) {
        List<String> found = new ArrayList<>(
                interfaces(AVAILABLE, Ec2Kind.filter("tag:cluster.k8s.amazonaws.com/name", context.name())));
        // A CNI without the permission to tag leaves only its description; in a VPC of ours they can be of no other
        // cluster.
        vpc.ifPresent(id -> found.addAll(interfaces(
                AVAILABLE, Ec2Kind.filter("vpc-id", id), Ec2Kind.filter("description", "aws-K8S-*", "Amazon EKS *"))));
        return found;
    }

    private List<String> interfaces(Filter... filters) {
        return context.call(
                "ec2:DescribeNetworkInterfaces",
                () ->
                        context
                                .ec2()
                                .describeNetworkInterfacesPaginator(r -> r.filters(filters))
                                .networkInterfaces()
                                .stream()
                                .map(NetworkInterface::networkInterfaceId)
                                .toList());
    }

    @Override
    void delete(String networkInterface) {
        context.delete(
                "ec2:DeleteNetworkInterface",
                () -> context.ec2().deleteNetworkInterface(r -> r.networkInterfaceId(networkInterface)));
    }
}
