// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.services;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads which services that a spec needs are enabled. */
final class ServicesReader implements Reader<GcpContext> {
    static final ServicesReader INSTANCE = new ServicesReader();

    private ServicesReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return spec.isPresent() ? Needs.reading("serviceusage.services.get") : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        if (observation.spec().isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        GcpContext context = observation.context();
        List<String> needed = EnabledServices.needed(observation.spec().get());
        return context.scheduler()
                .call(() -> EnabledServices.find(context, needed))
                .thenApply(services -> Reading.attachment(ProjectServices.class, services)
                        .and(Reading.of(
                                EnabledServices.ID,
                                Optional.of(services)
                                        .filter(found -> found.missing(needed).isEmpty())
                                        .map(Observed::existing))));
    }
}
