// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.identity;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the service account of the nodes. */
final class AccountReader implements Reader<GcpContext> {
    static final AccountReader INSTANCE = new AccountReader();

    private AccountReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("iam.serviceAccounts.get");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        return context.scheduler()
                .call(() -> NodeAccount.find(context))
                .thenApply(found -> Reading.of(
                        NodeAccount.ID,
                        found.map(account -> context.ownership().described(account, account.description()))));
    }
}
