// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Azure Resource Manager does for every type of resource. */
final class Arm {
    private static final int MAX_TAGS = 50;
    private static final Pattern READING = Pattern.compile("(?i)list|check|validate");

    private final AzureSubscription azure;
    private final Registrations registrations;
    private final CallLog calls;
    private final Throttles throttles = new Throttles();
    private final Map<String, ResourceType> types = new HashMap<>();
    private final Map<String, Endpoint> endpoints = new HashMap<>();

    Arm(AzureSubscription azure, Registrations registrations, CallLog calls) {
        this.azure = azure;
        this.registrations = registrations;
        this.calls = calls;
    }

    /** Answers for an address that is no resource. */
    interface Endpoint {
        ArmReply answer(ArmRequest request, ArmId id);
    }

    void add(ResourceType type) {
        types.put(type.name.toLowerCase(Locale.ROOT), type);
    }

    void add(String type, Endpoint endpoint) {
        endpoints.put(type.toLowerCase(Locale.ROOT), endpoint);
    }

    /** One request: recorded, validated, subjected to faults, answered. */
    ArmReply handle(ArmRequest request) {
        Call call;
        Faults.Decision fault;
        ArmReply reply;
        synchronized (azure) {
            azure.advance();
            ArmId id = ArmId.parse(request.method(), request.path());
            Optional<Operation> polled = polled(id);
            String operation = polled.isPresent() ? "POLL " + id.namespace() : operation(request, id);
            call = calls.record(azure.now(), operation, reads(request, operation), request);
            fault = azure.faults.decide(call);
            try {
                fault.before(call);
                reply = polled.map(running -> poll(request, id, running)).orElseGet(() -> answer(request, id));
            } catch (ArmError e) {
                reply = ArmReply.of(e);
            }
            reply = reply.with(Map.of("x-ms-request-id", azure.uuid()));
            calls.respond(call, reply);
        }
        try {
            fault.after(call);
        } catch (ArmError e) {
            return ArmReply.of(e);
        }
        return reply;
    }

    private String operation(ArmRequest request, ArmId id) {
        ResourceType type = types.get(id.type().toLowerCase(Locale.ROOT));
        String name = type == null ? id.type() : type.name;
        String verb = request.method().equals("GET") && id.collection() ? "LIST" : request.method();
        return verb + " " + name + id.action().map(action -> "/" + action).orElse("");
    }

    /** Such as {@code PUT}; {@code LIST} for a collection and {@code POLL} for the state of an operation. */
    static String verb(Call call) {
        return call.operation().substring(0, call.operation().indexOf(' '));
    }

    /** Type of the resource, and action if there is one, such as {@code Microsoft.Network/virtualNetworks/subnets}. */
    static String type(Call call) {
        return call.operation().substring(call.operation().indexOf(' ') + 1);
    }

    private static boolean reads(ArmRequest request, String operation) {
        return switch (request.method()) {
            case "GET", "HEAD" -> true;
            case "POST" ->
                READING.matcher(operation.substring(operation.lastIndexOf('/') + 1))
                        .lookingAt();
            default -> false;
        };
    }

