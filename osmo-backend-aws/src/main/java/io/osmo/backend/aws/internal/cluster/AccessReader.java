// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads access entries. One without our tags, such as the one that EKS makes for the creator, is used as it is. */
final class AccessReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        if (!aws.settings().offers(EksFeature.ACCESS_ENTRIES)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return aws.findAsync(
                        "eks:ListAccessEntries",
                        () -> aws.clients().eks().listAccessEntriesPaginator(r -> r.clusterName(aws.name())).stream()
                                .flatMap(page -> page.accessEntries().stream())
                                .toList())
                .thenCompose(principals -> Reading.all(principals.orElse(List.of()).stream()
                        .map(principal -> entry(aws, principal))
                        .toList()));
    }

    private static CompletableFuture<Reading> entry(AwsContext aws, String principal) {
        return aws.scheduler()
                .call(() -> AdminAccess.find(aws, principal))
                .thenCombine(
                        aws.scheduler().call(() -> AdminAccess.policies(aws, principal)),
                        (entry, policies) -> entry.map(
                                        each -> entry(aws, principal, new ObservedAccess(each, policies)))
                                .orElseGet(Reading::empty));
    }

    private static Reading entry(AwsContext aws, String principal, ObservedAccess access) {
        return Reading.of(
                AdminAccess.id(principal),
                aws.tags().owns(access.entry().tags()) ? Observed.ours(access) : Observed.existing(access));
    }
}
