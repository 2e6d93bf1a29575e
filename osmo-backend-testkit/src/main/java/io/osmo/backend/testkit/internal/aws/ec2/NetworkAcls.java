// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The default network ACL of each VPC, which all of its subnets have, and others, which none has. */
final class NetworkAcls {
    private static final String ANYWHERE = "0.0.0.0/0";
    private static final int LAST = 32_767;

    private final Ec2 ec2;
    private final Query<NetworkAcl> query;

    NetworkAcls(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<NetworkAcl>(ec2, "network-acl-id", NetworkAcl::networkAclId)
                .attribute("vpc-id", NetworkAcl::vpcId)
                .attributes(
                        "association.subnet-id",
                        acl -> subnets(acl).map(Subnet::subnetId).toList());
    }

    static void createDefault(Ec2 ec2, Vpc vpc) {
        String id = "acl" + vpc.vpcId().substring("vpc".length());
        List<NetworkAclEntry> entries = new ArrayList<>();
        for (boolean egress : new boolean[] {false, true}) {
            entries.add(entry(100, egress, RuleAction.ALLOW));
            entries.add(entry(LAST, egress, RuleAction.DENY));
        }
        ec2.networkAcls.put(
                id,
                NetworkAcl.builder()
                        .networkAclId(id)
                        .vpcId(vpc.vpcId())
                        .ownerId(ec2.account.id())
                        .isDefault(true)
                        .entries(entries)
                        .build());
    }

    /** The default ACL is deleted with its VPC. */
    static void forgetVpc(Ec2 ec2, String vpc) {
        ec2.networkAcls
                .where(acl -> acl.vpcId().equals(vpc))
                .toList()
                .forEach(acl -> ec2.networkAcls.remove(acl.networkAclId()));
    }

    private static NetworkAclEntry entry(int number, boolean egress, RuleAction action) {
        return NetworkAclEntry.builder()
                .ruleNumber(number)
                .egress(egress)
                .ruleAction(action)
                .protocol("-1")
                .cidrBlock(ANYWHERE)
                .build();
    }

    /** Whether the ACL of a subnet lets traffic leave. Of the entries for all traffic, the one with the lowest number counts. */
    static boolean letsLeave(Ec2 ec2, Subnet subnet) {
        Optional<NetworkAclEntry> first = ec2.networkAcls
                .where(acl -> acl.isDefault() && acl.vpcId().equals(subnet.vpcId()))
                .flatMap(acl -> acl.entries().stream())
                .filter(entry -> Boolean.TRUE.equals(entry.egress()) && ANYWHERE.equals(entry.cidrBlock()))
                .min(Comparator.comparing(NetworkAclEntry::ruleNumber));
        return first.filter(entry -> entry.ruleAction() == RuleAction.ALLOW).isPresent();
    }

    /** One that denies everything until it gets entries. */
    CreateNetworkAclResponse createNetworkAcl(CreateNetworkAclRequest r) {
        return ec2.account.once(r, r.clientToken(), () -> {
            Vpc vpc = ec2.vpcs.get(r.vpcId());
            String id = ec2.account.newId("acl");
            NetworkAcl acl = NetworkAcl.builder()
                    .networkAclId(id)
                    .vpcId(vpc.vpcId())
                    .ownerId(ec2.account.id())
                    .isDefault(false)
                    .entries(entry(LAST, false, RuleAction.DENY), entry(LAST, true, RuleAction.DENY))
                    .build();
            return CreateNetworkAclResponse.builder()
                    .networkAcl(ec2.networkAcls.put(id, acl))
                    .build();
        });
    }

    DeleteNetworkAclResponse deleteNetworkAcl(DeleteNetworkAclRequest r) {
        if (ec2.networkAcls.get(r.networkAclId()).isDefault()) {
            throw Ec2Errors.of("InvalidParameterValue", "cannot delete default network ACL " + r.networkAclId());
        }
        ec2.networkAcls.remove(r.networkAclId());
        return DeleteNetworkAclResponse.builder().build();
    }

    CreateNetworkAclEntryResponse createNetworkAclEntry(CreateNetworkAclEntryRequest r) {
        NetworkAcl acl = ec2.networkAcls.get(r.networkAclId());
        if (acl.entries().stream().anyMatch(entry -> isSame(entry, r.ruleNumber(), r.egress()))) {
            throw Ec2Errors.of(
                    "NetworkAclEntryAlreadyExists",
                    "The network acl entry identified by " + r.ruleNumber() + " already exists.");
        }
        List<NetworkAclEntry> entries = new ArrayList<>(acl.entries());
        entries.add(NetworkAclEntry.builder()
                .ruleNumber(r.ruleNumber())
                .egress(r.egress())
                .ruleAction(r.ruleAction())
                .protocol(r.protocol())
                .portRange(r.portRange())
                .cidrBlock(r.cidrBlock())
                .build());
        ec2.networkAcls.update(
                r.networkAclId(), a -> a.toBuilder().entries(entries).build());
        return CreateNetworkAclEntryResponse.builder().build();
    }

    DeleteNetworkAclEntryResponse deleteNetworkAclEntry(DeleteNetworkAclEntryRequest r) {
        List<NetworkAclEntry> entries =
                new ArrayList<>(ec2.networkAcls.get(r.networkAclId()).entries());
        if (!entries.removeIf(entry -> isSame(entry, r.ruleNumber(), r.egress()))) {
            throw Ec2Errors.of(
                    "InvalidNetworkAclEntry.NotFound",
                    "The network acl entry identified by " + r.ruleNumber() + " does not exist.");
        }
        ec2.networkAcls.update(
                r.networkAclId(), a -> a.toBuilder().entries(entries).build());
        return DeleteNetworkAclEntryResponse.builder().build();
    }

    private static boolean isSame(NetworkAclEntry entry, Integer number, Boolean egress) {
        return entry.ruleNumber().equals(number) && entry.egress().equals(egress);
    }

    DescribeNetworkAclsResponse describeNetworkAcls(DescribeNetworkAclsRequest r) {
        Page<NetworkAcl> page =
                query.page(ec2.networkAcls, r.networkAclIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeNetworkAclsResponse.builder()
                .networkAcls(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    private Stream<Subnet> subnets(NetworkAcl acl) {
        return ec2.subnets.where(subnet -> acl.isDefault() && subnet.vpcId().equals(acl.vpcId()));
    }

    private NetworkAcl described(NetworkAcl acl) {
        return acl.toBuilder()
                .associations(subnets(acl)
                        .map(subnet -> NetworkAclAssociation.builder()
                                .networkAclId(acl.networkAclId())
                                .networkAclAssociationId(
                                        "aclassoc-" + subnet.subnetId().substring("subnet-".length()))
                                .subnetId(subnet.subnetId())
                                .build())
                        .toList())
                .build();
    }
}
