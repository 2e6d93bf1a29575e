// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * What is between nodes and what they have to call. Pure.
 *
 * @param subnets the subnets of the pool
 * @param tables all route tables of the VPC
 * @param acls all network ACLs of the VPC
 * @param groups all security groups of the VPC
 * @param services services that the VPC has endpoints of
 * @param dns whether the VPC resolves names
 */
record NetworkPath(
        List<Subnet> subnets,
        List<RouteTable> tables,
        List<NetworkAcl> acls,
        List<SecurityGroup> groups,
        Set<String> services,
        boolean dns) {
    private static final String ANYWHERE = "0.0.0.0/0";
    private static final String ALL_PROTOCOLS = "-1";
    private static final String TCP = "6";
    private static final int HTTPS = 443;

    /** Services that a node calls before it is ready, by the ends of their names. */
    private static final List<String> NEEDED = List.of(".ecr.api", ".ecr.dkr", ".ec2", ".s3");

    /** The first subnet whose nodes reach nothing outside, because no route leads there. */
    Optional<Subnet> withoutRoute() {
        return hasEndpoints()
                ? Optional.empty()
                : subnets.stream()
                        .filter(subnet -> defaultRoute(subnet).isEmpty())
                        .findFirst();
    }

    /** The first default route whose target no longer exists. */
    Optional<Route> blackHole() {
        return hasEndpoints()
                ? Optional.empty()
                : subnets.stream()
                        .flatMap(subnet -> defaultRoute(subnet).stream())
                        .filter(route -> "blackhole".equals(route.stateAsString()))
                        .findFirst();
    }

    private boolean hasEndpoints() {
        return NEEDED.stream().allMatch(need -> services.stream().anyMatch(name -> name.endsWith(need)));
    }

    private Optional<Route> defaultRoute(Subnet subnet) {
        return table(subnet).stream()
                .flatMap(table -> table.routes().stream())
                .filter(route -> ANYWHERE.equals(route.destinationCidrBlock()))
                .findFirst();
    }

    /** The table of a subnet; one without an association has the main table. */
    private Optional<RouteTable> table(Subnet subnet) {
        Optional<RouteTable> own = tables.stream()
                .filter(table -> table.associations().stream()
                        .anyMatch(each -> subnet.subnetId().equals(each.subnetId())))
                .findFirst();
        return own.or(() -> tables.stream()
                .filter(table -> table.associations().stream().anyMatch(each -> Boolean.TRUE.equals(each.main())))
                .findFirst());
    }

    /** The first network ACL of the pool's subnets that denies calls by HTTPS to anywhere. */
    Optional<NetworkAcl> blockingAcl() {
        return acls.stream()
                .filter(acl -> acl.associations().stream()
                        .anyMatch(each -> subnets.stream()
                                .anyMatch(subnet -> subnet.subnetId().equals(each.subnetId()))))
                .filter(NetworkPath::deniesHttps)
                .findFirst();
    }

    /** Of the entries that apply, the one with the lowest number counts. */
    private static boolean deniesHttps(NetworkAcl acl) {
        Optional<NetworkAclEntry> first = acl.entries().stream()
                .filter(entry -> Boolean.TRUE.equals(entry.egress()) && ANYWHERE.equals(entry.cidrBlock()))
                .filter(NetworkPath::isAboutHttps)
                .min(Comparator.comparing(NetworkAclEntry::ruleNumber));
        return first.filter(entry -> entry.ruleAction() == RuleAction.DENY).isPresent();
    }

    private static boolean isAboutHttps(NetworkAclEntry entry) {
        boolean port = entry.portRange() == null
                || entry.portRange().from() <= HTTPS
                        && HTTPS <= entry.portRange().to();
        return ALL_PROTOCOLS.equals(entry.protocol()) || TCP.equals(entry.protocol()) && port;
    }

    /**
     * The first security group of an instance, if none of its groups lets it call anybody by HTTPS.
     *
     * @param ids the groups of the instance
     */
    Optional<SecurityGroup> blockingGroup(Set<String> ids) {
        List<SecurityGroup> own =
                groups.stream().filter(group -> ids.contains(group.groupId())).toList();
        boolean open = own.stream()
                .flatMap(group -> group.ipPermissionsEgress().stream())
                .anyMatch(NetworkPath::allowsHttps);
        return open ? Optional.empty() : own.stream().findFirst();
    }

    private static boolean allowsHttps(IpPermission rule) {
        boolean port = ALL_PROTOCOLS.equals(rule.ipProtocol())
                || "tcp".equals(rule.ipProtocol()) && rule.fromPort() <= HTTPS && HTTPS <= rule.toPort();
        boolean somebody = !rule.ipRanges().isEmpty()
                || !rule.prefixListIds().isEmpty()
                || !rule.userIdGroupPairs().isEmpty();
        return port && somebody;
    }

    /** Whether no subnet has a free address. */
    boolean isFull() {
        return !subnets.isEmpty()
                && subnets.stream()
                        .allMatch(subnet ->
                                subnet.availableIpAddressCount() != null && subnet.availableIpAddressCount() == 0);
    }
}
