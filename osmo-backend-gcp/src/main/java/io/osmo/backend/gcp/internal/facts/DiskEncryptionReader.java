// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether new disks are encrypted. Google always encrypts, with its own keys unless a customer-managed key is requested. */
final class DiskEncryptionReader implements FactReader<FactSource, DiskEncryption> {
    @Override
    public CompletableFuture<Fact<DiskEncryption>> read(FactSource source) {
        return CompletableFuture.completedFuture(Fact.of(new DiskEncryption(true, Optional.empty())));
    }
}
