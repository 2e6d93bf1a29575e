// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.lock;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the management locks of the whole subscription, because locks on the subscription, on the node resource group and on
 * existing networks and keys count too; only those of the backend's group if the caller is not allowed to read more.
 */
final class LockReader implements Reader<AzureContext> {
    static final LockReader INSTANCE = new LockReader();

    private LockReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(ArmType.LOCK.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        return context.async(() -> read(context));
    }

    private static Reading read(AzureContext context) {
        try {
            return reading(context, list(context, context.subscriptionId()), "", true);
        } catch (CloudException refused) {
            return unlessReadable(refused, () -> group(context, String.valueOf(refused.getMessage())));
        }
    }

    private static Reading group(AzureContext context, String unread) {
        try {
            return reading(context, list(context, context.groupId()), unread, true);
        } catch (CloudException refused) {
            return unlessReadable(refused, () -> reading(context, List.of(), unread, false));
        }
    }

    private static Reading unlessReadable(CloudException refused, java.util.function.Supplier<Reading> otherwise) {
        if (refused.error() != CloudError.NOT_AUTHORIZED) {
            throw refused;
        }
        return otherwise.get();
    }

    private static List<JsonNode> list(AzureContext context, String scope) {
        return context.arm()
                .list(
                        ArmType.LOCK.action("read"),
                        scope + "/providers/" + ArmType.LOCK.type(),
                        ArmType.LOCK.apiVersion());
    }

    private static Reading reading(AzureContext context, List<JsonNode> locks, String unread, boolean inGroup) {
        Reading reading = Reading.attachment(
                ManagementLocks.class,
                new ManagementLocks(locks.stream().map(ManagementLock::of).toList(), unread, inGroup));
        for (JsonNode json : locks) {
            ArmObject lock = ArmObject.of(json);
            Optional<String> pool = ClusterLock.pool(context, lock.id());
            if (pool.isPresent()) {
                reading = reading.and(Reading.of(
                        ClusterLock.id(pool.get()), context.ownership().described(lock, ClusterLock.notes(lock))));
            }
        }
        return reading;
    }
}
