// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** What machines in a subnet can reach. */
public final class Reach {
    private static final String ANYWHERE = "0.0.0.0/0";

    /** Services that a node without a way to the internet needs, by the ends of their names. */
    private static final List<String> NEEDED = List.of(".ecr.api", ".ecr.dkr", ".ec2", ".s3");

    private Reach() {}

    /** Whether the resolver of the VPC answers. */
    public static boolean resolvesNames(Ec2 ec2, Subnet subnet) {
        return Optional.ofNullable(ec2.vpcDns.get(subnet.vpcId()))
                .map(Ec2.VpcDns::support)
                .orElse(true);
    }

    /** Whether there is a way to the registries: a default route that leads somewhere, or endpoints of the services. */
    public static boolean reachesRegistries(Ec2 ec2, Subnet subnet) {
        return leadsOut(ec2, subnet) || NEEDED.stream().allMatch(service -> hasEndpoint(ec2, subnet, service));
    }

    /** Whether the network ACL of the subnet lets nodes call anybody. */
    public static boolean mayLeaveSubnet(Ec2 ec2, Subnet subnet) {
        return NetworkAcls.letsLeave(ec2, subnet);
    }

    /** Whether a security group lets its machines call anybody. */
    public static boolean mayLeaveGroup(Ec2 ec2, String group) {
        return ec2.securityGroups
                .find(group)
                .filter(found -> found.ipPermissionsEgress().stream()
                        .anyMatch(rule -> rule.ipRanges().stream().anyMatch(range -> ANYWHERE.equals(range.cidrIp()))))
                .isPresent();
    }

    private static boolean leadsOut(Ec2 ec2, Subnet subnet) {
        return table(ec2, subnet).stream()
                .flatMap(table -> table.routes().stream())
                .filter(route -> ANYWHERE.equals(route.destinationCidrBlock()))
                .anyMatch(route -> exists(ec2, route));
    }

    private static boolean exists(Ec2 ec2, Route route) {
        return route.natGatewayId() == null
                || ec2.natGateways
                        .find(route.natGatewayId())
                        .filter(nat -> nat.state() == NatGatewayState.AVAILABLE)
                        .isPresent();
    }

    private static Optional<RouteTable> table(Ec2 ec2, Subnet subnet) {
        Optional<RouteTable> own = ec2.routeTables
                .where(table -> table.associations().stream()
                        .anyMatch(each -> subnet.subnetId().equals(each.subnetId())))
                .findFirst();
        return own.or(() -> ec2.routeTables
                .where(table -> table.vpcId().equals(subnet.vpcId()) && RouteTables.isMain(table))
                .findFirst());
    }

    private static boolean hasEndpoint(Ec2 ec2, Subnet subnet, String service) {
        return ec2.endpoints
                .where(endpoint -> endpoint.vpcId().equals(subnet.vpcId()))
                .map(VpcEndpoint::serviceName)
                .anyMatch(name -> name.endsWith(service));
    }
}
