// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.State;
import java.net.URI;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** One client per cluster, opened when first needed and shared by all resources of a session. Safe for concurrent use. */
public final class ClusterConnections implements AutoCloseable {
    private final Function<ClusterAccess, KubernetesClient> open;
    private final Function<State, Optional<ClusterAccess>> access;
    private final Predicate<State> exists;
    private final Map<Endpoint, KubernetesClient> clients = new HashMap<>();
    private final Map<KubernetesClient, ApiDiscovery> discoveries = new IdentityHashMap<>();
    private boolean closed;

    private record Endpoint(
            URI uri, Optional<String> caCertificate, Optional<ClusterAccess.KubeconfigContext> kubeconfig) {}

    /**
     * @param access how to reach the cluster by what is known at the moment; empty as long as there is no cluster
     */
    public ClusterConnections(
            Function<ClusterAccess, KubernetesClient> open, Function<State, Optional<ClusterAccess>> access) {
        this(open, access, state -> false);
    }

    /** @param exists whether there is a cluster, even if it cannot be reached now */
    public ClusterConnections(
            Function<ClusterAccess, KubernetesClient> open,
            Function<State, Optional<ClusterAccess>> access,
            Predicate<State> exists) {
        this.open = open;
        this.access = access;
        this.exists = exists;
    }

    /** Why nothing in the cluster was read although there is one. Opens no client. */
    public Optional<String> unread(State state) {
        return exists.test(state) && access.apply(state).isEmpty()
                ? Optional.of("cannot be read while the cluster does not run")
                : Optional.empty();
    }

    /** The client for the cluster; empty if there is no cluster, and therefore nothing in it. */
    public Optional<KubernetesClient> find(State state) {
        return access.apply(state).map(this::client);
    }

    /** How the cluster is reached; empty when there is no cluster. */
    public Optional<ClusterAccess> access(State state) {
        return access.apply(state);
    }

    /** The client of a cluster that must be there. */
    public KubernetesClient require(State state) {
        return find(state)
                .orElseThrow(() -> CloudException.builder(CloudError.NOT_YET_CONSISTENT, "kubernetes:connect")
                        .code("NoCluster")
                        .message("there is no cluster to connect to")
                        .remedy("Look at the state of the cluster and apply again.")
                        .build());
    }

    public synchronized KubernetesClient client(ClusterAccess cluster) {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        return clients.computeIfAbsent(
                new Endpoint(cluster.endpoint(), cluster.caCertificate(), cluster.kubeconfig()),
                endpoint -> open.apply(cluster));
    }

    /** Which kinds the cluster of a client serves. */
    public synchronized ApiDiscovery discovery(KubernetesClient client) {
        return discoveries.computeIfAbsent(client, ApiDiscovery::new);
    }

    @Override
    public synchronized void close() {
        closed = true;
        clients.values().forEach(KubernetesClient::close);
        clients.clear();
        discoveries.clear();
    }
}
