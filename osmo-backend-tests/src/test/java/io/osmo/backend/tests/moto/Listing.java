// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * Everything of an account in one region, each object a line with all that the services say about it, so that two accounts
 * can be compared: ids are replaced by what carries them, and what differs from run to run by nature is left out.
 */
final class Listing {
    /** Moments, addresses and certificates that the services make up. */
    private static final Set<String> MADE_UP = Set.of(
            "AssociationId",
            "CreateDate",
            "CreateTime",
            "CreatedAt",
            "CreationDate",
            "CreationTimestamp",
            "DeletionDate",
            "LastUsedDate",
            "MacAddress",
            "ModifiedAt",
            "NextRotationDate",
            "OwnerId",
            "PrivateDnsName",
            "PrivateIp",
            "PrivateIpAddress",
            "PrivateIpAddresses",
            "PublicDnsName",
            "PublicIp",
            "RoleId",
            "RoleLastUsed",
            "UpdateDate",
            "VersionId",
            "certificateAuthority",
            "createdAt",
            "creationTime",
            "endpoint",
            "health",
            "identity",
            "modifiedAt",
            "resources");

    private static final Pattern ID = Pattern.compile(
            "\\b[a-z]+-[0-9a-f]{8,17}\\b|\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");

    private final MotoClients aws;
    private final Map<String, String> labels = new HashMap<>();
    private final List<Map.Entry<String, Object>> objects = new ArrayList<>();

    private Listing(MotoClients aws) {
        this.aws = aws;
    }

    private static final String DYING_KEY = "key that is about to be deleted";

    /** Keys cannot be deleted but by waiting: whether a line is about such a key. */
    static boolean isDyingKey(String line) {
        return line.startsWith(DYING_KEY);
    }

    /** All that stands. */
    static List<String> of(MotoClients aws) {
        Listing listing = new Listing(aws);
        listing.network();
        listing.identity();
        listing.keys();
        listing.clusters();
        listing.backups();
        aws.logs.describeLogGroupsPaginator(r -> {}).logGroups().forEach(g -> listing.add("log group", g));
        return listing.lines();
    }

    private List<String> lines() {
        return objects.stream()
                .map(object -> object.getKey() + " " + text(object.getValue()))
                .sorted()
                .toList();
    }

    private void network() {
        ec2("vpc", aws.ec2.describeVpcs().vpcs(), v -> v.vpcId(), v -> v.tags());
        ec2("subnet", aws.ec2.describeSubnets().subnets(), s -> s.subnetId(), s -> s.tags());
        ec2("route table", aws.ec2.describeRouteTables().routeTables(), t -> t.routeTableId(), t -> t.tags());
        ec2(
                "internet gateway",
                aws.ec2.describeInternetGateways().internetGateways(),
                g -> g.internetGatewayId(),
                g -> g.tags());
        ec2(
                "nat gateway",
                aws.ec2.describeNatGateways().natGateways().stream()
                        .filter(g -> g.state() != NatGatewayState.DELETED)
                        .toList(),
                g -> g.natGatewayId(),
                g -> g.tags());
        ec2("address", aws.ec2.describeAddresses().addresses(), a -> a.allocationId(), a -> a.tags());
        ec2("security group", aws.ec2.describeSecurityGroups().securityGroups(), g -> g.groupId(), g -> g.tags());
        ec2(
                "endpoint",
                aws.ec2.describeVpcEndpoints().vpcEndpoints().stream()
                        .filter(e -> !"deleted".equalsIgnoreCase(e.stateAsString()))
                        .toList(),
                e -> e.vpcEndpointId(),
                e -> e.tags());
        // Moto keeps these when their VPC is deleted; AWS deletes the one with the VPC, the other with its NAT gateway,
        // and
        // refuses to delete a VPC in which an interface is left.
        Set<String> vpcs =
                aws.ec2.describeVpcs().vpcs().stream().map(v -> v.vpcId()).collect(Collectors.toSet());
        ec2(
                "acl",
                aws.ec2.describeNetworkAcls().networkAcls().stream()
                        .filter(a -> vpcs.contains(a.vpcId()))
                        .toList(),
                a -> a.networkAclId(),
                a -> a.tags());
        ec2(
                "interface",
                aws.ec2.describeNetworkInterfaces().networkInterfaces().stream()
                        .filter(i -> vpcs.contains(i.vpcId()))
                        .toList(),
                i -> i.networkInterfaceId(),
                i -> i.tagSet());
        ec2("volume", aws.ec2.describeVolumes().volumes(), v -> v.volumeId(), v -> v.tags());
        ec2(
                "launch template",
                aws.ec2.describeLaunchTemplates().launchTemplates(),
                t -> t.launchTemplateId(),
                t -> t.tags());
        aws.ec2
                .describeLaunchTemplates()
                .launchTemplates()
                .forEach(t -> aws.ec2
                        .describeLaunchTemplateVersions(r -> r.launchTemplateId(t.launchTemplateId()))
                        .launchTemplateVersions()
                        .forEach(v -> add("launch template version", v)));
    }

