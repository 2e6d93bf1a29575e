// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spi.provider.FactReaders;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads all facts of one cluster in five round trips, one after another: cluster and node groups by name, what these name, their
 * launch templates, their instance types, the quotas of these.
 */
public final class AwsFacts {
    private static final FactReaders<FactSource> READERS = new FactReaders<>(
            new ControlPlaneReader(),
            FactSource::pools,
            new NetworkFactsReader(),
            new BackupReader(),
            FactSource::diskEncryption,
            new QuotaReader());

    /** The rights that the readers need in addition to those of a plan. */
    public static final List<Needs> NEEDS = List.of(
            ControlPlaneReader.NEEDS,
            PoolFactsReader.NEEDS,
            NetworkFactsReader.NEEDS,
            BackupReader.NEEDS,
            DiskEncryptionReader.NEEDS,
            QuotaReader.NEEDS);

    private AwsFacts() {}

    /** Fails with {@code CloudException} if the cluster does not exist. What the caller is not allowed to read is unknown. */
    public static CompletableFuture<CloudFacts> read(AwsContext context) {
        return READERS.read(context.ref(), new FactSource(context));
    }
}
