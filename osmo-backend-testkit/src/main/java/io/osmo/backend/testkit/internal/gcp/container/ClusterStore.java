// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The clusters of the project and their node pools, by path such as {@code projects/p/locations/us-central1/clusters/c}. */
public final class ClusterStore {
    private final GcpProject project;
    private final Operations operations;
    private final TreeMap<String, Cluster> clusters = new TreeMap<>();

    ClusterStore(GcpProject project, Operations operations) {
        this.project = project;
        this.operations = operations;
        operations.snapshots(path -> {
            Optional<Cluster> before = find(path);
            return () -> before.ifPresent(cluster -> clusters.put(path, cluster));
        });
    }

    // ------------------------------------------------------------------------------------------ clusters

    public Map<String, Cluster> all() {
        return Collections.unmodifiableMap(clusters);
    }

    public Optional<Cluster> find(String path) {
        return Optional.ofNullable(clusters.get(path));
    }

    public Cluster get(String path) {
        return find(path).orElseThrow(() -> notFound(path));
    }

    /** A cluster on which an operation can start. */
    Cluster requireIdle(String path) {
        Cluster cluster = get(path);
        operations.requireIdle(path);
        if (cluster.getStatus() == Cluster.Status.ERROR || cluster.getStatus() == Cluster.Status.STOPPING) {
            throw GcpError.precondition("Cluster " + path + " is in state " + cluster.getStatus() + ".");
        }
        return cluster;
    }

    void put(String path, Cluster cluster) {
        clusters.put(path, cluster);
    }

    void remove(String path) {
        clusters.remove(path);
    }

    /** Changes a cluster if it still exists. */
    void update(String path, UnaryOperator<Cluster.Builder> change) {
        clusters.computeIfPresent(
                path,
                (p, c) -> change.apply(c.toBuilder()).setEtag(project.hex(8)).build());
    }

    // ------------------------------------------------------------------------------------------ node pools

    static String clusterOf(String pool) {
        return pool.replaceFirst("/nodePools/[^/]+$", "");
    }

    static String poolPath(String cluster, String pool) {
        return cluster + "/nodePools/" + pool;
    }

    Optional<NodePool> findPool(String path) {
        return find(clusterOf(path))
                .flatMap(cluster -> cluster.getNodePoolsList().stream()
                        .filter(pool -> pool.getName().equals(ResourceNames.last(path)))
                        .findFirst());
    }

    NodePool pool(String path) {
        return findPool(path).orElseThrow(() -> notFound(path));
    }

    /** A pool on which an operation can start. */
    NodePool requireIdlePool(String path) {
        requireIdle(clusterOf(path));
        return pool(path);
    }

    /** Changes a pool if it still exists. */
    void updatePool(String path, UnaryOperator<NodePool.Builder> change) {
        update(clusterOf(path), cluster -> {
            for (NodePool.Builder pool : cluster.getNodePoolsBuilderList()) {
                if (pool.getName().equals(ResourceNames.last(path))) {
                    change.apply(pool).setEtag(project.hex(8));
                }
            }
            return cluster;
        });
    }

    /** Removes a pool; the cluster runs again. */
    void removePool(String path) {
        update(clusterOf(path), cluster -> {
            for (int i = cluster.getNodePoolsCount() - 1; i >= 0; i--) {
                if (cluster.getNodePools(i).getName().equals(ResourceNames.last(path))) {
                    cluster.removeNodePools(i);
                }
            }
            return cluster.setStatus(Cluster.Status.RUNNING);
        });
    }

    private static GcpError notFound(String path) {
        return GcpError.notFound("Not found: " + path + ".");
    }
}
