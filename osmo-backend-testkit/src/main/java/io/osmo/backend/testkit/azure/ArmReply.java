// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response of emulated ARM.
 *
 * @param status HTTP status
 * @param body JSON, null if there is none
 */
public record ArmReply(
        int status, Map<String, String> headers, @Nullable ObjectNode body) {
    static ArmReply of(int status, @Nullable ObjectNode body) {
        return new ArmReply(status, Map.of(), body);
    }

    static ArmReply ok(ObjectNode body) {
        return of(200, body);
    }

    static ArmReply noContent() {
        return of(204, null);
    }

    static ArmReply of(ArmError error) {
        Map<String, String> headers = error.retryAfter == null
                ? Map.of()
                : Map.of("Retry-After", String.valueOf(error.retryAfter.toSeconds()));
        return new ArmReply(error.status, headers, error.envelope());
    }

    ArmReply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new ArmReply(status, all, body);
    }

    /** The body as text; empty if there is none. */
    public String text() {
        return body == null ? "" : body.toString();
    }
}
