// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.foreign;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.aws.internal.sweep.LoadBalancers;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spi.provider.Futures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Finds what is in the backend's VPC but belongs to others. EC2 refuses to delete the subnets and the VPC as long as it exists. */
final class NetworkObjects {
    private static final String LOAD_BALANCER = "ELB ";

    private final AwsContext context;
    private final Filter inVpc;

    NetworkObjects(AwsContext context, String vpc) {
        this.context = context;
        this.inVpc = Ec2Kind.filter("vpc-id", vpc);
    }

    CompletableFuture<List<Guard>> read() {
        CompletableFuture<List<NatGateway>> gateways = gateways();
        CompletableFuture<List<VpcEndpoint>> endpoints = endpoints();
        CompletableFuture<Set<String>> theirs = gateways.thenCombine(endpoints, NetworkObjects::interfacesOf);
        return Futures.flat(List.of(
                subnets(),
                tables(),
                networkAcls(),
                gateways.thenApply(this::foreignGateways),
                endpoints.thenApply(this::foreignEndpoints),
                groups(),
                instances(),
                interfaces(theirs)));
    }

    /** Interfaces of objects that are listed separately, whatever their type. */
    private static Set<String> interfacesOf(List<NatGateway> gateways, List<VpcEndpoint> endpoints) {
        Set<String> ids = new HashSet<>();
        gateways.forEach(
                gateway -> gateway.natGatewayAddresses().forEach(address -> ids.add(address.networkInterfaceId())));
        endpoints.forEach(endpoint -> ids.addAll(endpoint.networkInterfaceIds()));
        return ids;
    }

    private boolean isOurs(List<Tag> tags) {
        return context.ownership().owns(Ec2Kind.map(tags));
    }

    private static Guard guard(String kind, String id) {
        return new Guard(
                id, "is a " + kind + " in the backend's network that this backend did not make", "Delete or move it.");
    }

    private CompletableFuture<List<Guard>> subnets() {
        return context.async(
                "ec2:DescribeSubnets",
                () -> context.ec2().describeSubnetsPaginator(r -> r.filters(inVpc)).subnets().stream()
                        .filter(subnet -> !isOurs(subnet.tags()))
                        .map(subnet -> guard("subnet", subnet.subnetId()))
                        .toList());
    }

    /** The main table comes and goes with the VPC. */
    private CompletableFuture<List<Guard>> tables() {
        return context.async(
                "ec2:DescribeRouteTables",
                () -> context.ec2().describeRouteTablesPaginator(r -> r.filters(inVpc)).routeTables().stream()
                        .filter(table -> !isOurs(table.tags())
                                && table.associations().stream().noneMatch(each -> Boolean.TRUE.equals(each.main())))
                        .map(table -> guard("route table", table.routeTableId()))
                        .toList());
    }

    /** The default one comes and goes with the VPC. */
    private CompletableFuture<List<Guard>> networkAcls() {
        return context.async(
                "ec2:DescribeNetworkAcls",
                () -> context.ec2().describeNetworkAclsPaginator(r -> r.filters(inVpc)).networkAcls().stream()
                        .filter(acl -> !Boolean.TRUE.equals(acl.isDefault()) && !isOurs(acl.tags()))
                        .map(acl -> guard("network ACL", acl.networkAclId()))
                        .toList());
    }

    /** Deleted ones too: EC2 lists them for an hour, and their interfaces may take a while to go. */
    private CompletableFuture<List<NatGateway>> gateways() {
        return context.async(
                "ec2:DescribeNatGateways",
                () -> context.ec2().describeNatGatewaysPaginator(r -> r.filter(inVpc)).natGateways().stream()
                        .toList());
    }

    private List<Guard> foreignGateways(List<NatGateway> gateways) {
        return gateways.stream()
                .filter(gateway -> gateway.state() != NatGatewayState.DELETED && !isOurs(gateway.tags()))
                .map(gateway -> guard("NAT gateway", gateway.natGatewayId()))
                .toList();
    }

    private CompletableFuture<List<VpcEndpoint>> endpoints() {
        return context.async(
                "ec2:DescribeVpcEndpoints",
                () -> context.ec2().describeVpcEndpointsPaginator(r -> r.filters(inVpc)).vpcEndpoints().stream()
                        .toList());
    }

