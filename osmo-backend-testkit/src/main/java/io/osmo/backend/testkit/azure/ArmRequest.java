// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import java.util.Map;

/**
 * A request to emulated ARM.
 *
 * @param method HTTP method
 * @param base scheme and host, such as {@code https://management.azure.com}
 * @param path path of the address, as sent
 * @param query parameters by name in lower case
 * @param headers by name in lower case
 * @param body JSON; empty if there is none; may contain secrets of the caller
 */
public record ArmRequest(
        String method, String base, String path, Map<String, String> query, Map<String, String> headers, String body) {
    /** The requested version of the API; empty if there is none. */
    public String apiVersion() {
        return query("api-version");
    }

    /** A parameter; empty if there is none. */
    public String query(String name) {
        return query.getOrDefault(name, "");
    }

    /** A header; empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
