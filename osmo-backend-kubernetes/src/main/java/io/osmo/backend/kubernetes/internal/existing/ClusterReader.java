// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads the version of the control plane, the nodes and what identifies the cluster, with three calls at the same time. */
final class ClusterReader implements Reader<ExistingContext> {
    static final ClusterReader INSTANCE = new ClusterReader();

    private ClusterReader() {}

    @Override
    public CompletableFuture<Reading> read(Observation<ExistingContext> observation) {
        ExistingContext context = observation.context();
        CompletableFuture<String> version = context.read(
                "get version", client -> client.getKubernetesVersion().getGitVersion());
        CompletableFuture<List<Node>> nodes =
                context.read("list Nodes", client -> client.nodes().list().getItems());
        CompletableFuture<Optional<String>> uid = context.read("get Namespace kube-system", ClusterReader::uid)
                .exceptionally(failure -> {
                    if (Futures.cause(failure) instanceof CloudException refused
                            && refused.error() == CloudError.NOT_AUTHORISED) {
                        return Optional.empty();
                    }
                    throw new CompletionException(Futures.cause(failure));
                });
        return version.thenCombine(
                        nodes,
                        (found, all) -> new ObservedCluster(context.cluster().access(), found, all, Optional.empty()))
                .thenCombine(uid, ObservedCluster::withUid)
                .thenApply(cluster -> Reading.of(ObservedCluster.ID, Observed.existing(cluster)));
    }

    private static Optional<String> uid(KubernetesClient client) {
        return Optional.ofNullable(client.namespaces().withName("kube-system").get())
                .map(namespace -> namespace.getMetadata().getUid());
    }
}
