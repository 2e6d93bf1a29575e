// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import software.amazon.awssdk.services.ec2.model.*;

/** Volumes. */
final class Volumes {
    private final Ec2 ec2;
    private final Query<Volume> query;

    Volumes(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<Volume>(ec2, "volume-id", Volume::volumeId)
                .attribute("status", Volume::stateAsString)
                .attribute("volume-type", Volume::volumeTypeAsString)
                .attribute("availability-zone", Volume::availabilityZone)
                .attributes(
                        "attachment.instance-id",
                        v -> v.attachments().stream()
                                .map(VolumeAttachment::instanceId)
                                .toList());
    }

    DescribeVolumesResponse describeVolumes(DescribeVolumesRequest r) {
        Page<Volume> page = query.page(ec2.volumes, r.volumeIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeVolumesResponse.builder()
                .volumes(page.items().stream()
                        .map(v -> v.toBuilder().tags(ec2.tags.of(v.volumeId())).build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    DeleteVolumeResponse deleteVolume(DeleteVolumeRequest r) {
        if (ec2.volumes.get(r.volumeId()).state() != VolumeState.AVAILABLE) {
            throw Ec2Errors.of("VolumeInUse", "Volume " + r.volumeId() + " is currently attached");
        }
        ec2.volumes.remove(r.volumeId());
        ec2.tags.remove(r.volumeId());
        return DeleteVolumeResponse.builder().build();
    }
}
