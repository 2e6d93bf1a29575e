// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.common.collect.Lists;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.gcp.internal.network.NetworkRef;
import io.osmo.backend.gcp.internal.pool.PoolName;
import io.osmo.backend.spi.provider.ClusterNodes;
import io.osmo.backend.spi.provider.EvidenceReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.JoinEvidence;
import io.osmo.backend.spi.provider.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads what may explain why nodes of the backend's node pools are missing. Lists of Compute Engine are read once for all pools. */
final class GcpEvidenceReader implements EvidenceReader<GcpContext, JoinFacts> {
    private static final String POOL_LABEL = "goog-k8s-node-pool-name";
    private static final String CLUSTER_LABEL = "goog-k8s-cluster-name";
    private static final String NODE_POOL = "cloud.google.com/gke-nodepool";

    /** Answers about the network that all pools share. */
    private record Shared(
            CompletableFuture<Fact<List<JsonNode>>> instances,
            CompletableFuture<Fact<Subnetwork>> subnet,
            CompletableFuture<Fact<List<Router>>> routers,
            CompletableFuture<Fact<List<JsonNode>>> routes,
            CompletableFuture<Fact<List<JsonNode>>> firewalls) {}

    @Override
    public CompletableFuture<List<JoinEvidence<JoinFacts>>> read(
            Observation<GcpContext> observation, CompletableFuture<Fact<ClusterNodes>> nodes) {
        GcpContext context = observation.context();
        return observation.of(ClusterReader.INSTANCE).thenCompose(reading -> {
            if (!(Optional.ofNullable(reading.observed().get(GkeCluster.ID))
                            .<Object>map(found -> found.value())
                            .orElse("")
                    instanceof ObservedCluster cluster)) {
                return CompletableFuture.completedFuture(List.of());
            }
            Shared shared = shared(context, cluster.cluster());
            return Futures.all(pools(context, cluster.cluster()).entrySet().stream()
                    .map(each -> pool(context, cluster, each.getKey(), each.getValue(), shared, nodes))
                    .toList());
        });
    }

    private static Map<String, List<NodePool>> pools(GcpContext context, Cluster cluster) {
        Map<String, List<NodePool>> pools = new TreeMap<>();
        cluster.getNodePoolsList().stream()
                .filter(pool -> context.ownership().owns(pool.getConfig().getResourceLabelsMap()))
                .forEach(pool -> pools.computeIfAbsent(PoolName.of(pool).pool(), name -> new ArrayList<>())
                        .add(pool));
        return pools;
    }

    private static Shared shared(GcpContext context, Cluster cluster) {
        String network = NetworkRef.path(cluster.getNetworkConfig().getNetwork());
        String[] subnet =
                NetworkRef.path(cluster.getNetworkConfig().getSubnetwork()).split("/", -1);
        return new Shared(
                objects(context, "instances", instance -> true),
                Facts.of(context.async(
                        "compute.subnetworks.get",
                        () -> context.clients()
                                .subnetworks()
                                .get(subnet[1], context.region(), subnet[subnet.length - 1]))),
                Facts.of(context.async(
                        "compute.routers.list",
                        () -> Lists.newArrayList(context.clients()
                                        .routers()
                                        .list(subnet[1], context.region())
                                        .iterateAll())
                                .stream()
                                .filter(router ->
                                        NetworkRef.path(router.getNetwork()).equals(network))
                                .toList())),
                objects(context, "routes", object -> isIn(object, network)),
                objects(context, "firewalls", object -> isIn(object, network)));
    }

    private static boolean isIn(JsonNode object, String network) {
        return NetworkRef.path(object.path("network").asText()).equals(network);
    }

    private static CompletableFuture<Fact<List<JsonNode>>> objects(
            GcpContext context, String collection, Predicate<JsonNode> wanted) {
        return context.scheduler()
                .call(() -> ComputeObjects.lookup(context, context.project(), collection))
                .thenApply(answer -> answer.found()
                        .map(all -> Fact.of(all.stream().filter(wanted).toList()))
                        .orElseGet(() -> Fact.unknown(answer.refused()
                                .map(refused -> String.valueOf(refused.getMessage()))
                                .orElse("there are no " + collection))));
    }

