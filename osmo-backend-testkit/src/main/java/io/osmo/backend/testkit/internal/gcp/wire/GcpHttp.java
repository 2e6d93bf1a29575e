// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.Message;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The services over HTTP, those that clients call by gRPC too. Their paths overlap, so what would be the host {@code
 * container.googleapis.com} is the first segment of the path, {@code /container}.
 */
final class GcpHttp {
    static final String NO_TOKEN =
            "Request is missing required authentication credential. Expected OAuth 2 access token,"
                    + " login cookie or other valid authentication credential. See"
                    + " https://developers.google.com/identity/sign-in/web/devconsole-project.";

    private final Map<String, RestService> services = new HashMap<>();
    private final RestService unknown;
    private final MetadataServer metadata;

    /**
     * @param payloads types that can be inside an {@code Any} of a response, by service
     * @param told replaces a response for another process
     */
    GcpHttp(
            Dispatcher dispatcher,
            MetadataServer metadata,
            Map<String, JsonFormat.TypeRegistry> payloads,
            UnaryOperator<Message> told) {
        this.metadata = metadata;
        JsonFormat.TypeRegistry none = JsonFormat.TypeRegistry.getEmptyTypeRegistry();
        Map<String, List<Dispatcher.Operation>> operations =
                dispatcher.all().collect(Collectors.groupingBy(Dispatcher.Operation::service));
        operations.forEach((service, all) ->
                services.put(service, new RestService(dispatcher, all, payloads.getOrDefault(service, none), told)));
        unknown = new RestService(dispatcher, List.of(), none, told);
    }

    /**
     * What leads gcloud and the vendor's clients to a server. These take credentials from it if they have none of their own.
     *
     * @see <a href="https://docs.cloud.google.com/sdk/docs/properties">Managing gcloud CLI properties</a>
     */
    Map<String, String> environment(URI url, String project) {
        Map<String, String> environment = new HashMap<>();
        services.keySet()
                .forEach(service -> environment.put(
                        "CLOUDSDK_API_ENDPOINT_OVERRIDES_" + service.toUpperCase(Locale.ROOT),
                        // Only the endpoint of Compute Engine has a path.
                        url + "/" + service + (service.equals("compute") ? "/compute/v1/" : "/")));
        environment.put("CLOUDSDK_CORE_PROJECT", project);
        environment.put("GCE_METADATA_HOST", url.getAuthority());
        environment.put("GOOGLE_CLOUD_PROJECT", project);
        environment.put("CLOUDSDK_AUTH_ACCESS_TOKEN", "emulated");
        return environment;
    }

    /**
     * Answers a request.
     *
     * @throws UncheckedIOException if the connection breaks
     */
    HttpReply answer(HttpCall call) {
        return metadata.answer(call).orElseGet(() -> ofService(call));
    }

    private HttpReply ofService(HttpCall call) {
        if (!call.hasBearerToken()) {
            return reply(RestService.refusal(new GcpError(Code.UNAUTHENTICATED, 401, "required", NO_TOKEN)));
        }
        String path = call.uri().getRawPath().substring(1);
        String service = path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
        RestService found = services.get(service);
        String verb = RestService.verb(call.method(), call.header(RestService.OVERRIDE.toLowerCase(Locale.ROOT)));
        try {
            return reply(
                    found == null
                            ? unknown.answer(verb, call.uri(), call.body())
                            : found.answer(verb, within(service, call.uri()), call.body()));
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