    private List<Guard> foreignEndpoints(List<VpcEndpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> !isOurs(endpoint.tags()))
                .map(endpoint -> guard("VPC endpoint", endpoint.vpcEndpointId()))
                .toList();
    }

    private CompletableFuture<List<Guard>> groups() {
        return context.async(
                "ec2:DescribeSecurityGroups",
                () -> context.ec2().describeSecurityGroupsPaginator(r -> r.filters(inVpc)).securityGroups().stream()
                        .filter(group ->
                                !group.groupName().equals("default") && !isOurs(group.tags()) && !isSwept(group))
                        .map(group -> guard("security group", group.groupId()))
                        .toList());
    }

    /** The tags by which groups of EKS and of the controllers in the cluster are swept. */
    private boolean isSwept(SecurityGroup group) {
        Map<String, String> tags = Ec2Kind.map(group.tags());
        return "owned".equals(tags.get("kubernetes.io/cluster/" + context.name()))
                || context.name().equals(tags.get("aws:eks:cluster-name"))
                || context.name().equals(tags.get("elbv2.k8s.aws/cluster"));
    }

    /** Instances of node groups are left out; node groups of others are listed separately. */
    private CompletableFuture<List<Guard>> instances() {
        return context.async(
                "ec2:DescribeInstances",
                () -> context.ec2().describeInstancesPaginator(r -> r.filters(inVpc)).reservations().stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .filter(NetworkObjects::isRunning)
                        .filter(instance -> !context.name()
                                .equals(Ec2Kind.map(instance.tags()).get("eks:cluster-name")))
                        .map(instance -> guard("machine", instance.instanceId()))
                        .toList());
    }

    private static boolean isRunning(Instance instance) {
        return instance.state() == null
                || instance.state().name() != InstanceStateName.TERMINATED
                        && instance.state().name() != InstanceStateName.SHUTTING_DOWN;
    }

    /** @param listed interfaces of objects that are listed separately */
    private CompletableFuture<List<Guard>> interfaces(CompletableFuture<Set<String>> listed) {
        CompletableFuture<List<NetworkInterface>> all = context.async(
                "ec2:DescribeNetworkInterfaces",
                () ->
                        context
                                .ec2()
                                .describeNetworkInterfacesPaginator(r -> r.filters(inVpc))
                                .networkInterfaces()
                                .stream()
                                .toList());
        CompletableFuture<List<NetworkInterface>> found = all.thenCombine(
                listed,
                (interfaces, known) -> interfaces.stream()
                        .filter(each -> !known.contains(each.networkInterfaceId()))
                        .toList());
        return found.thenCompose(interfaces ->
                interfaces.stream().anyMatch(each -> description(each).startsWith(LOAD_BALANCER))
                        ? context.scheduler()
                                .call(() -> LoadBalancers.names(context))
                                .thenApply(names -> foreign(interfaces, names))
                        : CompletableFuture.completedFuture(foreign(interfaces, Set.of())));
    }

    private List<Guard> foreign(List<NetworkInterface> interfaces, Set<String> loadBalancers) {
        List<Guard> guards = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (NetworkInterface each : interfaces) {
            String description = description(each);
            if (description.startsWith(LOAD_BALANCER)) {
                String name = description.substring(LOAD_BALANCER.length());
                if (!loadBalancers.contains(name) && told.add(name)) {
                    guards.add(guard("load balancer", name));
                }
            } else if (!isOfOthers(each) && !isOfCluster(each, description)) {
                guards.add(guard(
                        "network interface" + (description.isEmpty() ? "" : " (" + description + ")"),
                        each.networkInterfaceId()));
            }
        }
        return guards;
    }

    /** Interfaces of what is listed by itself. */
    private static boolean isOfOthers(NetworkInterface each) {
        return each.attachment() != null && each.attachment().instanceId() != null
                || each.interfaceType() == NetworkInterfaceType.NAT_GATEWAY
                || each.interfaceType() == NetworkInterfaceType.VPC_ENDPOINT;
    }

    private boolean isOfCluster(NetworkInterface each, String description) {
        return description.equals("Amazon EKS " + context.name())
                || description.toLowerCase(Locale.ROOT).startsWith("aws-k8s-")
                || context.name().equals(Ec2Kind.map(each.tagSet()).get("cluster.k8s.amazonaws.com/name"));
    }

    private static String description(NetworkInterface each) {
        return Optional.ofNullable(each.description()).orElse("");
    }
}
