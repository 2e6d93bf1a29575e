// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.container.v1.Cluster;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Everything that Google Cloud says of what is in a project, by id. */
final class GcpAccountText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> GLOBAL = List.of("networks", "firewalls");
    private static final List<String> AGGREGATED =
            List.of("subnetworks", "routers", "addresses", "disks", "forwardingRules", "networkEndpointGroups");

    private GcpAccountText() {}

    static void read(GcpClients clients, List<String> regions, EmulatedGcp gcp, Map<String, Object> all) {
        String project = "projects/" + clients.project();
        for (String collection : GLOBAL) {
            get(clients, GcpService.COMPUTE, "/compute/v1/" + project + "/global/" + collection)
                    .path("items")
                    .forEach(item -> all.put(item.path("selfLink").asText(), item));
        }
        for (String collection : AGGREGATED) {
            get(clients, GcpService.COMPUTE, "/compute/v1/" + project + "/aggregated/" + collection)
                    .path("items")
                    .forEach(scope -> scope.path(collection)
                            .forEach(item -> all.put(item.path("selfLink").asText(), item)));
        }
        get(clients, GcpService.IAM, "/v1/" + project + "/serviceAccounts")
                .path("accounts")
                .forEach(account -> all.put(account.path("name").asText(), account));
        policy(clients, all);
        keys(clients, project, regions, all);
        for (Cluster cluster :
                clients.clusters().listClusters(project + "/locations/-").getClustersList()) {
            cluster(cluster, gcp, all);
        }
    }

    /** Each grant on its own: those of others must stay, whatever is added or taken away beside them. */
    private static void policy(GcpClients clients, Map<String, Object> all) {
        JsonNode policy = send(
                clients,
                "POST",
                GcpService.RESOURCE_MANAGER,
                "/v3/projects/" + clients.project() + ":getIamPolicy",
                "{}");
        policy.path("bindings")
                .forEach(binding -> binding.path("members")
                        .forEach(member -> all.put(
                                "grant " + binding.path("role").asText() + " to " + member.asText(),
                                binding.path("condition"))));
    }

    private static void keys(GcpClients clients, String project, List<String> regions, Map<String, Object> all) {
        for (String region : regions) {
            clients.keys()
                    .listKeyRings(project + "/locations/" + region)
                    .iterateAll()
                    .forEach(ring -> {
                        all.put(ring.getName(), ring);
                        clients.keys()
                                .listCryptoKeys(ring.getName())
                                .iterateAll()
                                .forEach(key -> {
                                    all.put(key.getName(), key);
                                    clients.keys()
                                            .listCryptoKeyVersions(key.getName())
                                            .iterateAll()
                                            .forEach(version -> all.put(version.getName(), version));
                                });
                    });
        }
    }

    private static void cluster(Cluster cluster, EmulatedGcp gcp, Map<String, Object> all) {
        String id = cluster.getLocation() + " cluster " + cluster.getName();
        all.put(id, cluster);
        EmulatedCluster inside;
        try {
            inside = gcp.cluster(cluster.getLocation(), cluster.getName());
        } catch (RuntimeException notYet) {
            // The cluster is being created.
            return;
        }
        InsideText.of(id, inside, all);
    }

    static JsonNode get(GcpClients clients, GcpService service, String path) {
        return send(clients, "GET", service, path, "");
    }

    static JsonNode send(GcpClients clients, String method, GcpService service, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(clients.endpoint(service) + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = clients.http().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(method + " " + path + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
