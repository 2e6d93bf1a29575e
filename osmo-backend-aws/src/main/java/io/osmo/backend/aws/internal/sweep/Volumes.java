// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Volume;

/** EBS volumes of claims. Node disks go with their nodes. */
final class Volumes extends Sweep {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Sweep.KIND).destroy("ec2:DescribeVolumes", "ec2:DeleteVolume");

    Volumes(AwsContext context, Set<ResourceId> after) {
        super(context, VOLUMES, after, true);
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.DATA;
    }

    @Override
    List<String> find(Optional<String> vpc) {
        return Stream.of(
                        Ec2Kind.filter("tag:kubernetes.io/cluster/" + context.name(), "owned"),
                        Ec2Kind.filter("tag:KubernetesCluster", context.name()),
                        Ec2Kind.filter("tag:ebs.csi.aws.com/cluster-name", context.name()))
                .flatMap(filter -> volumes(filter).stream())
                .toList();
    }

    private List<String> volumes(Filter filter) {
        Filter existing = Ec2Kind.filter("status", "creating", "available", "in-use", "error");
        return context.call(
                "ec2:DescribeVolumes",
                () -> context.ec2().describeVolumesPaginator(r -> r.filters(filter, existing)).volumes().stream()
                        .map(Volume::volumeId)
                        .toList());
    }

    @Override
    void delete(String volume) {
        context.delete("ec2:DeleteVolume", () -> context.ec2().deleteVolume(r -> r.volumeId(volume)));
    }
}
