// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.CpuOptions;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;

/** All machines that an account runs in a region: nodes of the cluster, and whatever else counts to the same quotas. */
public final class RunningInstances {
    private static final int PAGE = 1000;

    private RunningInstances() {}

    public static CompletableFuture<List<Instance>> read(AwsContext context) {
        return context.async(
                "ec2:DescribeInstances",
                () -> context
                        .ec2()
                        .describeInstancesPaginator(r ->
                                r.maxResults(PAGE).filters(Ec2Kind.filter("instance-state-name", "pending", "running")))
                        .reservations()
                        .stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .toList());
    }

    /** How much of a quota some machines use; those of capacity blocks use none. */
    public static long vcpus(List<Instance> instances, VcpuQuota quota) {
        return instances.stream()
                .filter(instance -> instance.instanceLifecycle() != InstanceLifecycleType.CAPACITY_BLOCK)
                .filter(instance -> of(instance).equals(quota))
                .mapToLong(RunningInstances::vcpus)
                .sum();
    }

    private static VcpuQuota of(Instance instance) {
        return VcpuQuota.of(
                instance.instanceTypeAsString(), instance.instanceLifecycle() == InstanceLifecycleType.SPOT);
    }

    private static long vcpus(Instance instance) {
        CpuOptions cpu = instance.cpuOptions();
        return cpu == null ? 0 : (long) cpu.coreCount() * cpu.threadsPerCore();
    }
}
