// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request over HTTP.
 *
 * @param uri path and query, as sent
 * @param headers by name in lower case
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, String body) {
    /** Most bytes of a body that are read. */
    public static final int LIMIT = 1 << 20;

    static HttpCall of(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return new HttpCall(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers,
                new String(body, StandardCharsets.UTF_8));
    }

    /** Whether it has a bearer token, whatever its value. */
    public boolean hasBearerToken() {
        return isBearerToken(header("authorization"));
    }

    /** Whether a header for authorization has a bearer token, whatever its value. */
    public static boolean isBearerToken(String authorization) {
        return authorization.matches("Bearer .+");
    }

    /** A header; empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Parameters of the query. */
    public Map<String, List<String>> query() {
        return parameters(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /** Parameters as queries and forms have them. */
    public static Map<String, List<String>> parameters(String encoded) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String part : encoded.split("&", -1)) {
            if (!part.isEmpty()) {
                int equal = part.indexOf('=');
                String name = decode(equal < 0 ? part : part.substring(0, equal));
                String value = equal < 0 ? "" : decode(part.substring(equal + 1));
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
