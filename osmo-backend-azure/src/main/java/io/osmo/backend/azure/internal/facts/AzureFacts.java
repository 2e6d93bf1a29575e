// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spi.provider.FactReaders;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads all facts of one cluster, with concurrent calls. */
public final class AzureFacts {
    private static final FactReaders<FactSource> READERS = new FactReaders<>(
            new ControlPlaneReader(),
            new PoolFactsReader(),
            new NetworkFactsReader(),
            new BackupReader(),
            new DiskEncryptionReader(),
            new QuotaReader());

    /** The rights that the readers need in addition to those of a plan. */
    public static final List<Needs> NEEDS = List.of(Needs.reading("Microsoft.Compute/locations/usages/read"));

    private AzureFacts() {}

    /** Fails with {@code CloudException} if the cluster does not exist. What the caller is not allowed to read is unknown. */
    public static CompletableFuture<CloudFacts> read(AzureContext context) {
        return READERS.read(context.ref(), FactSource.of(context));
    }
}
