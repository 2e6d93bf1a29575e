// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads which identity the credentials belong to. */
public final class CallerReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new CallerReader();

    private CallerReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("sts:GetCallerIdentity");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        return context.async("sts:GetCallerIdentity", () -> {
                    // Tells better than a failed call why there are none.
                    context.clients().credentials().resolveCredentials();
                    return context.clients().sts().getCallerIdentity();
                })
                .thenApply(identity -> Reading.attachment(Caller.class, Caller.of(identity)));
    }
}
