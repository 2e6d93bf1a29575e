// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A response while it is being made. */
public record ArmReply(
        int status, Map<String, String> headers, @Nullable ObjectNode body) {
    public static ArmReply of(int status, @Nullable ObjectNode body) {
        return new ArmReply(status, Map.of(), body);
    }

    public static ArmReply ok(ObjectNode body) {
        return of(200, body);
    }

    public static ArmReply noContent() {
        return of(204, null);
    }

    /** The operation is running; ARM adds the headers that say where to poll its state. */
    public static ArmReply accepted() {
        return of(202, null);
    }

    /** A list; ARM splits it into pages. */
    public static ArmReply values(Consumer<ArrayNode> filler) {
        ObjectNode body = Json.object();
        filler.accept(body.putArray("value"));
        return ok(body);
    }

    /** A list; ARM splits it into pages. */
    public static ArmReply values(Stream<ObjectNode> items) {
        return values(array -> items.forEach(array::add));
    }

    public static ArmReply of(ArmError error) {
        Map<String, String> headers = error.retryAfter == null
                ? Map.of()
                : Map.of("Retry-After", String.valueOf(error.retryAfter.toSeconds()));
        return new ArmReply(error.status, headers, error.envelope());
    }

    public ArmReply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new ArmReply(status, all, body);
    }

    public ArmResponse toResponse() {
        return new ArmResponse(status, headers, body == null ? "" : body.toString());
    }
}