    private void identity() {
        aws.iam.listRolesPaginator().roles().forEach(role -> {
            String name = role.roleName();
            add("role", aws.iam.getRole(r -> r.roleName(name)).role());
            aws.iam
                    .listAttachedRolePolicies(r -> r.roleName(name))
                    .attachedPolicies()
                    .forEach(p -> add("policy attached to " + name, p));
            aws.iam
                    .listRolePolicies(r -> r.roleName(name))
                    .policyNames()
                    .forEach(p -> add(
                            "policy of " + name,
                            aws.iam.getRolePolicy(r -> r.roleName(name).policyName(p))));
        });
        aws.iam.listInstanceProfilesPaginator(r -> {}).instanceProfiles().forEach(p -> add("instance profile", p));
        aws.iam.listPoliciesPaginator(r -> r.scope("Local")).policies().forEach(p -> add("policy", p));
        aws.iam.listOpenIDConnectProviders().openIDConnectProviderList().forEach(p -> add("identity provider", p));
    }

    private void keys() {
        aws.kms.listKeysPaginator(r -> {}).keys().forEach(entry -> {
            var key = aws.kms.describeKey(r -> r.keyId(entry.keyId())).keyMetadata();
            if (key.keyState() == KeyState.PENDING_DELETION) {
                add(DYING_KEY, key);
            } else {
                var tags = aws.kms.listResourceTags(r -> r.keyId(key.keyId())).tags();
                labels.put(
                        key.keyId(),
                        label("key", tags.stream().collect(Collectors.toMap(t -> t.tagKey(), t -> t.tagValue()))));
                add("key", key);
                tags.forEach(tag -> add("key's tag", tag));
                add("key's rotation", aws.kms.getKeyRotationStatus(r -> r.keyId(key.keyId())));
                add(
                        "key's policy",
                        aws.kms.getKeyPolicy(r -> r.keyId(key.keyId()).policyName("default")));
            }
        });
        aws.kms.listAliasesPaginator(r -> {}).aliases().stream()
                .filter(alias -> alias.targetKeyId() != null)
                .forEach(alias -> add("key's alias", alias));
    }

    private void clusters() {
        aws.eks.listClustersPaginator(r -> {}).clusters().forEach(name -> {
            add("cluster", aws.eks.describeCluster(r -> r.name(name)).cluster());
            aws.eks
                    .listNodegroupsPaginator(r -> r.clusterName(name))
                    .nodegroups()
                    .forEach(group -> add(
                            "node group",
                            aws.eks
                                    .describeNodegroup(r -> r.clusterName(name).nodegroupName(group))
                                    .nodegroup()));
            aws.eks
                    .listFargateProfiles(r -> r.clusterName(name))
                    .fargateProfileNames()
                    .forEach(profile -> add("fargate profile", profile));
        });
    }

    private void backups() {
        aws.backup.listBackupVaults(r -> {}).backupVaultList().forEach(vault -> add("backup vault", vault));
        aws.backup.listBackupPlans(r -> {}).backupPlansList().forEach(plan -> {
            labels.put(plan.backupPlanId(), "plan " + plan.backupPlanName());
            add("backup plan", aws.backup.getBackupPlan(r -> r.backupPlanId(plan.backupPlanId())));
        });
    }

    private <T> void ec2(String kind, List<T> found, Function<T, String> id, Function<T, List<Tag>> tags) {
        found.forEach(object -> {
            labels.put(
                    id.apply(object),
                    label(kind, tags.apply(object).stream().collect(Collectors.toMap(Tag::key, Tag::value))));
            add(kind, object);
        });
    }

    private static String label(String kind, Map<String, String> tags) {
        return "<" + Optional.ofNullable(tags.get("osmo-resource")).orElse(kind) + ">";
    }

    private void add(String kind, Object object) {
        objects.add(Map.entry(kind, object));
    }

    /** Sets are told in one order whatever the service's; so are lists, none of which means anything by its order here. */
    private String text(Object value) {
        if (value instanceof SdkPojo object) {
            Map<String, String> fields = new TreeMap<>();
            for (SdkField<?> field : object.sdkFields()) {
                Object held = field.getValueOrDefault(object);
                if (held != null && !MADE_UP.contains(field.locationName()) && !isEmpty(held)) {
                    fields.put(field.memberName(), text(held));
                }
            }
            return fields.toString();
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(this::text).sorted().toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> entries = new TreeMap<>();
            map.forEach((key, held) -> entries.put(String.valueOf(key), text(held)));
            return entries.toString();
        }
        return ID.matcher(String.valueOf(value))
                .replaceAll(match ->
                        labels.getOrDefault(match.group(), "<" + match.group().replaceAll("-?[0-9a-f]{4,}", "") + ">"));
    }

    private static boolean isEmpty(Object held) {
        return held instanceof Collection<?> many && many.isEmpty() || held instanceof Map<?, ?> map && map.isEmpty();
    }
}
