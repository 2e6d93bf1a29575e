// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.catalog.ImageType;
import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateEbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.eks.model.AMITypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * Disks of a node group's machines (OP-2, SC-2).
 *
 * @param gib size of the one that images and pods' files are kept on
 * @param encrypted whether all of them are encrypted
 */
record NodeDisk(Fact<Integer> gib, Fact<Boolean> encrypted) {

    /**
     * @param template what the group's launch template says; empty when it has none
     * @param account what EBS does when a template does not say
     */
    static NodeDisk of(
            Nodegroup group, Fact<Optional<ResponseLaunchTemplateData>> template, Fact<DiskEncryption> account) {
        return new NodeDisk(
                template.flatMap(found -> size(group, found)),
                template.flatMap(found -> encrypted(group, disks(found), account)));
    }

    private static Fact<Integer> size(Nodegroup group, Optional<ResponseLaunchTemplateData> template) {
        String device = ImageType.dataDevice(group.amiTypeAsString());
        List<LaunchTemplateBlockDeviceMapping> disks = disks(template);
        return disks.stream()
                .filter(disk -> device.equals(disk.deviceName()))
                .findFirst()
                .or(() -> group.amiType() == AMITypes.CUSTOM ? disks.stream().findFirst() : Optional.empty())
                .flatMap(disk -> Optional.ofNullable(disk.ebs().volumeSize()))
                .or(() -> Optional.ofNullable(group.diskSize()))
                .<Fact<Integer>>map(Fact::of)
                .orElseGet(() -> Fact.unknown("the launch template of node group " + group.nodegroupName()
                        + " leaves the size of the disk to the image"));
    }

    private static List<LaunchTemplateBlockDeviceMapping> disks(Optional<ResponseLaunchTemplateData> template) {
        return template.map(ResponseLaunchTemplateData::blockDeviceMappings).orElse(List.of()).stream()
                .filter(disk -> disk.ebs() != null)
                .toList();
    }

    /** What a template leaves open is up to the account, and, where that does not encrypt, to the image's snapshot. */
    private static Fact<Boolean> encrypted(
            Nodegroup group, List<LaunchTemplateBlockDeviceMapping> disks, Fact<DiskEncryption> account) {
        List<Boolean> said = disks.stream()
                .map(LaunchTemplateBlockDeviceMapping::ebs)
                .flatMap(ebs -> Optional.ofNullable(ebs).map(LaunchTemplateEbsBlockDevice::encrypted).stream())
                .toList();
        if (said.contains(false)) {
            return account.map(DiskEncryption::byDefault);
        }
        if (!disks.isEmpty() && said.size() == disks.size()) {
            return Fact.of(true);
        }
        return account.flatMap(its -> its.byDefault() || group.amiType() != AMITypes.CUSTOM
                ? Fact.of(its.byDefault())
                : Fact.unknown("the custom image of node group " + group.nodegroupName()
                        + " decides whether its disk is encrypted"));
    }
}
