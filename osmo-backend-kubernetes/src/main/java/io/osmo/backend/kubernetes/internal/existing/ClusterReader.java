// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.Node;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the version of the control plane and the nodes, with two calls at the same time. */
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
        return version.thenCombine(
                nodes,
                (found, all) -> Reading.of(
                        ObservedCluster.ID,
                        Observed.existing(new ObservedCluster(context.cluster().access(), found, all))));
    }
}
