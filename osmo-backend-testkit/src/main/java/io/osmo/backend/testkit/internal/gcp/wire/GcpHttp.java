// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The services over HTTP, those that clients call by gRPC too. Their paths overlap, so what would be the host {@code
 * container.googleapis.com} is the first segment of the path, {@code /container}.
 */
public final class GcpHttp {
    private static final String NO_TOKEN =
            "Request is missing required authentication credential. Expected OAuth 2 access token,"
                    + " login cookie or other valid authentication credential. See"
                    + " https://developers.google.com/identity/sign-in/web/devconsole-project.";

    private final Map<String, RestService> services = new HashMap<>();
    private final RestService unknown;

    /** @param payloads types that can be inside an {@code Any} of a response, by service */
    public GcpHttp(Dispatcher dispatcher, Map<String, JsonFormat.TypeRegistry> payloads) {
        JsonFormat.TypeRegistry none = JsonFormat.TypeRegistry.getEmptyTypeRegistry();
        Map<String, List<Dispatcher.Operation>> operations =
                dispatcher.all().collect(Collectors.groupingBy(Dispatcher.Operation::service));
        operations.forEach((service, all) ->
                services.put(service, new RestService(dispatcher, all, payloads.getOrDefault(service, none))));
        unknown = new RestService(dispatcher, List.of(), none);
    }

    /**
     * What leads gcloud to a server.
     *
     * @see <a href="https://docs.cloud.google.com/sdk/docs/properties">Managing gcloud CLI properties</a>
     */
    public Map<String, String> environment(URI url, String project) {
        Map<String, String> environment = new HashMap<>();
        services.keySet()
                .forEach(service -> environment.put(
                        "CLOUDSDK_API_ENDPOINT_OVERRIDES_" + service.toUpperCase(Locale.ROOT),
                        // Only the endpoint of Compute Engine has a path.
                        url + "/" + service + (service.equals("compute") ? "/compute/v1/" : "/")));
        environment.put("CLOUDSDK_CORE_PROJECT", project);
        environment.put("CLOUDSDK_AUTH_ACCESS_TOKEN", "emulated");
        return environment;
    }

    /**
     * Answers a request.
     *
     * @throws UncheckedIOException if the connection breaks
     */
    public HttpReply answer(HttpCall call) {
        if (!call.hasBearerToken()) {
            return reply(RestService.refusal(new GcpError(Code.UNAUTHENTICATED, 401, "required", NO_TOKEN)));
        }
        String path = call.uri().getRawPath().substring(1);
        String service = path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
        RestService found = services.get(service);
        try {
            return reply(
                    found == null
                            ? unknown.answer(call.method(), call.uri(), call.body())
                            : found.answer(call.method(), within(service, call.uri()), call.body()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static URI within(String service, URI uri) {
        String query =
                Optional.ofNullable(uri.getRawQuery()).map(raw -> "?" + raw).orElse("");
        return URI.create(uri.getRawPath().substring(service.length() + 1) + query);
    }

    private static HttpReply reply(RestService.Reply reply) {
        return HttpReply.of(reply.status(), "application/json; charset=UTF-8", reply.body());
    }
}
