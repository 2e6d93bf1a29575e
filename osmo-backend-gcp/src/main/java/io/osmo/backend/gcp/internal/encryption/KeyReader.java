// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the key of the backend, or the existing one that the spec names. */
final class KeyReader implements Reader<GcpContext> {
    static final KeyReader INSTANCE = new KeyReader();

    private KeyReader() {}

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        Optional<String> existing =
                observation.spec().flatMap(s -> s.encryption().existingKeyId());
        String key = existing.orElseGet(() -> EncryptionKey.name(context).toString());
        return context.scheduler()
                .call(() -> EncryptionKey.find(context, key))
                .thenApply(found -> found.filter(k -> existing.isPresent() || k.exists())
                        .map(k -> Reading.of(
                                EncryptionKey.ID,
                                existing.isPresent()
                                        ? Observed.existing(k)
                                        : context.ownership()
                                                .observed(k, k.key().getLabelsMap())))
                        .orElseGet(Reading::empty));
    }
}
