// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A REST request failed or got no response. The context translates this exception, so it never leaves the module. */
public final class RestFailure extends RuntimeException {
    /** Reason if there was no response; the cause says why. */
    static final String NO_ANSWER = "NO_ANSWER";

    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String reason;

    /**
     * @param status of HTTP; 0 when there was no answer
     * @param reason the most specific code of the answer, such as {@code SERVICE_DISABLED}
     */
    public RestFailure(int status, String reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.reason = reason;
    }

    /**
     * Reads an answer. Google has two forms of errors, an older one with {@code errors} and a newer one with {@code details};
     * Compute Engine gives both. See <a href="https://cloud.google.com/apis/design/errors#http_mapping">the error model</a>.
     *
     * @param body of the answer; anything when it comes from a proxy
     */
    public static RestFailure of(int status, @Nullable String body) {
        JsonNode error;
        try {
            error = JSON.readTree(body == null ? "" : body).path("error");
        } catch (JsonProcessingException notGoogles) {
            error = MissingNode.getInstance();
        }
        String reason = error.path("status").asText("HTTP_" + status);
        reason = error.path("errors").path(0).path("reason").asText(reason);
        reason = reason(error).orElse(reason);
        return new RestFailure(status, reason, error.path("message").asText("HTTP " + status), null);
    }

    /** The reason among the details of an error: more specific than its code. */
    static Optional<String> reason(JsonNode error) {
        String reason = "";
        for (JsonNode detail : error.path("details")) {
            reason = detail.path("reason").asText(reason);
        }
        return Optional.of(reason).filter(found -> !found.isEmpty());
    }

    /** Whether the same request may succeed a second later: there were too many, or the service failed. */
    boolean passes() {
        return status == 429 || status == 502 || status == 503 || status == 504 || RateLimit.isReason(reason);
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }
}
