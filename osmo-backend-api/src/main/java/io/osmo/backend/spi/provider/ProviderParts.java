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
 * What a provider is made of, the same for all its sessions.
 *
 * @param <C> one backend of one cloud
 * @param provider id of the provider
 * @param graph its resources
 * @param cluster the reader that finds the cluster
 * @param preflight its checks
 * @param facts what the cloud says about the cluster; fails with {@code CloudException} when there is none
 * @param diagnostics how to find out why nodes did not join; empty when the provider has no pools
 * @param costs what a backend costs whose spec breaks no rule; empty when no prices are read
 * @param list all backends of ours in a region
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
