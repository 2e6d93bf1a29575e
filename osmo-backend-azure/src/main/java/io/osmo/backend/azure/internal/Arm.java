// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spi.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls Azure Resource Manager. Each method makes one blocking call that returns as soon as ARM has responded, and throws
 * {@link CloudException} if it fails. Operations that continue after the response are recorded, and {@link #read} polls them when
 * the engine calls it; nothing here waits. Safe for concurrent use.
 */
public final class Arm {
    private final AzureClients clients;
    private final Operations operations = new Operations();

    public Arm(AzureClients clients) {
        this.clients = clients;
    }

    /** Reads one object; empty when it, or what it would be in, does not exist. */
    public Optional<ArmObject> get(ArmType type, String id) {
        try {
            return Optional.of(ArmObject.of(send(HttpMethod.GET, type.action("read"), id, type.apiVersion(), null, null)
                    .body()));
        } catch (CloudException e) {
            if (isAbsent(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What does not exist, and what cannot exist since its provider is not registered. */
    private static boolean isAbsent(CloudException e) {
        return e.error() == CloudError.NOT_FOUND || AzureErrors.isUnregistered(e.code());
    }

    /**
     * Reads an object, and the outcome of the operation that this process has started on it. A failure is reported once; after
     * that, the state of the object counts.
     */
    public Optional<ArmObject> read(ArmType type, String id) {
        Optional<Operations.Running> running = operations.find(id);
        if (running.isPresent()) {
            Operations.Outcome outcome = ask(type, running.get());
            switch (outcome.status()) {
                case IN_PROGRESS -> {
                    return Optional.of(running.get().object());
                }
                case FAILED -> {
                    operations.forget(id);
                    Optional<ArmObject> standing = get(type, id);
                    // It was to be deleted and is gone, so the deletion succeeded.
                    return (running.get().deletes()
                                    ? standing
                                    : standing.or(
                                            () -> Optional.of(running.get().object())))
                            .map(last -> last.during(outcome.failure()));
                }
                case DONE -> operations.forget(id);
            }
        }
        return get(type, id);
    }

    private Operations.Outcome ask(ArmType type, Operations.Running running) {
        try {
            return Operations.outcome(
                    sendTo(HttpMethod.GET, type.action("operations/read"), running.url(), null, null));
        } catch (CloudException e) {
            return switch (e.error()) {
                // ARM forgets operations after a while; after that, only the object's state is known.
                case NOT_FOUND -> Operations.Outcome.done();
                case THROTTLED, UNAVAILABLE, CONFLICT, NOT_YET_CONSISTENT -> throw e;
                // ARM answers the failure of an operation under its location header as the error itself.
                default ->
                    Operations.Outcome.failed(Readiness.failed(
                            String.valueOf(e.getMessage()), new Readiness.Failure(e.error(), e.code(), e.remedy())));
            };
        }
    }

    /** Asks for an object to be as in the body; returns it as ARM has accepted it. */
    public ArmObject put(ArmType type, String id, JsonNode body, @Nullable String etag) {
        return accepted(type, id, send(HttpMethod.PUT, type.action("write"), id, type.apiVersion(), body, etag), body);
    }

    /** Asks for an object that was read and then changed to be as it is now; what is read-only in it is left out. */
    public ArmObject replace(ArmType type, String id, JsonNode changed, Optional<String> etag) {
        return put(type, id, Models.body(type, changed), etag.orElse(null));
    }

    /** Asks for the fields in the body to be changed. */
    public void patch(ArmType type, String id, JsonNode body) {
        accepted(type, id, send(HttpMethod.PATCH, type.action("write"), id, type.apiVersion(), body, null), body);
    }

    private ArmObject accepted(ArmType type, String id, Answer answer, JsonNode asked) {
        // A 202 may have no body; use the request's body until the object can be read.
        ArmObject object = ArmObject.of(answer.body().has("id") ? answer.body() : Json.with(asked, "id", id));
        // Without a header, the state of the object is ARM's third way to report the progress of an operation.
        Optional<String> itself = object.readiness().status() == Readiness.Status.PENDING
                ? Optional.of(address(id, type.apiVersion()))
                : Optional.empty();
        Optional<ArmObject> going = answer.operation()
                .or(() -> itself)
                .map(url -> operations.begin(id, url, object.during(pending(object)), false));
        return going.orElse(object);
    }

    /** The state that ARM reports with its answer; often there is none yet. */
    private static Readiness pending(ArmObject accepted) {
        return accepted.readiness().status() == Readiness.Status.PENDING
                ? accepted.readiness()
                : Readiness.pending("accepted, not finished yet");
    }

    /** Asks for an object to be deleted; gone already is success. */
    public void delete(ArmType type, String id, String query) {
        try {
            Answer answer = send(HttpMethod.DELETE, type.action("delete"), id + query, type.apiVersion(), null, null);
            answer.operation()
                    .ifPresentOrElse(
                            url -> operations.begin(
                                    id,
                                    url,
                                    new ArmObject(Json.with(Json.object(), "id", id), Readiness.deleting()),
                                    true),
                            () -> operations.forget(id));
        } catch (CloudException e) {
            if (e.error() != CloudError.NOT_FOUND) {
                throw e;
            }
        }
    }

    /**
     * Starts an action that continues after the response, such as {@code upgradeNodeImageVersion}.
     *
     * @param observed the object that is not ready meanwhile: the one with the id, or its parent
     */
    public void act(ArmType type, String id, String action, ArmObject observed) {
        Answer answer = send(
                HttpMethod.POST, type.action(action + "/action"), id + "/" + action, type.apiVersion(), null, null);
        answer.operation()
                .ifPresent(
                        url -> operations.begin(observed.id(), url, observed.during(Readiness.pending(action)), false));
    }

    /** Calls an action on an object, such as {@code listClusterAdminCredential}. */
    public JsonNode post(ArmType type, String id, String action, @Nullable JsonNode body) {
        return send(HttpMethod.POST, type.action(action + "/action"), id + "/" + action, type.apiVersion(), body, null)
                .body();
    }

    /**
     * Reads all pages of a list; empty when what it would be in does not exist.
     *
     * @param path path with a query of its own, if any
     */
    public List<JsonNode> list(String operation, String path, String apiVersion) {
        try {
            return pages(operation, path, apiVersion, Integer.MAX_VALUE).items();
        } catch (CloudException e) {
            if (isAbsent(e)) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * The beginning of a list.
     *
     * @param complete whether there is no more
     */
    public record Pages(List<JsonNode> items, boolean complete) {}

    /** Reads a list that may be long, up to a maximum number of pages. */
    public Pages pages(String operation, String path, String apiVersion, int most) {
        List<JsonNode> items = new ArrayList<>();
        Answer page = send(HttpMethod.GET, operation, path, apiVersion, null, null);
        for (int read = 1; ; read++) {
            page.body().path("value").forEach(items::add);
            String next = page.body().path("nextLink").asText("");
            if (next.isEmpty() || read == most) {
                return new Pages(items, next.isEmpty());
            }
            page = sendTo(HttpMethod.GET, operation, next, null, null);
        }
    }

    /** Reads something that is neither an object nor a list; empty when its provider is not registered. */
    public JsonNode fetch(String operation, String path, String apiVersion) {
        try {
            return send(HttpMethod.GET, operation, path, apiVersion, null, null).body();
        } catch (CloudException e) {
            if (AzureErrors.isUnregistered(e.code())) {
                return Json.object();
            }
            throw e;
        }
    }

    /** Asks a question whose answer depends on a body, such as whether a name is free. */
    public JsonNode ask(String operation, String path, String apiVersion, JsonNode question) {
        return send(HttpMethod.POST, operation, path, apiVersion, question, null)
                .body();
    }

    private Answer send(
            HttpMethod method,
            String operation,
            String path,
            String apiVersion,
            @Nullable JsonNode body,
            @Nullable String etag) {
        return sendTo(method, operation, address(path, apiVersion), body, etag);
    }

    private String address(String path, String apiVersion) {
        String base = clients.environment().getResourceManagerEndpoint().replaceAll("/+$", "");
        return base + path.replace(" ", "%20") + (path.contains("?") ? "&" : "?") + "api-version=" + apiVersion;
    }

    private Answer sendTo(
            HttpMethod method, String operation, String url, @Nullable JsonNode body, @Nullable String etag) {
        HttpRequest request = new HttpRequest(method, url).setHeader(HttpHeaderName.ACCEPT, "application/json");
        if (etag != null) {
            request.setHeader(HttpHeaderName.IF_MATCH, etag);
        }
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
            request.setBody(body.toString());
        }
        try (HttpResponse response = clients.pipeline().sendSync(request, Context.NONE)) {
            Map<String, String> headers = headers(response.getHeaders());
            com.azure.core.util.BinaryData data = response.getBodyAsBinaryData();
            String text = data == null ? "" : data.toString();
            if (response.getStatusCode() >= 400) {
                throw AzureErrors.refused(operation, response.getStatusCode(), headers, text);
            }
            return new Answer(response.getStatusCode(), headers, Json.parse(text));
        } catch (ClientAuthenticationException e) {
            throw AzureErrors.noCredential(operation, e);
        } catch (CloudException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof ClientAuthenticationException refused) {
                throw AzureErrors.noCredential(operation, refused);
            }
            throw AzureErrors.noAnswer(operation, e);
        }
    }

    private static Map<String, String> headers(HttpHeaders headers) {
        Map<String, String> map = new TreeMap<>();
        headers.forEach(header -> map.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        return map;
    }
}
