// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** Reads our VPC, or the existing one that the spec names, with its DNS attributes: two round trips. */
public final class VpcReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> ours = vpcs(aws, Ec2Resource.ours(aws))
                .thenApply(vpcs ->
                        Tags.sorted(aws, vpcs, o -> Ec2Resource.map(o.vpc().tags()), OLDEST));
        Optional<String> existing = spec.flatMap(s -> s.network().existingId());
        if (existing.isEmpty()) {
            return ours;
        }
        CompletableFuture<Reading> named = vpcs(aws, List.of(Ec2Resource.filter("vpc-id", existing.get())))
                .thenApply(vpcs ->
                        vpcs.isEmpty() ? Reading.empty() : Reading.of(VpcNetwork.ID, Observed.existing(vpcs.get(0))));
        return ours.thenCombine(named, Reading::and);
    }

    private static final Comparator<ObservedVpc> OLDEST = Comparator.comparing(ObservedVpc::id);

    private static CompletableFuture<List<ObservedVpc>> vpcs(AwsContext aws, List<Filter> filters) {
        return aws.async("ec2:DescribeVpcs", () -> aws.clients().ec2().describeVpcs(r -> r.filters(filters)))
                .thenCompose(answer -> Reading.sequence(
                        answer.vpcs().stream().map(vpc -> detailed(aws, vpc)).toList()));
    }

    private static CompletableFuture<ObservedVpc> detailed(AwsContext aws, Vpc vpc) {
        return attribute(aws, vpc, VpcAttributeName.ENABLE_DNS_SUPPORT)
                .thenCombine(
                        attribute(aws, vpc, VpcAttributeName.ENABLE_DNS_HOSTNAMES),
                        (support, hostnames) -> new ObservedVpc(vpc, support, hostnames));
    }

    private static CompletableFuture<Boolean> attribute(AwsContext aws, Vpc vpc, VpcAttributeName name) {
        return aws.scheduler().call(() -> VpcNetwork.attribute(aws, vpc.vpcId(), name));
    }
}
