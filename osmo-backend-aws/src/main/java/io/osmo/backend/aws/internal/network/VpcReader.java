// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** Reads the backend's VPC, or the existing one that the spec names, with its DNS attributes: two round trips. */
public final class VpcReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new VpcReader();

    private VpcReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("ec2:DescribeVpcs", "ec2:DescribeVpcAttribute");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        CompletableFuture<Reading> ours =
                vpcs(context, Ec2Kind.ours(context.ownership())).thenApply(vpcs -> VpcNetwork.VPCS.sort(context, vpcs));
        return observation
                .spec()
                .flatMap(spec -> spec.network().existingId())
                .map(id -> ours.thenCombine(existing(context, id), Reading::and))
                .orElse(ours);
    }

    private static CompletableFuture<Reading> existing(AwsContext context, String id) {
        return vpcs(context, List.of(Ec2Kind.filter("vpc-id", id)))
                .thenApply(vpcs ->
                        vpcs.isEmpty() ? Reading.empty() : Reading.of(VpcNetwork.ID, Observed.existing(vpcs.get(0))));
    }

    private static CompletableFuture<List<ObservedVpc>> vpcs(AwsContext context, List<Filter> filters) {
        return context.scheduler()
                .call(() -> VpcNetwork.VPCS.list(context, filters))
                .thenCompose(vpcs -> Futures.all(
                        vpcs.stream().map(vpc -> detailed(context, vpc)).toList()));
    }

    private static CompletableFuture<ObservedVpc> detailed(AwsContext context, ObservedVpc found) {
        return attribute(context, found, VpcAttributeName.ENABLE_DNS_SUPPORT)
                .thenCombine(
                        attribute(context, found, VpcAttributeName.ENABLE_DNS_HOSTNAMES),
                        (support, hostnames) -> new ObservedVpc(found.vpc(), support, hostnames));
    }

    private static CompletableFuture<Boolean> attribute(AwsContext context, ObservedVpc vpc, VpcAttributeName name) {
        return context.scheduler().call(() -> VpcNetwork.attribute(context, vpc, name));
    }
}
