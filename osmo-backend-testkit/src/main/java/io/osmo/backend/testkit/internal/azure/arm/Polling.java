// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.PollingStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How clients learn that an operation has ended. */
final class Polling {
    private static final String EXTENSIONS = "Microsoft.KubernetesConfiguration/extensions";

    private final AzureSubscription azure;

    Polling(AzureSubscription azure) {
        this.azure = azure;
    }

    /** The headers of a response to a request that has started an operation. */
    Map<String, String> headers(ArmRequest request, Operation operation) {
        ResourceType type = operation.resource.type;
        String location = operation.resource.location().isEmpty() ? "global" : operation.resource.location();
        String prefix = request.base() + "/subscriptions/" + azure.id + "/providers/"
                + type.name().substring(0, type.name().indexOf('/')) + "/locations/" + location;
        String version = "?api-version=" + request.apiVersion();
        Set<PollingStyle> styles = styles(operation);
        Map<String, String> headers = new LinkedHashMap<>();
        if (styles.contains(PollingStyle.AZURE_ASYNC_OPERATION)) {
            // Operations on extensions are found at the extension, those of other providers at their region.
            String parent = type.name().equals(EXTENSIONS) ? request.base() + operation.resource.id.text() : prefix;
            headers.put("Azure-AsyncOperation", parent + "/operations/" + operation.id + version);
        }
        if (styles.contains(PollingStyle.LOCATION)) {
            headers.put("Location", prefix + "/operationresults/" + operation.id + version);
        }
        headers.put("Retry-After", retryAfter(type));
        return headers;
    }

    private Set<PollingStyle> styles(Operation operation) {
        boolean deletes = operation.kind == Operation.Kind.DELETE;
        return switch (azure.polling) {
            case AS_DOCUMENTED ->
                deletes
                        ? Set.of(PollingStyle.AZURE_ASYNC_OPERATION, PollingStyle.LOCATION)
                        : operation.resource.type.traits.polling;
            case AZURE_ASYNC_OPERATION -> Set.of(PollingStyle.AZURE_ASYNC_OPERATION);
            case LOCATION -> Set.of(PollingStyle.LOCATION);
            case PROVISIONING_STATE ->
                deletes || operation.kind == Operation.Kind.ACTION ? Set.of(PollingStyle.LOCATION) : Set.of();
        };
    }

    private static String retryAfter(ResourceType type) {
        return String.valueOf(type.traits.retryAfter.toSeconds());
    }

    /** The operation that an address of such a header refers to. */
    Optional<Operation> polled(ArmId id) {
        String type = id.type().toLowerCase(Locale.ROOT);
        return type.endsWith("/locations/operations")
                        || type.equals(EXTENSIONS.toLowerCase(Locale.ROOT) + "/operations")
                        || type.endsWith("/locations/operationresults")
                ? azure.operation(id.name())
                : Optional.empty();
    }

    ArmReply poll(ArmRequest request, ArmId id, Operation operation) {
        String after = retryAfter(operation.resource.type);
        if (id.type().toLowerCase(Locale.ROOT).endsWith("/operations")) {
            ArmReply reply = ArmReply.ok(status(id, operation));
            return operation.hasEnded() ? reply : reply.with(Map.of("Retry-After", after));
        }
        if (!operation.hasEnded()) {
            String self = request.base() + request.path() + "?api-version=" + request.apiVersion();
            return ArmReply.accepted().with(Map.of("Location", self, "Retry-After", after));
        }
        if (operation.error != null) {
            throw operation.error;
        }
        return operation.result == null ? ArmReply.noContent() : ArmReply.ok(operation.result.get());
    }

    private static ObjectNode status(ArmId id, Operation operation) {
        ObjectNode body = Json.object()
                .put("id", id.text())
                .put("name", operation.id)
                .put("status", operation.status)
                .put("startTime", operation.started.toString());
        if (operation.ended != null) {
            body.put("endTime", operation.ended.toString());
        }
        if (operation.error != null) {
            body.set("error", operation.error.error());
        }
        return body;
    }
}