    private static CompletableFuture<JoinEvidence<JoinFacts>> pool(
            GcpContext context,
            ObservedCluster cluster,
            String name,
            List<NodePool> pools,
            Shared shared,
            CompletableFuture<Fact<ClusterNodes>> nodes) {
        CompletableFuture<Fact<ClusterNodes>> own =
                ClusterNodes.of(nodes, NODE_POOL, pools.stream().map(NodePool::getName));
        CompletableFuture<Fact<List<JsonNode>>> machines =
                shared.instances().thenApply(fact -> fact.map(all -> machines(cluster, pools, all)));
        CompletableFuture<Fact<List<JsonNode>>> waiting = machines.thenCombine(own, GcpEvidenceReader::waiting);
        CompletableFuture<Fact<Boolean>> account = Facts.of(account(context, pools.get(0)));
        CompletableFuture<Statements> statements = waiting.thenCompose(
                found -> Statements.read(context, cluster, pools, found.known().orElse(List.of())));
        return CompletableFuture.allOf(
                        own,
                        machines,
                        waiting,
                        account,
                        statements,
                        shared.subnet(),
                        shared.routers(),
                        shared.routes(),
                        shared.firewalls())
                .thenApply(done -> new JoinEvidence<>(
                        name,
                        wanted(pools, machines.join(), own.join()),
                        own.join(),
                        statements.join().all(),
                        new JoinFacts(
                                pools,
                                cluster.cluster().getIpAllocationPolicy().getClusterSecondaryRangeName(),
                                waiting.join(),
                                account.join(),
                                shared.subnet().join(),
                                shared.routers().join(),
                                shared.routes().join(),
                                shared.firewalls().join()),
                        Facts.gaps(Map.of(
                                "instances", machines.join(),
                                "service account of the nodes", account.join(),
                                "subnet", shared.subnet().join(),
                                "routers", shared.routers().join(),
                                "routes", shared.routes().join(),
                                "firewall rules", shared.firewalls().join(),
                                "serial console", statements.join().console()))));
    }

    private static List<JsonNode> machines(ObservedCluster cluster, List<NodePool> pools, List<JsonNode> all) {
        Set<String> names = pools.stream().map(NodePool::getName).collect(Collectors.toSet());
        return all.stream()
                .filter(machine ->
                        names.contains(machine.path("labels").path(POOL_LABEL).asText())
                                && machine.path("labels")
                                        .path(CLUSTER_LABEL)
                                        .asText()
                                        .equals(cluster.cluster().getName()))
                .toList();
    }

    private static Fact<List<JsonNode>> waiting(Fact<List<JsonNode>> machines, Fact<ClusterNodes> nodes) {
        return Facts.both(
                machines,
                nodes,
                (all, joined) -> all.stream()
                        .filter(machine -> joined.nodes().stream()
                                .noneMatch(node ->
                                        node.name().equals(machine.path("name").asText())))
                        .toList());
    }

    /** The machines that exist, and at least one more than there are nodes as long as GKE says that it lacks some. */
    private static int wanted(List<NodePool> pools, Fact<List<JsonNode>> machines, Fact<ClusterNodes> nodes) {
        boolean lacking = pools.stream()
                .anyMatch(pool -> pool.getStatus() == NodePool.Status.RUNNING_WITH_ERROR
                        || pool.getStatus() == NodePool.Status.ERROR);
        int running = machines.known().map(List::size).orElse(0);
        int joined = nodes.known().map(found -> found.nodes().size()).orElse(0);
        return lacking ? Math.max(running, joined + 1) : running;
    }

    private static CompletableFuture<Boolean> account(GcpContext context, NodePool pool) {
        String path = "/v1/projects/-/serviceAccounts/" + pool.getConfig().getServiceAccount();
        return context.findAsync("iam.serviceAccounts.get", () -> context.rest().get(GcpService.IAM, path))
                .thenApply(Optional::isPresent);
    }
}
