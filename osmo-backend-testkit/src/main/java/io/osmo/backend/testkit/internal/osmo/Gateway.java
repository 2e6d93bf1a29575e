// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Authorizes calls: some paths are open; all others need a session with a role that allows the action of the path.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/utils/roles/action_registry.go">actions</a>
 */
final class Gateway {
    private static final Set<String> OPEN =
            Set.of("/api/version", "/api/router/version", "/client/version", "/api/auth/jwt/access_token");

    private final Tokens tokens;
    private final Backends backends;

    Gateway(Tokens tokens, Backends backends) {
        this.tokens = tokens;
        this.backends = backends;
    }

    /** @throws ServiceRefusal 401 without a session, 403 if its roles do not allow the call */
    void require(String method, String path, Optional<String> bearer) {
        if (OPEN.contains(path)) {
            return;
        }
        Tokens.Session session =
                bearer.flatMap(tokens::session).orElseThrow(() -> ServiceRefusal.text(401, "Jwt is missing"));
        if (!allows(session.roles(), method, path)) {
            throw ServiceRefusal.text(403, "access denied");
        }
    }

    private boolean allows(List<String> roles, String method, String path) {
        boolean reads = method.equals("GET");
        // Everybody has pool:List, by one role or the other.
        if (reads && Set.of("/api/pool", "/api/pool_quota").contains(path)) {
            return !roles.isEmpty();
        }
        if (path.startsWith("/api/agent/")) {
            return roles.contains("osmo-backend");
        }
        if (roles.contains("osmo-admin")) {
            return true;
        }
        if (reads && path.startsWith("/api/configs/")) {
            return roles.contains("osmo-backend") && path.matches("/api/configs/(backend|pool)(/.*)?");
        }
        if (reads && (path.startsWith("/api/resources") || path.startsWith("/api/workflow/"))) {
            return roles.contains("osmo-user");
        }
        return method.equals("POST")
                && path.matches("/api/pool/[^/]+/workflow")
                && roles.contains("osmo-user")
                && pools().anyMatch(path.split("/", -1)[3]::equals);
    }

    /** Pools that users may submit to: the one named {@code default}, and those of roles that the file gives to all users. */
    private Stream<String> pools() {
        return Stream.concat(
                Stream.of("default"),
                backends.values()
                        .roles()
                        .valueStream()
                        .filter(role -> Pools.elements(role.path("external_roles"))
                                .anyMatch(given -> given.asText().equals("osmo-user")))
                        .flatMap(role -> Pools.elements(role.path("policies")))
                        .flatMap(policy -> Pools.elements(policy.path("resources")))
                        .map(JsonNode::asText)
                        .filter(resource -> resource.startsWith("pool/"))
                        .map(resource -> resource.substring("pool/".length())));
    }

    /** All roles: those that come with the service, and those of the file. */
    ArrayNode roles() {
        ArrayNode roles = JsonNodeFactory.instance.arrayNode();
        role(roles, "osmo-user", "workflow:*", "pool/default");
        backends.values().roles().properties().forEach(role -> {
            var copy = roles.addObject().put("name", role.getKey());
            role.getValue().properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        });
        return roles;
    }

    private static void role(ArrayNode roles, String name, String action, String resource) {
        var policy = roles.addObject()
                .put("name", name)
                .put("description", "")
                .putArray("policies")
                .addObject();
        policy.put("effect", "Allow").putArray("actions").add(action);
        policy.putArray("resources").add(resource);
    }
}
