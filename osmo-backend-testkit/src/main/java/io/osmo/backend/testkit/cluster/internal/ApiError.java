// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A refusal that the server answers with a Status object. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;
    private final transient List<Map<String, String>> causes;

    public ApiError(int code, String reason, String message) {
        this(code, reason, message, List.of());
    }

    ApiError(int code, String reason, String message, List<Map<String, String>> causes) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.causes = causes;
    }

    /** The Status object that clients see. */
    public Answer answer() {
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
        ArrayNode details = status.putObject("details").putArray("causes");
        causes.forEach(cause -> details.add(Json.MAPPER.valueToTree(cause)));
        return new Answer(code, status);
    }

    static ApiError notFound(Kinds.Kind kind, String name) {
        return new ApiError(404, "NotFound", kind.qualified() + " \"" + name + "\" not found");
    }

    public static ApiError unknownPath() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError invalid(Kinds.Kind kind, String name, String field, String detail) {
        return new ApiError(
                422,
                "Invalid",
                kind.name() + (kind.group().isEmpty() ? "" : "." + kind.group()) + " \"" + name + "\" is invalid: "
                        + field + ": " + detail,
                List.of(Map.of("reason", "FieldValueInvalid", "field", field, "message", detail)));
    }
}
