// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the version of the control plane and the nodes, with two calls at the same time. */
final class ClusterReader implements Reader<ExistingContext> {
    static final ClusterReader INSTANCE = new ClusterReader();

    private ClusterReader() {}

    @Override
    public CompletableFuture<Reading> read(Observation<ExistingContext> observation) {
        ExistingContext context = observation.context();
        CompletableFuture<String> version = context.read("get version", ClusterReader::version);
        CompletableFuture<List<Node>> nodes =
                context.list("Nodes", client -> client.nodes().list());
        return version.thenCombine(
                nodes,
                (found, all) -> Reading.of(
                        ObservedCluster.ID,
                        Observed.existing(new ObservedCluster(context.cluster().access(), found, all))));
    }

    /** What answers with no version is no API server. */
    static String version(KubernetesClient client) {
        return Optional.ofNullable(client.getKubernetesVersion())
                .map(VersionInfo::getGitVersion)
                .orElseThrow(() -> KubernetesCalls.notKubernetes("get version"));
    }
}
