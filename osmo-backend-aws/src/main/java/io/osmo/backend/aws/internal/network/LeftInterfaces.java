// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Interfaces that the VPC CNI or EKS made and that are attached to nothing any more. */
public final class LeftInterfaces {
    private static final Filter AVAILABLE = Ec2Kind.filter("status", "available");

    private LeftInterfaces() {}

    /** Those that carry the tag of the CNI, in any network. */
    public static List<String> tagged(AwsContext context) {
        return find(context, Ec2Kind.filter("tag:cluster.k8s.amazonaws.com/name", context.name()));
    }

    /**
     * The interfaces in a VPC or subnet of the backend, where they cannot belong to another cluster: those of a CNI without the permission
     * to tag are recognizable only by their description.
     *
     * @param filter such as {@code vpc-id}
     */
    public static List<String> in(AwsContext context, String filter, String id) {
        return find(context, Ec2Kind.filter(filter, id), Ec2Kind.filter("description", "aws-K8S-*", "Amazon EKS *"));
    }

    private static List<String> find(AwsContext context, Filter... filters) {
        List<Filter> all = new ArrayList<>(List.of(filters));
        all.add(AVAILABLE);
        return context.call(
                "ec2:DescribeNetworkInterfaces",
                () -> context.ec2().describeNetworkInterfacesPaginator(r -> r.filters(all)).networkInterfaces().stream()
                        .map(NetworkInterface::networkInterfaceId)
                        .toList());
    }

    public static void delete(AwsContext context, String id) {
        context.delete(
                "ec2:DeleteNetworkInterface",
                () -> context.ec2().deleteNetworkInterface(r -> r.networkInterfaceId(id)));
    }
}
