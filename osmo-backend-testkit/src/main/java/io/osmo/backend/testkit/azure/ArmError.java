// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal in ARM's envelope {@code {"error": {"code", "message", "details"}}}. */
final class ArmError extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int status;
    final String code;
    final @Nullable Duration retryAfter;

    ArmError(int status, String code, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    ArmError(int status, String code, String message) {
        this(status, code, message, null);
    }

    static ArmError badRequest(String code, String message) {
        return new ArmError(400, code, message);
    }

    static ArmError conflict(String code, String message) {
        return new ArmError(409, code, message);
    }

    static ArmError notFound(ArmId id) {
        return new ArmError(
                404,
                "ResourceNotFound",
                "The Resource '" + id.type() + "/" + String.join("/", id.names()) + "' under resource group '"
                        + id.group()
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    ObjectNode envelope() {
        ObjectNode envelope = Json.object();
        envelope.set("error", error());
        return envelope;
    }

    ObjectNode error() {
        ObjectNode error = Json.object().put("code", code).put("message", getMessage());
        ArrayNode details = error.putArray("details");
        details.addObject().put("code", code).put("message", getMessage());
        return error;
    }
}
