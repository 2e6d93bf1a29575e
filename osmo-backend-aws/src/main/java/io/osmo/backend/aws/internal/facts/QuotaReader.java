// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.catalog.RunningInstances;
import io.osmo.backend.aws.internal.catalog.VcpuQuota;
import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.CloudFacts.Quota;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The vCPU quotas that node groups count to. Capacity blocks count to none. */
final class QuotaReader implements FactReader<FactSource, List<Quota>> {
    static final Needs NEEDS = Needs.reading("servicequotas:GetServiceQuota", "ec2:DescribeInstances");

    @Override
    public CompletableFuture<Fact<List<Quota>>> read(FactSource source) {
        CompletableFuture<Fact<List<Use>>> uses = source.groups()
                .thenCombine(source.pools(), (groups, pools) -> Facts.both(groups, pools, QuotaReader::uses));
        return Facts.then(
                uses,
                all -> Futures.all(all.stream()
                                .collect(Collectors.groupingBy(
                                        Use::quota, TreeMap::new, Collectors.toMap(Use::pool, Use::vcpus)))
                                .entrySet()
                                .stream()
                                .map(each -> quota(source, each.getKey(), each.getValue()))
                                .toList())
                        .thenApply(Fact::of));
    }

    /** What one machine of a pool takes of a quota. */
    private record Use(String pool, VcpuQuota quota, long vcpus) {}

    private static List<Use> uses(List<Nodegroup> groups, List<Pool> pools) {
        Set<String> blocks = groups.stream()
                .filter(group -> group.capacityType() == CapacityTypes.CAPACITY_BLOCK)
                .map(Nodegroup::nodegroupName)
                .collect(Collectors.toSet());
        return pools.stream()
                .filter(pool -> !blocks.contains(pool.name()))
                .flatMap(pool -> pool.machine().known().stream()
                        .map(machine -> new Use(
                                pool.name(), VcpuQuota.of(machine.instanceType(), pool.spot()), machine.vcpus())))
                .toList();
    }

    private static CompletableFuture<Quota> quota(FactSource source, VcpuQuota quota, Map<String, Long> perMachine) {
        CompletableFuture<Fact<Long>> limit = quota.code().isEmpty()
                ? CompletableFuture.completedFuture(
                        Fact.unknown("it is not known which quota of EC2 " + quota.family() + " machines count to"))
                : Facts.of(limit(source.context(), quota.code()));
        return limit.thenCombine(
                source.instances(),
                (most, all) -> new Quota(
                        quota.toString(),
                        most,
                        all.map(instances -> RunningInstances.vcpus(instances, quota)),
                        perMachine));
    }

    private static CompletableFuture<Long> limit(AwsContext context, String code) {
        return context.async(
                "servicequotas:GetServiceQuota",
                () -> context.clients()
                        .serviceQuotas()
                        .getServiceQuota(r -> r.serviceCode("ec2").quotaCode(code))
                        .quota()
                        .value()
                        .longValue());
    }
}
