// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.CpuOptions;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;

/** All machines that the account runs in the region: nodes of the cluster, and whatever else draws on the same quotas. */
final class RunningInstances {
    private static final int PAGE = 1000;

    private RunningInstances() {}

    static CompletableFuture<Fact<List<Instance>>> read(AwsContext aws) {
        return Facts.of(aws.async(
                "ec2:DescribeInstances",
                () -> aws
                        .clients()
                        .ec2()
                        .describeInstancesPaginator(r -> r.maxResults(PAGE)
                                .filters(Ec2Resource.filter("instance-state-name", "pending", "running")))
                        .reservations()
                        .stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .toList()));
    }

    static boolean spot(Instance instance) {
        return instance.instanceLifecycle() == InstanceLifecycleType.SPOT;
    }

    static long vcpus(Instance instance) {
        CpuOptions cpu = instance.cpuOptions();
        return cpu == null ? 0 : (long) cpu.coreCount() * cpu.threadsPerCore();
    }
}
