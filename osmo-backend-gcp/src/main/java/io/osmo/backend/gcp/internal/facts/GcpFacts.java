// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.provider.FactReaders;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads all facts of one cluster in two round trips: the cluster with its pools, and what these name. */
public final class GcpFacts {
    private static final FactReaders<FactSource> READERS = new FactReaders<>(
            new ControlPlaneReader(),
            new PoolFactsReader(),
            new NetworkFactsReader(),
            new BackupReader(),
            new DiskEncryptionReader(),
            new QuotaReader());

    /** The rights that the readers need in addition to those of a plan. */
    public static final List<Needs> NEEDS =
            List.of(ControlPlaneReader.NEEDS, NetworkFactsReader.NEEDS, BackupReader.NEEDS, QuotaReader.NEEDS);

    private GcpFacts() {}

    /** Fails with {@code CloudException} if the cluster does not exist. What the caller is not allowed to read is unknown. */
    public static CompletableFuture<CloudFacts> read(GcpContext context) {
        return FactSource.read(context).thenCompose(source -> READERS.read(context.ref(), source));
    }
}
