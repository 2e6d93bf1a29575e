// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An operator that runs in an emulated cluster: what its Deployments, its Secret and the cluster say, as its pods would read it. */
public final class ClusterHost implements OperatorHost {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String QUEUES = "queues.scheduling.run.ai";

    private final EmulatedCluster cluster;
    private final String serviceUrl;

    /** @param serviceUrl the service that the operator has to name */
    public ClusterHost(EmulatedCluster cluster, String serviceUrl) {
        this.cluster = cluster;
        this.serviceUrl = serviceUrl;
    }

    /** A Deployment of the operator and its main container. */
    private record Part(String namespace, JsonNode deployment, JsonNode container) {
        Map<String, String> flags() {
            Map<String, String> flags = new HashMap<>();
            JsonNode args = container.path("args");
            for (int i = 0; i + 1 < args.size(); i++) {
                if (args.get(i).asText().startsWith("--")) {
                    flags.put(args.get(i).asText().substring(2), args.get(i + 1).asText());
                }
            }
            return flags;
        }

        String version() {
            String image = container.path("image").asText();
            return image.substring(image.lastIndexOf(':') + 1);
        }

        boolean available() {
            return deployment.at("/status/availableReplicas").asInt() > 0;
        }
    }

    @Override
    public Optional<OperatorFacts> operator() {
        return part("backend-listener")
                .filter(Part::available)
                .filter(listener -> serviceUrl.equals(listener.flags().get("host")))
                .flatMap(listener -> token(listener).map(token -> facts(listener, token)));
    }

    private OperatorFacts facts(Part listener, String token) {
        Map<String, String> flags = listener.flags();
        return new OperatorFacts(
                flags.getOrDefault("backend", ""),
                read("Namespace", "", "kube-system").at("/metadata/uid").asText(),
                flags.getOrDefault("namespace", ""),
                listener.version(),
                token,
                cluster.list("Node").stream()
                        .map(name -> read("Node", "", name))
                        .toList(),
                part("backend-worker").filter(Part::available).isPresent());
    }

    private Optional<Part> part(String image) {
        for (String name : cluster.list("Deployment")) {
            String namespace = name.substring(0, name.indexOf('/'));
            JsonNode deployment = read("Deployment", namespace, name.substring(name.indexOf('/') + 1));
            for (JsonNode container : deployment.at("/spec/template/spec/containers")) {
                if (container.path("image").asText().matches("(.*/)?" + image + "(:.*)?")) {
                    return Optional.of(new Part(namespace, deployment, container));
                }
            }
        }
        return Optional.empty();
    }

    /** Without the Secret or its key the pod does not start. */
    private Optional<String> token(Part listener) {
        for (JsonNode volume : listener.deployment().at("/spec/template/spec/volumes")) {
            String name = volume.at("/secret/secretName").asText("");
            String key = volume.at("/secret/items/0/key").asText("token");
            if (!name.isEmpty() && cluster.has("Secret", listener.namespace(), name)) {
                String value = read("Secret", listener.namespace(), name)
                        .path("data")
                        .path(key)
                        .asText("");
                return Optional.of(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).strip())
                        .filter(token -> !token.isEmpty());
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean queue(JsonNode queue) {
        if (!cluster.has("CustomResourceDefinition", "", QUEUES)) {
            return false;
        }
        cluster.put(Json.MAPPER.convertValue(queue, OBJECT));
        return true;
    }

    private JsonNode read(String kind, String namespace, String name) {
        try {
            String json = cluster.json(kind, namespace, name);
            return Json.MAPPER.readTree(json.isEmpty() ? "{}" : json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object that is no JSON", e);
        }
    }
}
