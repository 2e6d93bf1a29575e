// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.wire;

import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.ArmResponse;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Requests to Azure Resource Manager that arrive over HTTP. */
public final class AzureHttp {
    private final Function<ArmRequest, ArmResponse> arm;

    public AzureHttp(Function<ArmRequest, ArmResponse> arm) {
        this.arm = arm;
    }

    /**
     * Answers a request.
     *
     * @throws UncheckedIOException if the connection breaks
     */
    public HttpReply answer(HttpCall call) {
        Map<String, String> query = new HashMap<>();
        call.query().forEach((name, values) -> query.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        // Addresses in responses lead back the way that the request came.
        String base = "http://" + call.header("host");
        return reply(new ArmRequest(call.method(), base, call.uri().getRawPath(), query, call.headers(), call.body()));
    }

    private HttpReply reply(ArmRequest request) {
        try {
            return reply(arm.apply(request));
        } catch (UncheckedIOException broken) {
            throw broken;
        } catch (UnsupportedOperationException e) {
            return error(501, "NotImplemented", e);
        } catch (IllegalArgumentException e) {
            return error(400, "InvalidRequest", e);
        } catch (RuntimeException e) {
            return error(500, "InternalServerError", e);
        }
    }

    private static HttpReply error(int status, String code, RuntimeException e) {
        return reply(ArmReply.of(new ArmError(status, code, String.valueOf(e.getMessage())))
                .toResponse());
    }

    private static HttpReply reply(ArmResponse response) {
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.put("Content-Type", "application/json; charset=utf-8");
        return new HttpReply(response.status(), headers, response.body());
    }
}
