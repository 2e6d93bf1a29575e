// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import io.osmo.backend.gcp.internal.catalog.Placement;
import java.util.List;
import java.util.Optional;

/**
 * A cluster with its pools, and what GKE is doing with it. GKE does one thing at a time with a cluster and refuses the
 * second, so that whoever wants to change something waits until {@link #busy()} is empty.
 *
 * @param cluster as GKE describes it, pools included
 * @param operations that are under way with the cluster or one of its pools
 */
public record ObservedCluster(Cluster cluster, List<Operation> operations) {
    public ObservedCluster {
        operations = List.copyOf(operations);
    }

    /** What GKE is doing, in its own words. */
    public Optional<String> busy() {
        return operations.stream()
                .findFirst()
                .map(operation -> operation.getOperationType() + " " + operation.getName());
    }

    public Optional<NodePool> pool(String name) {
        return cluster.getNodePoolsList().stream()
                .filter(pool -> pool.getName().equals(name))
                .findFirst();
    }

    public Placement placement() {
        return new Placement(
                cluster.getLocation(),
                cluster.getLocationsList().stream().sorted().toList());
    }
}
