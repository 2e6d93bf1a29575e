// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.spi.provider.Reading;
import java.util.concurrent.CompletableFuture;

/** Reads whose credential is in use. */
public final class CallerReader {
    private CallerReader() {}

    public static CompletableFuture<Reading> read(AzureContext azure) {
        return azure.async(() -> Reading.attachment(Caller.class, Caller.read(azure)));
    }
}
