// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.BackendRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All fact readers of one provider. They run concurrently.
 *
 * @param <S> answers of the cloud that several readers use
 */
public record FactReaders<S>(
        FactReader<S, CloudFacts.ControlPlane> controlPlane,
        FactReader<S, List<CloudFacts.Pool>> pools,
        FactReader<S, CloudFacts.NetworkFacts> network,
        FactReader<S, CloudFacts.BackupFacts> backup,
        FactReader<S, CloudFacts.DiskEncryption> volumeEncryption,
        FactReader<S, List<CloudFacts.Quota>> quotas) {
    public CompletableFuture<CloudFacts> read(BackendRef ref, S source) {
        var plane = controlPlane.read(source);
        var pool = pools.read(source);
        var net = network.read(source);
        var saved = backup.read(source);
        var disks = volumeEncryption.read(source);
        var limits = quotas.read(source);
        return CompletableFuture.allOf(plane, pool, net, saved, disks, limits)
                .thenApply(done -> new CloudFacts(
                        ref.provider(),
                        ref.region(),
                        ref.name(),
                        plane.join(),
                        pool.join(),
                        net.join(),
                        saved.join(),
                        disks.join(),
                        limits.join()));
    }
}
