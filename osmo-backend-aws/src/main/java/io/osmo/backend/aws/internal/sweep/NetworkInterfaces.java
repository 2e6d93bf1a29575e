// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.ResourceId;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Interfaces that the VPC CNI or EKS made and that hang on nothing any more. */
final class NetworkInterfaces extends Sweep {
    private static final Filter AVAILABLE = Ec2Resource.filter("status", "available");

    NetworkInterfaces(AwsContext aws, Set<ResourceId> after) {
        super(aws, NETWORK_INTERFACES, after, "network interfaces", false);
    }

    @Override
    Found find(Optional<String> vpc) {
        Found ofCluster = interfaces(AVAILABLE, Ec2Resource.filter("tag:cluster.k8s.amazonaws.com/name", aws.name()));
        // A CNI that may not tag leaves only its description; in a VPC of ours nobody else's can be there.
        return vpc.map(id -> ofCluster.and(interfaces(
                        AVAILABLE,
                        Ec2Resource.filter("vpc-id", id),
                        Ec2Resource.filter("description", "aws-K8S-*", "Amazon EKS *"))))
                .orElse(ofCluster);
    }

    private Found interfaces(Filter... filters) {
        return new Found(aws.call(
                "ec2:DescribeNetworkInterfaces",
                () -> aws
                        .clients()
                        .ec2()
                        .describeNetworkInterfacesPaginator(r -> r.filters(filters))
                        .networkInterfaces()
                        .stream()
                        .map(NetworkInterface::networkInterfaceId)
                        .toList()));
    }

    @Override
    void delete(String networkInterface) {
        aws.delete(
                "ec2:DeleteNetworkInterface",
                () -> aws.clients().ec2().deleteNetworkInterface(r -> r.networkInterfaceId(networkInterface)));
    }
}
