// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.resource.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateEbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateHttpTokensState;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * What a launch template says about a node, in a form that can be compared with what is wanted.
 *
 * @param device name of the disk that holds images and pods' files
 * @param diskGib its size in GiB
 * @param keyArn key that encrypts it; null when none is named
 * @param interfaces interfaces with Elastic Fabric Adapters; empty leaves all interfaces to EKS
 * @param securityGroups groups of the interfaces; empty leaves them to EKS
 * @param placementGroup name of the placement group; null for none
 * @param reservation id of the capacity reservation; null for none
 * @param blockType instance type when the reservation is a capacity block; null when it is none
 * @param hardened whether IMDSv2 is required, with a hop limit of 2 so that pods reach it, and the disk is encrypted gp3
 * @param tags tags of instances and volumes
 */
record NodeMachine(
        String device,
        int diskGib,
        @Nullable String keyArn,
        List<NodeInterface> interfaces,
        List<String> securityGroups,
        @Nullable String placementGroup,
        @Nullable String reservation,
        @Nullable String blockType,
        boolean hardened,
        Map<String, String> tags) {
    /** The field of tags, which alone are not worth a new node. */
    static final String TAGS = "instanceTags";

    private static final int HOP_LIMIT = 2;

    NodeMachine {
        interfaces = List.copyOf(interfaces);
        securityGroups = securityGroups.stream().sorted().toList();
        tags = Map.copyOf(tags);
    }

    /** Reads what a template says. */
    static NodeMachine of(ResponseLaunchTemplateData data) {
        Optional<LaunchTemplateBlockDeviceMapping> disk =
                data.blockDeviceMappings().stream().filter(d -> d.ebs() != null).findFirst();
        Optional<LaunchTemplateEbsBlockDevice> ebs = disk.map(LaunchTemplateBlockDeviceMapping::ebs);
        boolean imds = data.metadataOptions() != null
                && data.metadataOptions().httpTokens() == LaunchTemplateHttpTokensState.REQUIRED
                && Integer.valueOf(HOP_LIMIT).equals(data.metadataOptions().httpPutResponseHopLimit());
        boolean encrypted = ebs.map(e -> Boolean.TRUE.equals(e.encrypted()) && e.volumeType() == VolumeType.GP3)
                .orElse(false);
        boolean block = data.instanceMarketOptions() != null
                && data.instanceMarketOptions().marketType() == MarketType.CAPACITY_BLOCK;
        Map<String, String> tags = new TreeMap<>();
        data.tagSpecifications().stream()
                .filter(spec -> spec.resourceType() == ResourceType.INSTANCE)
                .forEach(spec -> spec.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
        return new NodeMachine(
                disk.map(LaunchTemplateBlockDeviceMapping::deviceName).orElse(""),
                ebs.map(LaunchTemplateEbsBlockDevice::volumeSize).orElse(0),
                ebs.map(LaunchTemplateEbsBlockDevice::kmsKeyId).orElse(null),
                data.networkInterfaces().stream()
                        .map(NodeMachine::networkInterface)
                        .toList(),
                data.networkInterfaces().stream()
                        .flatMap(nic -> nic.groups().stream())
                        .distinct()
                        .toList(),
                data.placement() == null ? null : data.placement().groupName(),
                reservation(data),
                block ? data.instanceTypeAsString() : null,
                imds && encrypted,
                tags);
    }

    private static @Nullable String reservation(ResponseLaunchTemplateData data) {
        return data.capacityReservationSpecification() == null
                        || data.capacityReservationSpecification().capacityReservationTarget() == null
                ? null
                : data.capacityReservationSpecification()
                        .capacityReservationTarget()
                        .capacityReservationId();
    }

    RequestLaunchTemplateData toRequest() {
        List<Tag> asTags = new TreeMap<>(tags)
                .entrySet().stream()
                        .map(e -> Tag.builder()
                                .key(e.getKey())
                                .value(e.getValue())
                                .build())
                        .toList();
        RequestLaunchTemplateData.Builder data = RequestLaunchTemplateData.builder()
                .blockDeviceMappings(d -> d.deviceName(device)
                        .ebs(ebs -> ebs.volumeType(VolumeType.GP3)
                                .volumeSize(diskGib)
                                .encrypted(true)
                                .kmsKeyId(keyArn)
                                .deleteOnTermination(true)))
                .metadataOptions(m ->
                        m.httpTokens(LaunchTemplateHttpTokensState.REQUIRED).httpPutResponseHopLimit(HOP_LIMIT))
                .tagSpecifications(
                        t -> t.resourceType(ResourceType.INSTANCE).tags(asTags),
                        t -> t.resourceType(ResourceType.VOLUME).tags(asTags));
        if (!interfaces.isEmpty()) {
            data.networkInterfaces(networkInterfaces());
        }
        if (placementGroup != null) {
            data.placement(p -> p.groupName(placementGroup));
        }
        if (reservation != null) {
            data.capacityReservationSpecification(
                    c -> c.capacityReservationTarget(target -> target.capacityReservationId(reservation)));
        }
        if (blockType != null) {
            data.instanceType(blockType).instanceMarketOptions(market -> market.marketType(MarketType.CAPACITY_BLOCK));
        }
        return data.build();
    }

    private List<LaunchTemplateInstanceNetworkInterfaceSpecificationRequest> networkInterfaces() {
        return interfaces.stream()
                .map(each -> LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.builder()
                        .networkCardIndex(each.card())
                        .deviceIndex(each.device())
                        .interfaceType(each.type())
                        .groups(securityGroups)
                        .deleteOnTermination(true)
                        .build())
                .toList();
    }

    private static NodeInterface networkInterface(LaunchTemplateInstanceNetworkInterfaceSpecification found) {
        return new NodeInterface(
                found.networkCardIndex() == null ? 0 : found.networkCardIndex(),
                found.deviceIndex() == null ? 0 : found.deviceIndex(),
                found.interfaceType() == null ? NodeInterface.ENA : found.interfaceType());
    }

    /** How an existing template differs; a new version of it removes all differences. */
    List<FieldChange> compare(NodeMachine observed) {
        List<FieldChange> changes = new ArrayList<>();
        compare("disk.device", observed.device, device, changes);
        compare("disk.sizeGib", observed.diskGib, diskGib, changes);
        compare("disk.kmsKeyId", observed.keyArn, keyArn, changes);
        compare("networkInterfaces", observed.interfaces, interfaces, changes);
        compare("securityGroups", observed.securityGroups, securityGroups, changes);
        compare("placementGroup", observed.placementGroup, placementGroup, changes);
        compare("capacityReservationId", observed.reservation, reservation, changes);
        compare("capacityBlockInstanceType", observed.blockType, blockType, changes);
        compare("encryptedDiskAndImdsV2", observed.hardened, hardened, changes);
        compare(TAGS, new TreeMap<>(observed.tags), new TreeMap<>(tags), changes);
        return changes;
    }

    private static void compare(
            String field, @Nullable Object observed, @Nullable Object wanted, List<FieldChange> changes) {
        if (!Objects.equals(observed, wanted)) {
            changes.add(
                    FieldChange.inPlace(field, observed == null ? "none" : observed, wanted == null ? "none" : wanted));
        }
    }
}
