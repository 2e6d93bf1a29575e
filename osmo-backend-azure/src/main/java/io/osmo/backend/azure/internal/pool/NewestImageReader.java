// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.NewestImages;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Reads the newest node image of each of the backend's agent pools, one call per pool, because AKS has no list. Only with a spec. */
final class NewestImageReader implements Reader<AzureContext> {
    static final NewestImageReader INSTANCE = new NewestImageReader();

    private NewestImageReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(ArmType.POOL_UPGRADES.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        if (observation.spec().isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return observation.of(PoolReader.INSTANCE).thenCompose(found -> {
            List<ArmObject> ready = found.observed().entrySet().stream()
                    .filter(entry -> ExistingPool.isPool(entry.getKey()))
                    .map(entry -> (ArmObject) entry.getValue().value())
                    .filter(pool -> pool.find("/properties/nodeImageVersion").isPresent())
                    .toList();
            return Futures.all(ready.stream().map(pool -> newest(context, pool)).toList())
                    .thenApply(newest -> reading(ready, newest));
        });
    }

    private static Reading reading(List<ArmObject> pools, List<Optional<String>> newest) {
        Map<String, NewestImages.Image> images = new TreeMap<>();
        for (int i = 0; i < pools.size(); i++) {
            ArmObject pool = pools.get(i);
            newest.get(i)
                    .ifPresent(image -> images.put(
                            pool.name(), new NewestImages.Image(pool.text("/properties/nodeImageVersion"), image)));
        }
        return Reading.attachment(NewestImages.class, new NewestImages(images));
    }

    /** Empty if AKS does not return it or the caller is not allowed to read it; the nodes then stay as they are. */
    private static CompletableFuture<Optional<String>> newest(AzureContext context, ArmObject pool) {
        return Futures.recover(NewestImages.newest(context, pool), refused -> {
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                return Optional.empty();
            }
            throw refused;
        });
    }
}
