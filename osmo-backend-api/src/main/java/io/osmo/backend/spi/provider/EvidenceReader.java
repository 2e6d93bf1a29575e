// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads evidence that may explain why nodes are missing.
 *
 * @param <C> one backend of one cloud
 * @param <F> evidence that only one cloud has
 */
@FunctionalInterface
public interface EvidenceReader<C extends ProviderContext, F> {
    /**
     * Reads the evidence of all pools of the backend. What the cloud refuses becomes a gap in the evidence; the future fails only if the
     * list of pools cannot be read.
     *
     * @param observation gives access to the cluster and the pools; has no spec
     * @param nodes the nodes as the cluster has them
     */
    CompletableFuture<List<JoinEvidence<F>>> read(
            Observation<C> observation, CompletableFuture<Fact<ClusterNodes>> nodes);
}
