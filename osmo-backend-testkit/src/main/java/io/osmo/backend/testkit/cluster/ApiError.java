// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import java.util.List;
import java.util.Map;

/** A refusal that the server answers with a Status object. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int code;
    final String reason;
    final transient List<Map<String, String>> causes;

    ApiError(int code, String reason, String message) {
        this(code, reason, message, List.of());
    }

    ApiError(int code, String reason, String message, List<Map<String, String>> causes) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.causes = causes;
    }

    static ApiError notFound(Kinds.Kind kind, String name) {
        return new ApiError(404, "NotFound", kind.qualified() + " \"" + name + "\" not found");
    }

    static ApiError unknownPath() {
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
