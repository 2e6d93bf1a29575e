// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.Update;

/** What stands in one region, as data. The rules are in the classes that emulate the operations. */
final class AwsRegion {
    final AwsAccount account;
    final String name;
    final List<String> zones;

    final Table<Vpc> vpcs = new Table<>(id -> AwsErrors.ec2NotFound("InvalidVpcID.NotFound", "vpc ID", id));
    final Map<String, VpcDns> vpcDns = new HashMap<>();
    final Table<Subnet> subnets = new Table<>(id -> AwsErrors.ec2NotFound("InvalidSubnetID.NotFound", "subnet ID", id));
    final Table<InternetGateway> internetGateways =
            new Table<>(id -> AwsErrors.ec2NotFound("InvalidInternetGatewayID.NotFound", "internetGateway ID", id));
    final Table<Address> addresses =
            new Table<>(id -> AwsErrors.ec2NotFound("InvalidAllocationID.NotFound", "allocation ID", id));
    final Table<NatGateway> natGateways =
            new Table<>(id -> AwsErrors.ec2("NatGatewayNotFound", "NatGateway " + id + " was not found"));
    final Table<RouteTable> routeTables =
            new Table<>(id -> AwsErrors.ec2NotFound("InvalidRouteTableID.NotFound", "routeTable ID", id));
    final Table<VpcEndpoint> endpoints =
            new Table<>(id -> AwsErrors.ec2NotFound("InvalidVpcEndpointId.NotFound", "Vpc Endpoint Id", id));
    final Table<SecurityGroup> securityGroups =
            new Table<>(id -> AwsErrors.ec2NotFound("InvalidGroup.NotFound", "security group", id));
    final Table<NetworkInterface> networkInterfaces =
            new Table<>(id -> AwsErrors.ec2NotFound("InvalidNetworkInterfaceID.NotFound", "networkInterface ID", id));
    final Table<LaunchTemplate> launchTemplates = new Table<>(id -> AwsErrors.ec2(
            "InvalidLaunchTemplateId.NotFound",
            "The specified launch template, with template ID " + id + ", does not exist."));
    final Map<String, List<LaunchTemplateVersion>> launchTemplateVersions = new HashMap<>();
    final Table<Instance> instances =
            new Table<>(id -> AwsErrors.ec2NotFound("InvalidInstanceID.NotFound", "instance ID", id));
    final Table<Volume> volumes = new Table<>(id -> AwsErrors.ec2NotFound("InvalidVolume.NotFound", "volume", id));
    final Table<PlacementGroup> placementGroups = new Table<>(
            id -> AwsErrors.ec2("InvalidPlacementGroup.Unknown", "The Placement Group '" + id + "' is unknown."));
    final Table<CapacityReservation> capacityReservations = new Table<>(
            id -> AwsErrors.ec2NotFound("InvalidCapacityReservationId.NotFound", "capacity reservation", id));
    final Table<AutoScalingGroup> autoScalingGroups = new Table<>(id -> AwsErrors.of(
            "autoscaling",
            400,
            "ValidationError",
            "AutoScalingGroup name not found - AutoScalingGroup '" + id + "' not found"));

    final Table<Cluster> clusters = new Table<>(id -> AwsErrors.eksNotFound("No cluster found for name: " + id + "."));
    /** Node groups by cluster and name. */
    final Table<Nodegroup> nodeGroups = new Table<>(
            id -> AwsErrors.eksNotFound("No node group found for name: " + id.substring(id.indexOf('/') + 1) + "."));
    /** Add-ons by cluster and name. */
    final Table<Addon> addons = new Table<>(id -> AwsErrors.eksNotFound("No addon: " + id.substring(id.indexOf('/') + 1)
            + " found in cluster: " + id.substring(0, id.indexOf('/'))));
    /** Access entries by cluster and principal. */
    final Table<AccessEntry> accessEntries = new Table<>(id -> AwsErrors.eksNotFound(
            "The specified principalArn could not be found: " + id.substring(id.indexOf('/') + 1)));
    /** Access policies by cluster and principal. */
    final Map<String, List<AssociatedAccessPolicy>> accessPolicies = new HashMap<>();
    /** Pod identity associations by cluster and id. */
    final Table<PodIdentityAssociation> podIdentities =
            new Table<>(id -> AwsErrors.eksNotFound("Association not found: " + id.substring(id.indexOf('/') + 1)));
    /** Updates by id. */
    final Table<EksUpdate> updates = new Table<>(id -> AwsErrors.eksNotFound("No update found for ID: " + id));
    /** Log groups with the time of their creation. */
    final Map<String, java.time.Instant> logGroups = new java.util.TreeMap<>();

