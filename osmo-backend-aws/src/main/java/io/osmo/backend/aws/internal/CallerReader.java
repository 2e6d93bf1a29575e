// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads whose credentials are in use. */
public final class CallerReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        return aws.async("sts:GetCallerIdentity", () -> aws.clients().sts().getCallerIdentity())
                .thenApply(identity -> Reading.attachment(Caller.class, Caller.of(identity)));
    }
}
