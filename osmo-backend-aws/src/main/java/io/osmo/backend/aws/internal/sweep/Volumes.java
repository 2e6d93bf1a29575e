// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Volume;

/** EBS volumes of claims. Node disks go with their nodes. */
final class Volumes extends Sweep {
    Volumes(AwsContext aws, Set<ResourceId> after) {
        super(aws, VOLUMES, after, "volumes of claims", true);
    }

    @Override
    Found find(Optional<String> vpc) {
        return Stream.of(
                        Ec2Resource.filter("tag:kubernetes.io/cluster/" + aws.name(), "owned"),
                        Ec2Resource.filter("tag:KubernetesCluster", aws.name()),
                        Ec2Resource.filter("tag:ebs.csi.aws.com/cluster-name", aws.name()))
                .map(this::volumes)
                .reduce(new Found(List.of()), Found::and);
    }

    private Found volumes(Filter filter) {
        return new Found(aws.call(
                "ec2:DescribeVolumes",
                () -> aws
                        .clients()
                        .ec2()
                        .describeVolumesPaginator(r -> r.filters(
                                filter, Ec2Resource.filter("status", "creating", "available", "in-use", "error")))
                        .volumes()
                        .stream()
                        .map(Volume::volumeId)
                        .toList()));
    }

    @Override
    void delete(String volume) {
        aws.delete("ec2:DeleteVolume", () -> aws.clients().ec2().deleteVolume(r -> r.volumeId(volume)));
    }
}
