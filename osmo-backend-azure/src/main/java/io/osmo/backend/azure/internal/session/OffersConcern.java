// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.session;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.CallerReader;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.OffersReader;
import io.osmo.backend.azure.internal.cluster.ClusterReader;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.azure.internal.pool.PoolReader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is read without being a part of the backend: the caller, and what the region offers when something has to be created. */
final class OffersConcern implements Concern<AzureContext> {
    private static final Reader<AzureContext> OFFERS = OffersConcern::offers;

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return spec.isPresent() ? List.of(OffersReader.NEEDS) : List.of();
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(CallerReader.INSTANCE, OFFERS);
    }

    @Override
    public List<Reader<AzureContext>> choosers() {
        return List.of(OFFERS);
    }

    private static CompletableFuture<Reading> offers(Observation<AzureContext> observation) {
        if (observation.spec().isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return observation.survey()
                ? read(observation.context())
                : Reading.all(List.of(observation.of(ClusterReader.INSTANCE), observation.of(PoolReader.INSTANCE)))
                        .thenCompose(found -> PoolConcern.allExist(
                                        observation.context(),
                                        observation.spec().get(),
                                        found.toInventory())
                                ? CompletableFuture.completedFuture(Reading.empty())
                                : read(observation.context()));
    }

    private static CompletableFuture<Reading> read(AzureContext context) {
        return OffersReader.read(context).thenApply(offers -> Reading.attachment(Offers.class, offers));
    }
}
