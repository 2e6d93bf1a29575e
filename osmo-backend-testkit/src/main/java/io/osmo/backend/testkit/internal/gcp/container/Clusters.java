// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.cloud.compute.v1.Firewall;
import com.google.container.v1.*;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters: reading, creation and deletion. */
final class Clusters {
    private final GcpProject project;
    private final ClusterStore store;
    private final ClusterRules rules;
    private final Operations operations;
    private final NodePools pools;
    private final ComputeResources compute;
    private final EmulatedClusters kubernetes;

    Clusters(
            GcpProject project,
            ClusterStore store,
            ClusterRules rules,
            Operations operations,
            NodePools pools,
            ComputeResources compute,
            EmulatedClusters kubernetes) {
        this.project = project;
        this.store = store;
        this.rules = rules;
        this.operations = operations;
        this.pools = pools;
        this.compute = compute;
        this.kubernetes = kubernetes;
        compute.addUsers(this::userOf);
    }

    /** The cluster that uses a network or subnetwork. */
    private Optional<String> userOf(String resource) {
        return store.all().entrySet().stream()
                .filter(e -> isIn(e.getValue().getNetworkConfig(), ComputeResources.url(resource)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isIn(NetworkConfig network, String url) {
        return url.endsWith("/" + network.getNetwork()) || url.endsWith("/" + network.getSubnetwork());
    }

    ServerConfig getServerConfig(GetServerConfigRequest r) {
        ClusterRules.requireLocation(ResourceNames.location(r.getName()));
        return Versions.config(project);
    }

    ListClustersResponse listClusters(ListClustersRequest r) {
        String location = ResourceNames.location(r.getParent());
        if (!location.equals("-")) {
            ClusterRules.requireLocation(location);
        }
        return ListClustersResponse.newBuilder()
                .addAllClusters(store.all().values().stream()
                        .filter(c -> location.equals("-") || c.getLocation().equals(location))
                        .toList())
                .build();
    }

    Cluster getCluster(GetClusterRequest r) {
        return store.get(r.getName());
    }

    Operation createCluster(CreateClusterRequest r) {
        String location = ResourceNames.location(r.getParent());
        ClusterRules.requireLocation(location);
        Cluster wanted = r.getCluster();
        String path = r.getParent() + "/clusters/" + wanted.getName();
        ClusterRules.checkName(wanted.getName());
        if (store.find(path).isPresent()) {
            throw GcpError.alreadyExists("Already exists: " + path + ".");
        }
        ClusterRules.checkLabels(wanted.getResourceLabelsMap());
        store.put(path, rules.complete(path, location, wanted));
        try {
            pools.addInitial(path, wanted);
        } catch (GcpError e) {
            store.remove(path);
            throw e;
        }
        createFirewalls(path);
        return operations.begin(path, Operation.Type.CREATE_CLUSTER, path, Durations.CLUSTER_CREATE, () -> {
            Cluster cluster = store.get(path);
            ClusterObjects.create(kubernetes, PoolNodes.apiServer(cluster), cluster);
            store.update(path, c -> c.setStatus(Cluster.Status.RUNNING));
            return pools.launchAll(path);
        });
    }

    private void createFirewalls(String path) {
        Cluster cluster = store.get(path);
        String prefix = prefix(cluster);
        String network = ComputeResources.url(cluster.getNetworkConfig().getNetwork());
        for (String rule : List.of("all", "vms", "inkubelet")) {
            compute.put(
                    project.path("global/firewalls/" + prefix + "-" + rule),
                    Firewall.newBuilder()
                            .setNetwork(network)
                            .setDirection("INGRESS")
                            .addTargetTags(prefix + "-node")
                            .build());
        }
    }

    /** What the names of a cluster's firewall rules start with: its own name and a hash of its id. */
    private static String prefix(Cluster cluster) {
        return "gke-" + cluster.getName() + "-" + cluster.getId().substring(0, 8);
    }

    Operation deleteCluster(DeleteClusterRequest r) {
        String path = r.getName();
        store.get(path);
        Operation operation =
                operations.begin(path, Operation.Type.DELETE_CLUSTER, path, Durations.CLUSTER_DELETE, () -> {
                    remove(path);
                    return Optional.empty();
                });
        store.update(path, c -> c.setStatus(Cluster.Status.STOPPING));
        return operation;
    }

    /** Leaves the disks of claims, and what controllers created for Services and Ingresses. */
    private void remove(String path) {
        Cluster cluster = store.get(path);
        pools.removeMachines(cluster);
        String firewalls = "/global/firewalls/" + prefix(cluster) + "-";
        compute.removeIf(p -> p.contains(firewalls));
        kubernetes.remove(PoolNodes.apiServer(cluster));
        store.remove(path);
    }
}
