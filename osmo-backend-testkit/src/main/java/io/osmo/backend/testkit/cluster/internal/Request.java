// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A request, taken apart.
 *
 * @param path without the name of the cluster
 * @param agent the client's name
 */
public record Request(
        String method, List<String> path, Map<String, String> query, String contentType, String agent, byte[] body) {
    boolean reads() {
        return method.equals("GET");
    }

    boolean has(String parameter, String value) {
        return value.equals(query.get(parameter));
    }

    /** Who owns the fields that this request sets. */
    String manager() {
        return query.getOrDefault("fieldManager", agent);
    }

    boolean dryRun() {
        return has("dryRun", "All");
    }

    ObjectNode object() throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(body);
    }
}
