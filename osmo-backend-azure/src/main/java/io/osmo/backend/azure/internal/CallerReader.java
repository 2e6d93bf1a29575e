// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads which identity the credential belongs to. */
public final class CallerReader implements Reader<AzureContext> {
    public static final CallerReader INSTANCE = new CallerReader();

    private CallerReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("Microsoft.Resources/subscriptions/read");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        return context.async(() -> Reading.attachment(Caller.class, Caller.read(context)));
    }
}
