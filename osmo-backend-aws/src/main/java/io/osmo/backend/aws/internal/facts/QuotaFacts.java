// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.CloudFacts.Quota;
import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The vCPU quotas that node groups draw on. Capacity blocks count to none. */
final class QuotaFacts {
    private QuotaFacts() {}

    static CompletableFuture<Fact<List<Quota>>> read(
            AwsContext aws,
            CompletableFuture<Fact<List<Nodegroup>>> groups,
            CompletableFuture<Fact<List<Pool>>> pools,
            CompletableFuture<Fact<List<Instance>>> instances) {
        CompletableFuture<Fact<List<Draw>>> draws =
                groups.thenCombine(pools, (all, known) -> Facts.both(all, known, QuotaFacts::draws));
        return Facts.then(
                draws,
                all -> Facts.all(all.stream()
                                .collect(Collectors.groupingBy(
                                        Draw::quota, TreeMap::new, Collectors.toMap(Draw::pool, Draw::vcpus)))
                                .entrySet()
                                .stream()
                                .map(each -> quota(aws, each.getKey(), each.getValue(), instances))
                                .toList())
                        .thenApply(Fact::of));
    }

    /** What one machine of a pool draws. */
    private record Draw(String pool, VcpuQuota quota, long vcpus) {}

    private static List<Draw> draws(List<Nodegroup> groups, List<Pool> pools) {
        Set<String> blocks = groups.stream()
                .filter(group -> group.capacityType() == CapacityTypes.CAPACITY_BLOCK)
                .map(Nodegroup::nodegroupName)
                .collect(Collectors.toSet());
        return pools.stream()
                .filter(pool -> !blocks.contains(pool.name()))
                .flatMap(pool -> pool.machine().known().stream().map(machine -> draw(pool, machine)))
                .toList();
    }

    private static Draw draw(Pool pool, Machine machine) {
        return new Draw(pool.name(), VcpuQuota.of(machine.instanceType(), pool.spot()), machine.vcpus());
    }

    private static CompletableFuture<Quota> quota(
            AwsContext aws,
            VcpuQuota quota,
            Map<String, Long> perMachine,
            CompletableFuture<Fact<List<Instance>>> instances) {
        CompletableFuture<Fact<Long>> limit = quota.code().isEmpty()
                ? CompletableFuture.completedFuture(
                        Fact.unknown("it is not known which quota of EC2 " + quota.family() + " machines count to"))
                : Facts.of(aws.async(
                        "servicequotas:GetServiceQuota",
                        () -> aws.clients()
                                .serviceQuotas()
                                .getServiceQuota(r -> r.serviceCode("ec2").quotaCode(quota.code()))
                                .quota()
                                .value()
                                .longValue()));
        return limit.thenCombine(
                instances,
                (most, all) -> new Quota(
                        quota.toString(),
                        most,
                        all.map(running -> running.stream()
                                .filter(i -> VcpuQuota.of(i.instanceTypeAsString(), RunningInstances.spot(i))
                                        .equals(quota))
                                .mapToLong(RunningInstances::vcpus)
                                .sum()),
                        perMachine));
    }
}
