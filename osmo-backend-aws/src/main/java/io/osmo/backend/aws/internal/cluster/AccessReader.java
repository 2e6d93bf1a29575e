// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads access entries. One without the backend's tags, such as the one that EKS creates for the creator, is used as it is. */
public final class AccessReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new AccessReader();

    private AccessReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("eks:ListAccessEntries", "eks:DescribeAccessEntry", "eks:ListAssociatedAccessPolicies");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        if (!context.offers(EksFeature.ACCESS_ENTRIES)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return ClusterReader.unlessDeleted(observation, entries(context));
    }

    private static CompletableFuture<Reading> entries(AwsContext context) {
        return context.findAsync(
                        "eks:ListAccessEntries",
                        () -> context.eks().listAccessEntriesPaginator(r -> r.clusterName(context.name())).stream()
                                .flatMap(page -> page.accessEntries().stream())
                                .toList())
                .thenCompose(principals -> Reading.all(principals.orElse(List.of()).stream()
                        .map(principal -> entry(context, principal))
                        .toList()));
    }

    private static CompletableFuture<Reading> entry(AwsContext context, String principal) {
        return context.scheduler()
                .call(() -> AdminAccess.find(context, principal))
                .thenCombine(
                        context.scheduler().call(() -> AdminAccess.policies(context, principal)),
                        (entry, policies) -> entry.map(
                                        each -> entry(context, principal, new ObservedAccess(each, policies)))
                                .orElseGet(Reading::empty));
    }

    private static Reading entry(AwsContext context, String principal, ObservedAccess access) {
        return Reading.of(
                AdminAccess.id(principal),
                AdminAccess.isOurs(context, principal, access.entry())
                        ? Observed.ours(access)
                        : Observed.existing(access));
    }
}
