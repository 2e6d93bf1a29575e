// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what may explain why nodes are missing.
 *
 * @param <C> one backend of one cloud
 * @param <F> what only one cloud has
 */
@FunctionalInterface
public interface EvidenceReader<C extends ProviderContext, F> {
    /**
     * Reads all pools of the backend. What the cloud refuses becomes a gap of the evidence; only the list of pools itself may fail.
     *
     * @param observation gives the cluster and the pools; without a spec
     * @param nodes what the cluster knows of its nodes
     */
    CompletableFuture<List<JoinEvidence<F>>> read(
            Observation<C> observation, CompletableFuture<Fact<ClusterNodes>> nodes);
}
