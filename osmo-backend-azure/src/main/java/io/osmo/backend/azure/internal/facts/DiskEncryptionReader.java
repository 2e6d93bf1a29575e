// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether new disks are encrypted. Azure always encrypts; the StorageClass decides whether with the backend's key. */
final class DiskEncryptionReader implements FactReader<FactSource, DiskEncryption> {
    @Override
    public CompletableFuture<Fact<DiskEncryption>> read(FactSource source) {
        return CompletableFuture.completedFuture(Fact.of(new DiskEncryption(true, Optional.empty())));
    }
}
