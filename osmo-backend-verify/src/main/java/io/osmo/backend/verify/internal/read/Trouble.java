// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** Says why something could not be read, and what would mend it. */
final class Trouble {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Trouble() {}

    static String of(HttpResponse<byte[]> response, Kind kind) {
        return of(response.code(), response.body(), kind);
    }

    static String of(HttpResponse<byte[]> response, String path) {
        return of(response.code(), response.body(), path);
    }

    static String of(int code, byte[] body, Kind kind) {
        if (code == 403) {
            String binding = kind.namespace().isEmpty() ? "ClusterRole" : "Role in namespace " + kind.namespace();
            return "403 on " + kind.path() + ": " + message(body) + "; a " + binding + " with the rule " + kind.rule()
                    + " mends it";
        }
        return of(code, body, kind.path());
    }

    private static String of(int code, byte[] body, String path) {
        return switch (code) {
            case 401 -> "401 on " + path + ": the credential is not accepted";
            case 404 -> "404 on " + path + ": this API server does not serve it";
            default -> code + " on " + path + ": " + message(body);
        };
    }

    static String of(Throwable error, Kind kind) {
        return of(error, kind.path());
    }

    static String of(Throwable error, String path) {
        Throwable cause = error;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return "no answer on " + path + " (" + cause.getClass().getSimpleName() + message + ")";
    }

    /** Message of the Status object that the API server sends with an error. */
    private static String message(byte[] body) {
        try {
            JsonNode status = MAPPER.readTree(body);
            return status.path("message").asText("no message");
        } catch (IOException e) {
            return "an answer that is not JSON";
        }
    }
}
