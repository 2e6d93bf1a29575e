// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterReader;
import io.osmo.backend.azure.internal.pool.PoolNames;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.provider.ClusterNodes;
import io.osmo.backend.spi.provider.EvidenceReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.JoinEvidence;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Reads what may explain why nodes of the backend's agent pools are missing. */
final class AzureEvidenceReader implements EvidenceReader<AzureContext, JoinFacts> {
    private static final String AGENT_POOL = "kubernetes.azure.com/agentpool";

    @Override
    public CompletableFuture<List<JoinEvidence<JoinFacts>>> read(
            Observation<AzureContext> observation, CompletableFuture<Fact<ClusterNodes>> nodes) {
        AzureContext context = observation.context();
        CompletableFuture<Fact<ArmObject>> cluster =
                Facts.observed(observation.of(ClusterReader.INSTANCE), AksCluster.ID, ArmObject.class, "cluster");
        CompletableFuture<Fact<ActivityLog>> log = cluster.thenCompose(found -> log(context, found));
        return context.async(() -> context.arm()
                        .list(
                                ArmType.AGENT_POOL.action("read"),
                                context.clusterId() + "/agentPools",
                                ArmType.AGENT_POOL.apiVersion()))
                .thenCompose(all -> Futures.all(pools(context, all).entrySet().stream()
                        .map(each -> pool(context, each.getKey(), each.getValue(), cluster, nodes, log))
                        .toList()));
    }

    private static CompletableFuture<Fact<ActivityLog>> log(AzureContext context, Fact<ArmObject> cluster) {
        return cluster.known()
                .flatMap(found -> found.find("/properties/nodeResourceGroup"))
                .map(group -> Facts.of(ActivityLog.read(context, group)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        Fact.unknown("the resource group of the nodes is not known")));
    }

    private static Map<String, List<ArmObject>> pools(AzureContext context, List<JsonNode> all) {
        Map<String, List<ArmObject>> pools = new TreeMap<>();
        for (JsonNode json : all) {
            Map<String, String> tags = ArmObject.of(json.path("properties")).tags();
            if (context.ownership().owns(tags) && tags.containsKey(PoolNames.POOL_TAG)) {
                pools.computeIfAbsent(tags.get(PoolNames.POOL_TAG), name -> new ArrayList<>())
                        .add(ArmObject.of(json));
            }
        }
        return pools;
    }

    private static CompletableFuture<JoinEvidence<JoinFacts>> pool(
            AzureContext context,
            String name,
            List<ArmObject> pools,
            CompletableFuture<Fact<ArmObject>> cluster,
            CompletableFuture<Fact<ClusterNodes>> nodes,
            CompletableFuture<Fact<ActivityLog>> log) {
        CompletableFuture<Fact<ClusterNodes>> own =
                ClusterNodes.of(nodes, AGENT_POOL, pools.stream().map(ArmObject::name));
        String subnetId = pools.get(0).text("/properties/vnetSubnetID");
        CompletableFuture<Fact<Optional<ArmObject>>> network =
                find(context, ArmType.VIRTUAL_NETWORK, subnetId.replaceFirst("(?i)/subnets/.*$", ""));
        CompletableFuture<Fact<Optional<ArmObject>>> securityGroup = network.thenCompose(
                found -> ofSubnet(context, ArmType.SECURITY_GROUP, found, subnetId, "/networkSecurityGroup/id"));
        CompletableFuture<Fact<Optional<ArmObject>>> routeTable =
                network.thenCompose(found -> ofSubnet(context, ArmType.ROUTE_TABLE, found, subnetId, "/routeTable/id"));
        return CompletableFuture.allOf(own, cluster, network, securityGroup, routeTable, log)
                .thenApply(done -> new JoinEvidence<>(
                        name,
                        pools.stream()
                                .mapToInt(pool ->
                                        pool.json().at("/properties/count").asInt())
                                .sum(),
                        own.join(),
                        statements(pools, own.join(), log.join()),
                        new JoinFacts(pools, cluster.join(), network.join(), securityGroup.join(), routeTable.join()),
                        gaps(
                                Map.of(
                                        "cluster", cluster.join(),
                                        "virtual network", network.join(),
                                        "network security group", securityGroup.join(),
                                        "route table", routeTable.join(),
                                        "activity log", log.join()),
                                log.join())));
    }

    /** What AKS says counts before what it may have left out. */
    private static List<Statement> statements(List<ArmObject> pools, Fact<ClusterNodes> nodes, Fact<ActivityLog> log) {
        List<Statement> statements = new ArrayList<>();
        pools.forEach(pool -> said(pool).ifPresent(statements::add));
        log.known()
                .ifPresent(read -> pools.stream()
                        .filter(pool -> !onlyWaitsForNodes(pool, nodes))
                        .forEach(pool -> read.failure(pool.name()).ifPresent(statements::add)));
        return statements;
    }

    /** Whether an agent pool is known to have all its nodes, and some are not ready: machines that Azure has refused are not why. */
    private static boolean onlyWaitsForNodes(ArmObject pool, Fact<ClusterNodes> nodes) {
        return nodes.known()
                .map(found -> found.of(Set.of(new NodeLabel(AGENT_POOL, pool.name()))))
                .filter(own -> own.nodes().size()
                                >= pool.json().at("/properties/count").asInt()
                        && own.ready() < own.nodes().size())
                .isPresent();
    }

    private static List<String> gaps(Map<String, Fact<?>> facts, Fact<ActivityLog> log) {
        List<String> gaps = new ArrayList<>(Facts.gaps(facts));
        log.known()
                .filter(read -> !read.complete())
                .ifPresent(read -> gaps.add("activity log: there is more than the first " + ActivityLog.PAGES
                        + " pages of the last " + ActivityLog.WINDOW.toHours() + " hours, which were read"));
        return gaps;
    }

    /** Why the last operation on a pool failed. */
    private static Optional<Statement> said(ArmObject pool) {
        JsonNode error = pool.json().at("/properties/status/provisioningError");
        return pool.failed() && error.has("code")
                ? Optional.of(new Statement(
                        "AKS",
                        error.path("code").asText(),
                        error.path("message").asText()))
                : Optional.empty();
    }

    private static CompletableFuture<Fact<Optional<ArmObject>>> find(AzureContext context, ArmType type, String id) {
        return id.isEmpty()
                ? CompletableFuture.completedFuture(Fact.of(Optional.empty()))
                : Facts.of(context.find(type, id));
    }

    /** What the subnet refers to. */
    private static CompletableFuture<Fact<Optional<ArmObject>>> ofSubnet(
            AzureContext context, ArmType type, Fact<Optional<ArmObject>> network, String subnetId, String reference) {
        Fact<String> id = network.map(found -> found.stream()
                .flatMap(each -> JoinFacts.each(each.json().at("/properties/subnets")))
                .filter(subnet -> subnet.path("id").asText().equalsIgnoreCase(subnetId))
                .map(subnet -> subnet.path("properties").at(reference).asText(""))
                .findFirst()
                .orElse(""));
        return id.known()
                .map(known -> find(context, type, known))
                .orElseGet(() -> CompletableFuture.completedFuture(id.map(text -> Optional.empty())));
    }
}