    private ArmReply answer(ArmRequest request, ArmId id) {
        String authorization = request.headers().getOrDefault("authorization", "");
        if (!authorization.startsWith("Bearer ") || authorization.equals("Bearer ")) {
            throw new ArmError(
                    401,
                    "AuthenticationFailed",
                    "Authentication failed. The 'Authorization' header is missing or invalid.");
        }
        if (request.apiVersion().isEmpty()) {
            throw ArmError.badRequest(
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        if (!id.subscription().isEmpty() && !id.subscription().equalsIgnoreCase(azure.id)) {
            throw new ArmError(
                    404, "SubscriptionNotFound", "The subscription '" + id.subscription() + "' could not be found.");
        }
        throttle(request);
        Endpoint endpoint = endpoints.get(id.type().toLowerCase(Locale.ROOT));
        ResourceType type = types.get(id.type().toLowerCase(Locale.ROOT));
        registrations.check(id.namespace());
        if (endpoint != null && type == null) {
            return paged(request, endpoint.answer(request, id));
        }
        if (type == null) {
            throw new UnsupportedOperationException(request.method() + " " + id.type() + " is not emulated");
        }
        checkVersion(type, request.apiVersion());
        if (!id.group().isEmpty() && !type.name.equals(ArmId.GROUPS)) {
            group(id);
        }
        if (id.action().isPresent()) {
            return act(request, existing(id, type), id.action().get());
        }
        if (id.collection()) {
            return paged(request, list(request, id, type));
        }
        return switch (request.method()) {
            case "GET" -> ArmReply.ok(view(existing(id, type)));
            case "HEAD" -> ArmReply.of(azure.find(id.text()).isPresent() ? 204 : 404, null);
            case "PUT" -> put(request, id, type);
            case "PATCH" -> patch(request, existing(id, type));
            case "DELETE" -> delete(request, id, type);
            default -> throw new ArmError(405, "MethodNotAllowed", "The method is not allowed.");
        };
    }

    private void throttle(ArmRequest request) {
        Throttles.Limit limit = switch (request.method()) {
            case "GET", "HEAD" -> Throttles.READS;
            case "DELETE" -> Throttles.DELETES;
            default -> Throttles.WRITES;
        };
        String kind = limit == Throttles.READS ? "reads" : request.method().equals("DELETE") ? "deletes" : "writes";
        throttles.take(kind, limit, azure.now()).ifPresent(wait -> {
            throw new ArmError(
                    429,
                    "SubscriptionRequestsThrottled",
                    "Number of '" + kind + "' for subscription '" + azure.id + "' exceeded the limit. Please try again"
                            + " after '" + wait.toSeconds() + "' seconds.",
                    wait);
        });
    }

    private static void checkVersion(ResourceType type, String version) {
        if (!type.apiVersions.contains(version)) {
            throw ArmError.badRequest(
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for API version '" + version + "' for type '"
                            + type.name.substring(type.name.indexOf('/') + 1) + "'. The supported api-versions are '"
                            + String.join(", ", type.apiVersions) + "'.");
        }
    }

    private Resource group(ArmId id) {
        return azure.find("/subscriptions/" + azure.id + "/resourceGroups/" + id.group())
                .orElseThrow(() -> new ArmError(
                        404, "ResourceGroupNotFound", "Resource group '" + id.group() + "' could not be found."));
    }

    private Resource existing(ArmId id, ResourceType type) {
        return azure.find(id.text(), type).orElseThrow(() -> {
            if (type.name.equals(ArmId.GROUPS)) {
                group(id);
            }
            return ArmError.notFound(id);
        });
    }

    // ------------------------------------------------------------------------------------------ reading

    ObjectNode view(Resource resource) {
        ObjectNode view = Json.object();
        view.put("id", resource.id.text()).put("name", resource.name()).put("type", resource.type.name);
        view.setAll(resource.body.deepCopy());
        String etag = "\"" + resource.etag + "\"";
        if (!resource.type.etagMember().isEmpty()) {
            view.put(
                    resource.type.etagMember(),
                    resource.type.etagMember().equals("etag") ? "W/" + etag : resource.etag);
        }
        if (resource.type.showsState()) {
            Json.at(view, "properties").put("provisioningState", resource.state);
        }
        resource.type.show(resource, view);
        return view;
    }

    private ArmReply list(ArmRequest request, ArmId id, ResourceType type) {
        if (id.isChild()) {
            checkParent(id, type, "read");
        }
        if (type instanceof RoleAssignments roles) {
            return roles.list(request, id, this::view);
        }
        // Of the filters only those by tag, which groups have.
        Predicate<Resource> wanted =
                type.name.equals(ArmId.GROUPS) ? Filters.resources(request.filter()) : resource -> true;
        ArrayNode value = Json.array();
        String scope = ArmId.key(id.isChild() ? id.parent() : id.scope()) + "/";
        azure.all(type).filter(r -> r.id.key().startsWith(scope)).filter(wanted).forEach(r -> value.add(view(r)));
        ObjectNode body = Json.object();
        body.set("value", value);
        return ArmReply.ok(body);
    }

    /** Cuts a long list into pages. */
    private ArmReply paged(ArmRequest request, ArmReply reply) {
        if (reply.body() == null || !(reply.body().path("value") instanceof ArrayNode all)) {
            return reply;
        }
        List<JsonNode> items = new ArrayList<>();
        all.forEach(items::add);
        Page<JsonNode> page = Page.of(
                items,
                request.query().containsKey("$top")
                        ? Integer.valueOf(request.query().get("$top"))
                        : null,
                request.query().get("$skiptoken"),
                azure.pageSize());
        ObjectNode body = reply.body().deepCopy();
        ArrayNode value = body.putArray("value");
        page.items().forEach(value::add);
        if (page.next() != null) {
            Map<String, String> query = new LinkedHashMap<>(request.query());
            query.put("$skiptoken", page.next());
            List<String> parts = new ArrayList<>();
            query.forEach((name, text) -> parts.add(encode(name) + "=" + encode(text)));
            body.put("nextLink", request.base() + request.path() + "?" + String.join("&", parts));
        }
        return ArmReply.of(reply.status(), body).with(reply.headers());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // ------------------------------------------------------------------------------------------ writing

    private ArmReply put(ArmRequest request, ArmId id, ResourceType type) {
        @Nullable Resource existing = azure.find(id.text(), type).orElse(null);
        checkConditions(request, existing);
        throttleWrites(type, id);
        checkPlace(id, type, existing);
        checkIdle(id, type, existing);
        ObjectNode asked = request.json();
        asked.remove(List.of("id", "name", "type", "etag", "eTag", "systemData"));
        checkCommon(id, type, asked, existing);
        ObjectNode body = type.accept(new ResourceType.Write(id, asked, existing));
        if (existing == null) {
            Resource made = azure.put(id, type, body);
            type.begun(made, true);
            return write(request, made, true, type.createTime(made));
        }
        return update(request, existing, body);
    }

    private ArmReply patch(ArmRequest request, Resource existing) {
        ObjectNode patch = request.json();
        checkConditions(request, existing);
        throttleWrites(existing.type, existing.id);
        checkIdle(existing.id, existing.type, existing);
        checkTags(patch);
        return update(request, existing, existing.type.patch(existing, patch));
    }

    private ArmReply update(ArmRequest request, Resource existing, ObjectNode body) {
        ObjectNode before = existing.body;
        existing.body = body;
        existing.etag = azure.uuid();
        existing.modified = azure.now();
        existing.type.begun(existing, false);
        return write(request, existing, false, existing.type.updateTime(existing, before));
    }

    private ArmReply write(ArmRequest request, Resource resource, boolean creates, Duration time) {
        ResourceType type = resource.type;
        if (time.isZero()) {
            resource.state = "Succeeded";
            Optional<ArmError> error = type.complete(resource, creates);
            if (error.isPresent()) {
                resource.state = "Failed";
                throw error.get();
            }
            return ArmReply.of(creates ? 201 : 200, view(resource));
        }
        Operation operation = azure.begin(
                creates ? Operation.Kind.CREATE : Operation.Kind.UPDATE,
                resource,
                creates ? type.creating() : type.updating(),
                time,
                () -> type.complete(resource, creates));
        operation.result = () -> view(resource);
        return ArmReply.of(type.accepted(creates), view(resource)).with(polling(request, operation));
    }

    private ArmReply delete(ArmRequest request, ArmId id, ResourceType type) {
        if (type.name.equals(ArmId.GROUPS)) {
            group(id);
        }
        Optional<Resource> found = azure.find(id.text(), type);
        if (found.isEmpty()) {
            return ArmReply.noContent();
        }
        Resource resource = found.get();
        checkConditions(request, resource);
        Operation running = resource.running;
        if (running != null && running.kind == Operation.Kind.DELETE) {
            return ArmReply.of(202, null).with(polling(request, running));
        }
        Locks.check(azure, resource);
        if (type.deletionPreempts() && running != null) {
            azure.cancel(
                    running,
                    ArmError.conflict(
                            "AKSOperationPreemptedByDelete",
                            "This operation has been preempted by Deleting operation."));
        }
        if (!type.deletionPreempts()) {
            checkIdle(id, type, resource);
        }
        type.checkDelete(resource, null);
        Duration time = type.deleteTime(resource);
        if (time.isZero()) {
            azure.remove(resource);
            return ArmReply.of(200, type.isTracked() ? null : view(resource));
        }
        Operation operation = azure.begin(Operation.Kind.DELETE, resource, "Deleting", time, () -> {
            try {
                type.checkDelete(resource, null);
            } catch (ArmError e) {
                return Optional.of(e);
            }
            azure.remove(resource);
            return Optional.empty();
        });
        return ArmReply.of(202, null).with(polling(request, operation));
    }

    private ArmReply act(ArmRequest request, Resource resource, String action) {
        Operation before = resource.running;
        ArmReply reply = resource.type.act(resource, action, request.json());
        Operation running = resource.running;
        return reply.status() == 202 && running != null && running != before
                ? reply.with(polling(request, running))
                : reply;
    }

    private static void checkConditions(ArmRequest request, @Nullable Resource existing) {
        String match = request.headers().getOrDefault("if-match", "");
        String none = request.headers().getOrDefault("if-none-match", "");
        boolean lost = !match.isEmpty() && (existing == null || !match.equals("*") && !same(match, existing.etag));
        boolean there = existing != null && (none.equals("*") || !none.isEmpty() && same(none, existing.etag));
        if (lost || there) {
            throw new ArmError(
                    412,
                    "PreconditionFailed",
                    "The condition '" + (lost ? match : none) + "' in the If-" + (lost ? "Match" : "None-Match")
                            + " header was not satisfied. The current etag is '"
                            + (existing == null ? "(null)" : existing.etag) + "'.");
        }
    }

    private static boolean same(String given, String etag) {
        return given.replace("W/", "").replace("\"", "").equals(etag);
    }

    private void throttleWrites(ResourceType type, ArmId id) {
        type.writeLimit()
                .flatMap(limit -> throttles.take("PUT " + id.key(), limit, azure.now()))
                .ifPresent(wait -> {
                    throw type.throttled(wait);
                });
    }

    private void checkPlace(ArmId id, ResourceType type, @Nullable Resource existing) {
        if (!id.group().isEmpty() && !type.name.equals(ArmId.GROUPS)) {
            Operation leaving = group(id).running;
            if (leaving != null && leaving.kind == Operation.Kind.DELETE) {
                throw ArmError.conflict(
                        "ResourceGroupBeingDeleted",
                        "The resource group '" + id.group()
                                + "' is in deprovisioning state and cannot perform this operation.");
            }
        }
        boolean extendsResource = !id.isChild() && id.scope().contains("/providers/");
        if (existing == null && (id.isChild() || extendsResource)) {
            checkParent(id, type, "write");
        }
        if (!id.name().matches(type.names())) {
            throw ArmError.badRequest(
                    "InvalidResourceName", "Resource name '" + id.name() + "' of type '" + type.name + "' is invalid.");
        }
    }

    private void checkParent(ArmId id, ResourceType type, String action) {
        if (azure.find(id.parent()).isEmpty()) {
            throw new ArmError(
                    404,
                    "ParentResourceNotFound",
                    "Failed to perform '" + action + "' on resource(s) of type '" + type.name
                            + "', because the parent resource '" + id.parent() + "' could not be found.");
        }
    }

    private static void checkIdle(ArmId id, ResourceType type, @Nullable Resource existing) {
        Operation running = existing == null ? null : existing.running;
        if (running != null) {
            throw type.busy(running);
        }
        type.blockedBy(id).ifPresent(operation -> {
            throw type.busy(operation);
        });
    }

    private void checkCommon(ArmId id, ResourceType type, ObjectNode asked, @Nullable Resource existing) {
        if (!type.isTracked()) {
            return;
        }
        String location = Regions.normal(asked.path("location").asText());
        if (location.isEmpty()) {
            throw ArmError.badRequest("LocationRequired", "The location property is required for this definition.");
        }
        if (!Regions.exists(location)) {
            throw ArmError.badRequest(
                    "LocationNotAvailableForResourceType",
                    "The provided location '" + location + "' is not available for resource type '" + type.name + "'.");
        }
        if (existing != null && !existing.location().equals(location)) {
            throw ArmError.conflict(
                    "InvalidResourceLocation",
                    "The resource '" + id.name() + "' already exists in location '" + existing.location()
                            + "' in resource group '" + id.group()
                            + "'. A resource with the same name cannot be created in"
                            + " location '" + location + "'. Please select a new resource name.");
        }
        asked.put("location", location);
        checkTags(asked);
    }

    private static void checkTags(JsonNode body) {
        Map<String, String> tags = Json.map(body.path("tags"));
        if (tags.size() > MAX_TAGS) {
            throw ArmError.badRequest(
                    "TooManyTags", "The resource has " + tags.size() + " tags; at most " + MAX_TAGS + " are allowed.");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > 512 || key.matches(".*[<>%&\\\\?/].*")) {
                throw ArmError.badRequest(
                        "InvalidTagNameCharacters",
                        "The tag names '" + key + "' have reserved characters '<,>,%,&,\\,?,/' or control characters.");
            }
            if (value.length() > 256) {
                throw ArmError.badRequest(
                        "InvalidTagValueLength", "The value of tag '" + key + "' is longer than 256 characters.");
            }
        });
    }

    // ------------------------------------------------------------------------------------------ operations

    private Map<String, String> polling(ArmRequest request, Operation operation) {
        ResourceType type = operation.resource.type;
        boolean removes = operation.kind == Operation.Kind.DELETE || operation.kind == Operation.Kind.ACTION;
        Set<PollingStyle> styles = switch (azure.polling) {
            case AS_DOCUMENTED ->
                operation.kind == Operation.Kind.DELETE
                        ? Set.of(PollingStyle.AZURE_ASYNC_OPERATION, PollingStyle.LOCATION)
                        : type.documentedPolling();
            case AZURE_ASYNC_OPERATION -> Set.of(PollingStyle.AZURE_ASYNC_OPERATION);
            case LOCATION -> Set.of(PollingStyle.LOCATION);
            case PROVISIONING_STATE -> removes ? Set.of(PollingStyle.LOCATION) : Set.of();
        };
        String location = operation.resource.location().isEmpty() ? "global" : operation.resource.location();
        String prefix = request.base() + "/subscriptions/" + azure.id + "/providers/"
                + type.name.substring(0, type.name.indexOf('/')) + "/locations/" + location;
        String version = "?api-version=" + request.apiVersion();
        Map<String, String> headers = new LinkedHashMap<>();
        if (styles.contains(PollingStyle.AZURE_ASYNC_OPERATION)) {
            headers.put("Azure-AsyncOperation", prefix + "/operations/" + operation.id + version);
        }
        if (styles.contains(PollingStyle.LOCATION)) {
            headers.put("Location", prefix + "/operationresults/" + operation.id + version);
        }
        headers.put("Retry-After", String.valueOf(type.retryAfter().toSeconds()));
        return headers;
    }

    private Optional<Operation> polled(ArmId id) {
        String type = id.type().toLowerCase(Locale.ROOT);
        return type.endsWith("/locations/operations") || type.endsWith("/locations/operationresults")
                ? azure.operation(id.name())
                : Optional.empty();
    }

    private ArmReply poll(ArmRequest request, ArmId id, Operation operation) {
        throttle(request);
        String after = String.valueOf(operation.resource.type.retryAfter().toSeconds());
        if (id.type().toLowerCase(Locale.ROOT).endsWith("/operations")) {
            ObjectNode body = Json.object()
                    .put("id", id.text())
                    .put("name", operation.id)
                    .put("status", operation.status)
                    .put("startTime", operation.begun.toString());
            if (operation.ended != null) {
                body.put("endTime", operation.ended.toString());
            }
            if (operation.error != null) {
                body.set("error", operation.error.error());
            }
            ArmReply reply = ArmReply.ok(body);
            return operation.hasEnded() ? reply : reply.with(Map.of("Retry-After", after));
        }
        if (!operation.hasEnded()) {
            return ArmReply.of(202, null)
                    .with(Map.of(
                            "Location",
                            request.base() + request.path() + "?api-version=" + request.apiVersion(),
                            "Retry-After",
                            after));
        }
        if (operation.error != null) {
            throw operation.error;
        }
        return operation.result == null ? ArmReply.noContent() : ArmReply.ok(operation.result.get());
    }
}