    final Map<String, Map<String, String>> ec2Tags = new HashMap<>();

    AwsRegion(AwsAccount account, String name) {
        this.account = account;
        this.name = name;
        this.zones = List.of(name + "a", name + "b", name + "c", name + "d");
    }

    /** DNS attributes of a VPC, which its description does not show. */
    record VpcDns(boolean support, boolean hostnames) {}

    /**
     * An update of a cluster or of something in it.
     *
     * @param owner cluster, or cluster and name of what is updated
     */
    record EksUpdate(String owner, Update update) {}

    String arn(String service, String resource) {
        return account.arn(service, name, resource);
    }

    /** The physical zone behind a name, such as {@code usw2-az1}. */
    String zoneId(String zone) {
        String[] parts = name.split("-", -1);
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length - 1; i++) {
            text.append(parts[i].charAt(0));
        }
        return text.append(parts[parts.length - 1]) + "-az" + (zones.indexOf(zone) + 1);
    }

    List<Tag> tags(String id) {
        return ec2Tags.getOrDefault(id, Map.of()).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    void tag(String id, List<Tag> tags) {
        Map<String, String> held = ec2Tags.computeIfAbsent(id, key -> new TreeMap<>());
        Map<String, String> merged = new TreeMap<>(held);
        for (Tag tag : tags) {
            if (tag.key().startsWith("aws:")) {
                throw AwsErrors.ec2(
                        "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
            }
            if (tag.key().isEmpty() || tag.key().length() > 128 || tag.value().length() > 256) {
                throw AwsErrors.ec2(
                        "InvalidParameterValue", "Tag key or value exceeds the maximum length: " + tag.key());
            }
            merged.put(tag.key(), tag.value());
        }
        if (merged.size() > 50) {
            throw AwsErrors.ec2("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
        held.putAll(merged);
    }

    /** Tags by the service itself, which callers may not give. */
    void tagAsService(String id, Map<String, String> tags) {
        ec2Tags.computeIfAbsent(id, key -> new TreeMap<>()).putAll(tags);
    }

    /** The tags of a create request for the one type of resource that it makes. */
    List<Tag> tagsFor(String resourceType, List<TagSpecification> specifications) {
        List<Tag> tags = new ArrayList<>();
        for (TagSpecification specification : specifications) {
            if (!resourceType.equals(specification.resourceTypeAsString())) {
                throw AwsErrors.ec2(
                        "InvalidParameterValue",
                        "'" + specification.resourceTypeAsString()
                                + "' is not a valid taggable resource type for this operation.");
            }
            tags.addAll(specification.tags());
        }
        return tags;
    }

    String ec2ResourceType(String id) {
        return switch (id.substring(0, id.lastIndexOf('-'))) {
            case "vpc" -> "vpc";
            case "subnet" -> "subnet";
            case "igw" -> "internet-gateway";
            case "eipalloc" -> "elastic-ip";
            case "nat" -> "natgateway";
            case "rtb" -> "route-table";
            case "vpce" -> "vpc-endpoint";
            case "sg" -> "security-group";
            case "eni" -> "network-interface";
            case "lt" -> "launch-template";
            case "i" -> "instance";
            case "vol" -> "volume";
            case "pg" -> "placement-group";
            default -> "capacity-reservation";
        };
    }
}
