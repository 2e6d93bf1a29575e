// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.http;

import java.util.HashMap;
import java.util.Map;

/**
 * A response over HTTP.
 *
 * @param status 0 if the connection breaks without a response
 * @param body empty if there is none
 */
public record HttpReply(int status, Map<String, String> headers, String body) {
    /** The connection breaks. */
    public static final HttpReply DISCONNECTED = new HttpReply(0, Map.of(), "");

    public static HttpReply of(int status, String type, String body) {
        return new HttpReply(status, Map.of("Content-Type", type), body);
    }

    public static HttpReply json(int status, String body) {
        return of(status, "application/json", body);
    }

    /** The same with one header more. */
    public HttpReply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, more, body);
    }
}
