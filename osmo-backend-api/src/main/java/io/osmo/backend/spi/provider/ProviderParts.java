// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.spec.BackendRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The parts of a provider, the same for all its sessions.
 *
 * @param <C> one backend of one cloud
 * @param provider id of the provider
 * @param graph its resources
 * @param cluster the reader that finds the cluster
 * @param preflight its checks
 * @param facts reads what the cloud says about the cluster; fails with {@code CloudException} if there is none
 * @param diagnostics finds out why nodes did not join; empty if the provider has no pools
 * @param costs estimates the cost of a backend with a valid spec; empty if no prices are read
 * @param list lists all backends in a region that this library created
 */
public record ProviderParts<C extends ProviderContext>(
        String provider,
        ProviderGraph<C> graph,
        Reader<C> cluster,
        Preflight<C> preflight,
        Function<C, CompletableFuture<CloudFacts>> facts,
        Optional<Diagnostics<C, ?>> diagnostics,
        Optional<Function<Survey<C>, CompletableFuture<CostEstimate>>> costs,
        Function<C, CompletableFuture<List<BackendRef>>> list) {}
