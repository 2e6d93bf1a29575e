// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import io.osmo.backend.testkit.azure.ArmRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Azure Resource Manager: passes requests to the types and endpoints that services have added. */
public final class Arm {
    private final AzureSubscription azure;
    private final Throttles throttles = new Throttles();
    private final Polling polling;
    private final Writes writes;
    private final Map<String, ResourceType> types = new HashMap<>();
    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final List<String> endpointNames = new ArrayList<>();
    private final List<Guard> guards = new ArrayList<>();

    public Arm(AzureSubscription azure) {
        this.azure = azure;
        this.polling = new Polling(azure);
        this.writes = new Writes(azure, polling, throttles, guards);
    }

    public void add(ResourceType... more) {
        for (ResourceType type : more) {
            types.put(key(type.name()), type);
        }
    }

    public void add(String type, Endpoint endpoint) {
        endpoints.put(key(type), endpoint);
        endpointNames.add(type);
    }

    public void guardedBy(Guard guard) {
        guards.add(guard);
    }

    /** Names of all operations, with {@code *} for actions. */
    public List<String> operations() {
        Stream<String> ofTypes = types.values().stream()
                .map(ResourceType::name)
                .flatMap(type -> Stream.concat(
                        Stream.of("GET ", "HEAD ", "LIST ", "PUT ", "PATCH ", "DELETE ")
                                .map(verb -> verb + type),
                        Stream.of("POST " + type + "/*", "POLL " + type.replaceFirst("/.*", ""))));
        Stream<String> ofEndpoints = endpointNames.stream().flatMap(type -> Stream.of("* " + type, "* " + type + "/*"));
        return Stream.concat(ofTypes, ofEndpoints).distinct().sorted().toList();
    }

    private static String key(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    /** What a request does, as calls and faults name it. */
    public OperationName operation(ArmRequest request) {
        ArmId id = ArmId.parse(request.method(), request.path());
        return polling.polled(id).isPresent() ? new OperationName("POLL", id.namespace()) : operation(request, id);
    }

    /** Does what a request asks for, or refuses it. The subscription is locked by the caller. */
    public ArmReply answer(ArmRequest request) {
        ArmId id = ArmId.parse(request.method(), request.path());
        return polling.polled(id).map(running -> poll(request, id, running)).orElseGet(() -> answer(request, id));
    }

    private OperationName operation(ArmRequest request, ArmId id) {
        ResourceType type = types.get(key(id.type()));
        String verb = request.method().equals("GET") && id.collection() ? "LIST" : request.method();
        String name = type == null ? id.type() : type.name();
        return new OperationName(
                verb, name + id.action().map(action -> "/" + action).orElse(""));
    }

    private ArmReply poll(ArmRequest request, ArmId id, Operation operation) {
        throttle(request);
        return polling.poll(request, id, operation);
    }

    private ArmReply answer(ArmRequest request, ArmId id) {
        authenticate(request, id);
        requireEnabled(request);
        throttle(request);
        Endpoint endpoint = endpoints.get(key(id.type()));
        ResourceType type = types.get(key(id.type()));
        guards.forEach(guard -> guard.checkRequest(id));
        if (endpoint != null && type == null) {
            Regions.requireLocation(id, request.apiVersion());
            return Lists.paged(request, endpoint.answer(request, id), azure.pageSize());
        }
        if (type == null) {
            throw new UnsupportedOperationException(request.method() + " " + id.type() + " is not emulated");
        }
        checkVersion(type, request.apiVersion());
        if (!id.group().isEmpty() && !type.name().equals(ArmId.GROUPS)) {
            Rules.group(azure, id);
        }
        if (id.action().isPresent()) {
            return writes.act(request, existing(id, type), id.action().get());
        }
        if (id.collection()) {
            if (id.isChild()) {
                Rules.checkParent(azure, id, type, "read");
            }
            return Lists.paged(
                    request, ArmReply.values(type.listed(request, id).map(Resource::view)), azure.pageSize());
        }
        return switch (request.method()) {
            case "GET" -> ArmReply.ok(existing(id, type).view());
            case "HEAD" -> ArmReply.of(azure.find(id.text()).isPresent() ? 204 : 404, null);
            case "PUT" -> writes.put(request, id, type);
            case "PATCH" -> writes.patch(request, existing(id, type));
            case "DELETE" -> writes.delete(request, id, type);
            default -> throw new ArmError(405, "MethodNotAllowed", "The method is not allowed.");
        };
    }

    private void authenticate(ArmRequest request, ArmId id) {
        String authorization = request.header("authorization");
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
    }

    /**
     * See <a href="https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-states">states of a subscription</a>.
     */
    private void requireEnabled(ArmRequest request) {
        if (azure.isReadOnly() && Set.of("PUT", "PATCH", "POST").contains(request.method())) {
            throw ArmError.conflict(
                    "ReadOnlyDisabledSubscription",
                    "The subscription '" + azure.id
                            + "' is disabled and therefore marked as read only. You cannot perform"
                            + " any write actions on this subscription until it is re-enabled.");
        }
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
        if (!type.traits.apiVersions.contains(version)) {
            throw ArmError.badRequest(
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for API version '" + version + "' for type '"
                            + type.name().substring(type.name().indexOf('/') + 1)
                            + "'. The supported api-versions are '" + String.join(", ", type.traits.apiVersions)
                            + "'.");
        }
    }

    private Resource existing(ArmId id, ResourceType type) {
        return type.find(id.text()).orElseThrow(() -> {
            if (type.name().equals(ArmId.GROUPS)) {
                Rules.group(azure, id);
            }
            return ArmError.notFound(id);
        });
    }
}
