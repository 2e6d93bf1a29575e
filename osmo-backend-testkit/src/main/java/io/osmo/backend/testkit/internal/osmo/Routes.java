// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Json;
import java.util.List;
import java.util.Map;

/**
 * The API: one method for each group of routes.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/tree/main/src/service/core">routes of the service</a>
 */
final class Routes {
    private final ServiceSetup setup;
    private final Tokens tokens;
    private final Backends backends;
    private final Gateway gateway;
    private final Pools pools;
    private final Workflows workflows;

    Routes(ServiceSetup setup, Tokens tokens, Backends backends, Gateway gateway, Pools pools, Workflows workflows) {
        this.setup = setup;
        this.tokens = tokens;
        this.backends = backends;
        this.gateway = gateway;
        this.pools = pools;
        this.workflows = workflows;
    }

    /**
     * A request that the gateway has let through.
     *
     * @param query values of each parameter
     */
    record Request(String method, List<String> path, Map<String, List<String>> query, String body) {
        List<String> all(String parameter) {
            return query.getOrDefault(parameter, List.of());
        }

        boolean is(String parameter) {
            return all(parameter).contains("true");
        }

        /** @throws ServiceRefusal 422 without a body */
        JsonNode json(String field) {
            try {
                if (body.isBlank()) {
                    throw ServiceRefusal.invalid(field);
                }
                return Json.MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                throw ServiceRefusal.invalid(field);
            }
        }
    }

    /** An answer: JSON, or a text. */
    record Answer(String type, String body) {
        static Answer of(JsonNode json) {
            return new Answer("application/json", json.toString());
        }
    }

    /** @throws ServiceRefusal what else the service answers */
    Answer answer(Request request) {
        String key = request.method() + " " + String.join("/", request.path());
        return switch (key) {
            case "GET api/version" -> Answer.of(version());
            case "POST api/auth/jwt/access_token" -> Answer.of(logIn(request));
            case "GET api/pool" -> Answer.of(pools.list(request.is("all_pools") ? List.of() : request.all("pools")));
            case "GET api/pool_quota" -> Answer.of(pools.quota());
            case "GET api/resources" ->
                Answer.of(pools.resources(request.is("all_pools") ? List.of() : request.all("pools")));
            case "GET api/configs/backend" -> Answer.of(backends.list());
            case "GET api/configs/pool" -> Answer.of(pools.list(request.all("pools")));
            case "GET api/configs/role" -> Answer.of(gateway.roles());
            default -> named(request);
        };
    }

    private Answer named(Request request) {
        List<String> path = request.path();
        if (path.size() < 3 || !path.get(0).equals("api")) {
            throw ServiceRefusal.noRoute();
        }
        return switch (path.get(1)) {
            case "configs" -> configuration(request);
            case "pool" -> submission(request);
            case "workflow" -> workflow(request);
            case "resources" -> throw ServiceRefusal.internal("Resource " + path.get(2) + " does not exist!");
            default -> throw ServiceRefusal.noRoute();
        };
    }

    private Answer configuration(Request request) {
        List<String> path = request.path();
        if (path.size() != 4) {
            throw ServiceRefusal.noRoute();
        }
        if (!request.method().equals("GET") && setup.byFile()) {
            throw ServiceRefusal.of(
                    409,
                    "USER",
                    "Configs are managed by ConfigMap and cannot be changed by the API. Change the values of the chart instead.");
        }
        String name = path.get(3);
        return switch (request.method() + " " + path.get(2)) {
            case "GET backend" -> Answer.of(backends.get(name));
            case "GET pool" -> Answer.of(pools.minimal(name));
            case "DELETE backend" -> {
                request.json("force");
                backends.delete(name, workflows.alive(name));
                yield Answer.of(JsonNodeFactory.instance.nullNode());
            }
            default -> throw ServiceRefusal.noRoute();
        };
    }

    private Answer submission(Request request) {
        List<String> path = request.path();
        if (!request.method().equals("POST") || path.size() != 4 || !path.get(3).equals("workflow")) {
            throw ServiceRefusal.noRoute();
        }
        return Answer.of(workflows.submit(path.get(2), request.json("file"), request.is("validation_only")));
    }

    private Answer workflow(Request request) {
        List<String> path = request.path();
        String part = path.size() == 4 ? path.get(3) : "";
        if (!request.method().equals("GET") || path.size() > 4) {
            throw ServiceRefusal.noRoute();
        }
        return switch (part) {
            case "" -> Answer.of(workflows.get(path.get(2)));
            case "logs" -> new Answer("text/plain", workflows.logs(path.get(2)));
            case "events" -> new Answer("text/plain", workflows.events(path.get(2)));
            default -> throw ServiceRefusal.noRoute();
        };
    }

    private ObjectNode version() {
        String[] parts = setup.release().split("\\.", -1);
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", parts[0])
                .put("minor", parts[1])
                .put("revision", parts[2])
                .put("hash", "");
    }

    private ObjectNode logIn(Request request) {
        JsonNode token = request.json("token").path("token");
        if (!token.isTextual()) {
            throw ServiceRefusal.invalid("token");
        }
        Tokens.Session session = tokens.logIn(token.asText());
        return JsonNodeFactory.instance
                .objectNode()
                .put("token", session.jwt())
                .put("expires_at", session.until().getEpochSecond());
    }
}
