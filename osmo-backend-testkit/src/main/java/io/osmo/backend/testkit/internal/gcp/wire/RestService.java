// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.http.LocalClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The services that speak JSON over HTTP. The HTTP rules of the methods and protobuf's strict parser turn requests into the vendor's own
 * messages, so that a field the service does not know is refused.
 */
public final class RestService {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Parameters that every service accepts. */
    private static final Set<String> COMMON =
            Set.of("alt", "$alt", "$.xgafv", "access_token", "fields", "key", "prettyPrint", "quotaUser", "userIp");

    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json; charset=UTF-8");

    private final Dispatcher dispatcher;
    private final HttpRoutes routes;
    private final JsonFormat.Printer printer;
    private final UnaryOperator<Message> told;

    static final String OVERRIDE = "X-HTTP-Method-Override";

    /** @param body JSON */
    record Reply(int status, String body) {}

    /**
     * Serves what is registered with the dispatcher by now.
     *
     * @param payloads types that can be inside an {@code Any} of a response
     */
    public RestService(Dispatcher dispatcher, JsonFormat.TypeRegistry payloads) {
        this(dispatcher, dispatcher.rest(), payloads, UnaryOperator.identity());
    }

    /** @param told replaces a response for the caller */
    RestService(
            Dispatcher dispatcher,
            List<Dispatcher.Operation> operations,
            JsonFormat.TypeRegistry payloads,
            UnaryOperator<Message> told) {
        this.dispatcher = dispatcher;
        this.told = told;
        this.routes = new HttpRoutes(operations);
        this.printer = JsonFormat.printer().omittingInsignificantWhitespace().usingTypeRegistry(payloads);
    }

    /**
     * The verb of a request, which Google's clients write into a header where it is PATCH.
     *
     * @param override the header {@value #OVERRIDE}; empty if there is none
     * @see <a href="https://docs.cloud.google.com/endpoints/docs/grpc/transcoding">HTTP transcoding</a>
     */
    static String verb(String method, String override) {
        return method.equals("POST") && !override.isEmpty() ? override : method;
    }

    /** A client of these services in this process. */
    public HttpClient client() {
        return new LocalClient((request, body) -> {
            String verb = verb(
                    request.method(), request.headers().firstValue(OVERRIDE).orElse(""));
            Reply reply = answer(verb, request.uri(), new String(body, StandardCharsets.UTF_8));
            return new LocalClient.Answer(reply.status(), HEADERS, reply.body().getBytes(StandardCharsets.UTF_8));
        });
    }

    /**
     * Answers a request.
     *
     * @param body empty if there is none
     * @throws IOException if the connection is lost before the answer is complete
     */
    Reply answer(String verb, URI uri, String body) throws IOException {
        try {
            return new Reply(200, printer.print(told.apply(call(verb, uri, body))));
        } catch (GcpError e) {
            if (e.isDisconnect()) {
                throw new EOFException("EOF reached while reading");
            }
            return refusal(e);
        } catch (IllegalArgumentException e) {
            return refusal(GcpError.invalid(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return refusal(GcpError.internal(String.valueOf(e)));
        }
    }

    static Reply refusal(GcpError e) {
        return new Reply(e.httpStatus(), error(e));
    }

    private Message call(String verb, URI uri, String body) {
        String path = uri.getRawPath().replaceFirst("^//", "/");
        HttpRoutes.Match match = routes.find(verb, path)
                .orElseThrow(() -> GcpError.notFound("The requested URL " + path + " was not found on this server."));
        return dispatcher.call(match.operation(), request(match, String.valueOf(uri.getRawQuery()), body));
    }

    private Message request(HttpRoutes.Match match, String query, String body) {
        Message.Builder request = match.operation().prototype().newBuilderForType();
        Descriptor input = match.operation().method().getInputType();
        try {
            JsonNode content = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
            ObjectNode whole = JSON.createObjectNode();
            if (match.rule().body().equals("*") && content instanceof ObjectNode object) {
                whole = object;
            } else if (!match.rule().body().isEmpty()) {
                whole.set(match.rule().body(), content);
            } else if (!body.isEmpty()) {
                throw dispatcher.malformed(match.operation(), "the request takes no body");
            }
            for (Map.Entry<String, String> variable : match.variables().entrySet()) {
                put(whole, input, variable.getKey(), variable.getValue());
            }
            for (String parameter : query.equals("null") ? List.<String>of() : List.of(query.split("&", -1))) {
                String[] parts = parameter.split("=", 2);
                String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
                if (!COMMON.contains(name) && !name.isEmpty()) {
                    String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
                    put(whole, input, name, value);
                }
            }
            JsonFormat.parser().merge(JSON.writeValueAsString(whole), request);
            return request.build();
        } catch (InvalidProtocolBufferException e) {
            throw dispatcher.malformed(match.operation(), "Invalid JSON payload received. " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw dispatcher.malformed(match.operation(), "Parse Error: " + e.getOriginalMessage());
        }
    }

    /** Puts a value at a path such as {@code options.requestedPolicyVersion}. */
    private static void put(ObjectNode whole, Descriptor type, String path, String value) {
        ObjectNode at = whole;
        Descriptor descriptor = type;
        List<String> names = List.of(path.split("\\.", -1));
        for (String name : names.subList(0, names.size() - 1)) {
            FieldDescriptor field = field(descriptor, name);
            // A field may be in the body too, by either of its names.
            at = at.withObject("/" + (field != null && at.has(field.getJsonName()) ? field.getJsonName() : name));
            descriptor = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    ? field.getMessageType()
                    : type;
        }
        String last = names.get(names.size() - 1);
        FieldDescriptor field = field(descriptor, last);
        if (field != null && field.isRepeated()) {
            at.withArray("/" + last).add(value);
        } else {
            at.put(last, value);
        }
    }

    private static @Nullable FieldDescriptor field(Descriptor type, String name) {
        return type.getFields().stream()
                .filter(f -> f.getName().equals(name) || f.getJsonName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** See <a href="https://cloud.google.com/apis/design/errors#http_mapping">the error model of Google's APIs</a>. */
    private static String error(GcpError e) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("code", e.httpStatus()).put("message", e.text());
        error.putArray("errors")
                .addObject()
                .put("message", e.text())
                .put("domain", e.reason().equals("quotaExceeded") ? "usageLimits" : "global")
                .put("reason", e.reason());
        error.put("status", e.code().name());
        if (e.reason().equals(e.reason().toUpperCase(Locale.ROOT))) {
            error.putArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                    .put("reason", e.reason())
                    .put("domain", "googleapis.com");
        }
        return root.toString();
    }
}
