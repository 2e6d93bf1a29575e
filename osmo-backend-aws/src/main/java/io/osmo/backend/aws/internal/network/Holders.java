// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Deletes parts of a network. EC2 says of one that is in use only that it is; this says by what. */
public final class Holders {
    /** More would hide the rest of the message. */
    private static final int SHOWN = 5;

    private Holders() {}

    /** What naming the holders of something that cannot be deleted needs too. */
    public static Needs named(Needs needs) {
        return needs.undo(
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeRouteTables",
                "ec2:DescribeVpcEndpoints");
    }

    /**
     * Makes a deleting call.
     *
     * @param filter what finds the interfaces that may hold the object, such as {@code subnet-id} with its id
     */
    public static void delete(AwsContext context, String operation, Filter filter, Supplier<?> call) {
        delete(context, operation, () -> holders(context, filter), call);
    }

    /** Deletes a route table, which is held by what it is associated with. */
    static void deleteRouteTable(AwsContext context, String table) {
        delete(
                context,
                "ec2:DeleteRouteTable",
                () -> associated(context, table),
                () -> context.ec2().deleteRouteTable(r -> r.routeTableId(table)));
    }

    private static void delete(AwsContext context, String operation, Supplier<List<String>> holders, Supplier<?> call) {
        try {
            context.delete(operation, call);
        } catch (CloudException refused) {
            throw refused.error() == CloudError.DEPENDENCY_VIOLATION ? named(refused, holders) : refused;
        }
    }

    private static CloudException named(CloudException refused, Supplier<List<String>> reading) {
        List<String> holders;
        try {
            holders = reading.get();
        } catch (CloudException unread) {
            return refused;
        }
        if (holders.isEmpty()) {
            return refused;
        }
        String shown = String.join("; ", holders.subList(0, Math.min(SHOWN, holders.size())))
                + (holders.size() > SHOWN ? "; and " + (holders.size() - SHOWN) + " more" : "");
        return refused.saying(
                "It is held by " + shown, "Delete or detach what holds it, then destroy again: " + shown + ".");
    }

    private static List<String> associated(AwsContext context, String table) {
        return all(
                context,
                "ec2:DescribeRouteTables",
                () -> context.ec2().describeRouteTablesPaginator(r -> r.routeTableIds(table)).routeTables().stream()
                        .flatMap(each -> each.associations().stream())
                        .toList(),
                Holders::describe);
    }

    private static String describe(RouteTableAssociation each) {
        if (each.subnetId() != null) {
            return "subnet " + each.subnetId();
        }
        return each.gatewayId() != null ? "gateway " + each.gatewayId() : "its VPC as the main route table";
    }

    private static List<String> holders(AwsContext context, Filter filter) {
        List<String> holders = new ArrayList<>(all(
                context,
                "ec2:DescribeNetworkInterfaces",
                () ->
                        context
                                .ec2()
                                .describeNetworkInterfacesPaginator(r -> r.filters(filter))
                                .networkInterfaces()
                                .stream()
                                .toList(),
                Holders::describe));
        if (filter.name().equals("vpc-id")) {
            holders.addAll(inside(context, filter));
        }
        return holders;
    }

    /** What else a VPC holds. */
    private static List<String> inside(AwsContext context, Filter inVpc) {
        List<String> holders = new ArrayList<>();
        holders.addAll(all(
                context,
                "ec2:DescribeSubnets",
                () -> context.ec2().describeSubnetsPaginator(r -> r.filters(inVpc)).subnets().stream()
                        .map(Subnet::subnetId)
                        .toList(),
                id -> "subnet " + id));
        holders.addAll(all(
                context,
                "ec2:DescribeSecurityGroups",
                () -> context.ec2().describeSecurityGroupsPaginator(r -> r.filters(inVpc)).securityGroups().stream()
                        .filter(group -> !"default".equals(group.groupName()))
                        .toList(),
                (SecurityGroup group) -> "security group " + group.groupId() + " (" + group.groupName() + ")"));
        holders.addAll(all(
                context,
                "ec2:DescribeRouteTables",
                () -> context.ec2().describeRouteTablesPaginator(r -> r.filters(inVpc)).routeTables().stream()
                        .filter(table -> !isMain(table))
                        .map(RouteTable::routeTableId)
                        .toList(),
                id -> "route table " + id));
        holders.addAll(all(
                context,
                "ec2:DescribeVpcEndpoints",
                () -> context.ec2().describeVpcEndpointsPaginator(r -> r.filters(inVpc)).vpcEndpoints().stream()
                        .toList(),
                (VpcEndpoint endpoint) ->
                        "VPC endpoint " + endpoint.vpcEndpointId() + " (" + endpoint.serviceName() + ")"));
        return holders;
    }

    private static boolean isMain(RouteTable table) {
        return table.associations().stream().map(RouteTableAssociation::main).anyMatch(Boolean.TRUE::equals);
    }

    private static <T> List<String> all(
            AwsContext context, String operation, Supplier<List<T>> list, Function<T, String> text) {
        return context.call(operation, list).stream().map(text).toList();
    }

    private static String describe(NetworkInterface each) {
        StringBuilder text = new StringBuilder("network interface ").append(each.networkInterfaceId());
        if (each.description() != null && !each.description().isEmpty()) {
            text.append(" (").append(each.description()).append(')');
        }
        if (each.attachment() != null && each.attachment().instanceId() != null) {
            text.append(" of instance ").append(each.attachment().instanceId());
        }
        if (each.requesterId() != null && Boolean.TRUE.equals(each.requesterManaged())) {
            text.append(" made by ").append(each.requesterId());
        }
        return text.append(" of account ").append(each.ownerId()).toString();
    }

    /** A filter by one value. */
    public static Filter by(String name, String value) {
        return Ec2Kind.filter(name, value);
    }
}
