// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal, which clients see as {@code {"error": {"code", "message", "details"}}}. */
public final class ArmError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public final String code;
    public final int status;
    final @Nullable Duration retryAfter;

    public ArmError(int status, String code, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public ArmError(int status, String code, String message) {
        this(status, code, message, null);
    }

    public static ArmError badRequest(String code, String message) {
        return new ArmError(400, code, message);
    }

    public static ArmError conflict(String code, String message) {
        return new ArmError(409, code, message);
    }

    public static ArmError notFound(ArmId id) {
        return new ArmError(
                404,
                "ResourceNotFound",
                "The Resource '" + id.type() + "/" + String.join("/", id.names()) + "' under resource group '"
                        + id.group()
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    public ObjectNode envelope() {
        ObjectNode envelope = Json.object();
        envelope.set("error", error());
        return envelope;
    }

    ObjectNode error() {
        ObjectNode error = Json.object().put("code", code).put("message", getMessage());
        error.putArray("details").addObject().put("code", code).put("message", getMessage());
        return error;
    }
}
