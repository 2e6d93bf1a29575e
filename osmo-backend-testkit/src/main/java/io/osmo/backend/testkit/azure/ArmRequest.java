// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A request to emulated ARM, taken apart.
 *
 * @param base scheme and host, such as {@code https://management.azure.com}
 * @param path as it was sent
 * @param query parameters by name in lower case
 * @param headers by name in lower case
 * @param body JSON, empty if there was none; may hold what its caller considers secret
 */
public record ArmRequest(
        String method, String base, String path, Map<String, String> query, Map<String, String> headers, String body) {
    /** The version that was asked for; empty if there was none. */
    public String apiVersion() {
        return query.getOrDefault("api-version", "");
    }

    String filter() {
        return query.getOrDefault("$filter", "");
    }

    ObjectNode json() {
        return body.isBlank() ? Json.object() : Json.parse(body);
    }
}
