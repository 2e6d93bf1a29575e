// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes resources. */
final class Writes {
    private static final List<String> COMPUTED = List.of("id", "name", "type", "etag", "eTag", "systemData");

    private final AzureSubscription azure;
    private final Polling polling;
    private final Throttles throttles;
    private final List<Guard> guards;

    Writes(AzureSubscription azure, Polling polling, Throttles throttles, List<Guard> guards) {
        this.azure = azure;
        this.polling = polling;
        this.throttles = throttles;
        this.guards = guards;
    }

    ArmReply put(ArmRequest request, ArmId id, ResourceType type) {
        @Nullable Resource existing = type.find(id.text()).orElse(null);
        guards.forEach(guard -> guard.checkWrite(id));
        Rules.checkConditions(request, existing);
        throttle(type, id);
        Rules.checkPlace(azure, id, type, existing);
        Rules.checkIdle(id, type, existing);
        ObjectNode requested = Json.parse(request.body());
        requested.remove(COMPUTED);
        Rules.checkCommon(id, type, requested, existing);
        ObjectNode body = type.accept(new Write(id, requested, existing));
        if (existing == null) {
            Resource created = azure.put(id, type, body);
            type.onStart(created, true);
            return start(request, created, true, type.traits.createTime);
        }
        return update(request, existing, body);
    }

    ArmReply patch(ArmRequest request, Resource existing) {
        guards.forEach(guard -> guard.checkWrite(existing.id));
        ObjectNode patch = Json.parse(request.body());
        Rules.checkConditions(request, existing);
        throttle(existing.type, existing.id);
        Rules.checkIdle(existing.id, existing.type, existing);
        Rules.checkTags(patch);
        return update(request, existing, existing.type.patch(existing, patch));
    }

    private ArmReply update(ArmRequest request, Resource existing, ObjectNode body) {
        ObjectNode before = existing.body;
        existing.body = body;
        existing.etag = azure.uuid();
        existing.modified = azure.now();
        existing.type.onStart(existing, false);
        return start(request, existing, false, existing.type.updateTime(existing, before));
    }

    private ArmReply start(ArmRequest request, Resource resource, boolean creates, Duration time) {
        ResourceType type = resource.type;
        if (time.isZero()) {
            Optional<ArmError> error = end(resource, creates);
            if (error.isPresent()) {
                throw error.get();
            }
            return ArmReply.of(creates ? 201 : 200, resource.view());
        }
        Operation operation = azure.start(
                creates ? Operation.Kind.CREATE : Operation.Kind.UPDATE,
                resource,
                creates ? type.traits.creating : "Updating",
                time,
                () -> type.onEnd(resource, creates));
        operation.result = resource::view;
        return ArmReply.of(creates ? type.traits.createStatus : type.traits.updateStatus, resource.view())
                .with(polling.headers(request, operation));
    }

    private static Optional<ArmError> end(Resource resource, boolean creates) {
        resource.state = "Succeeded";
        Optional<ArmError> error = resource.type.onEnd(resource, creates);
        if (error.isPresent()) {
            resource.state = "Failed";
        }
        return error;
    }

    ArmReply delete(ArmRequest request, ArmId id, ResourceType type) {
        if (type.name().equals(ArmId.GROUPS)) {
            Rules.group(azure, id);
        }
        Optional<Resource> found = type.find(id.text());
        if (found.isEmpty()) {
            return ArmReply.noContent();
        }
        Resource resource = found.get();
        Rules.checkConditions(request, resource);
        Operation running = resource.running;
        if (running != null && running.kind == Operation.Kind.DELETE) {
            return ArmReply.accepted().with(polling.headers(request, running));
        }
        guards.forEach(guard -> guard.checkDelete(resource));
        if (type.traits.deletionPreempts && running != null) {
            azure.cancel(
                    running,
                    ArmError.conflict(
                            "AKSOperationPreemptedByDelete",
                            "This operation has been preempted by Deleting operation."));
        }
        if (!type.traits.deletionPreempts) {
            Rules.checkIdle(id, type, resource);
        }
        type.checkDelete(resource, null);
        Duration time = type.deleteTime(resource);
        if (time.isZero()) {
            azure.remove(resource);
            return ArmReply.of(200, type.isTracked() ? null : resource.view());
        }
        Operation operation =
                azure.start(Operation.Kind.DELETE, resource, "Deleting", time, () -> endDeletion(resource));
        return ArmReply.accepted().with(polling.headers(request, operation));
    }

    /** What has come to use the resource in the meantime makes the deletion fail. */
    private Optional<ArmError> endDeletion(Resource resource) {
        try {
            resource.type.checkDelete(resource, null);
        } catch (ArmError e) {
            return Optional.of(e);
        }
        azure.remove(resource);
        return Optional.empty();
    }

    ArmReply act(ArmRequest request, Resource resource, String action) {
        guards.forEach(guard -> guard.checkWrite(resource.id));
        Operation before = resource.running;
        ArmReply reply = resource.type.act(resource, action, Json.parse(request.body()));
        Operation running = resource.running;
        return reply.status() == 202 && running != null && running != before
                ? reply.with(polling.headers(request, running))
                : reply;
    }

    private void throttle(ResourceType type, ArmId id) {
        type.writeLimit()
                .flatMap(limit -> throttles.take("PUT " + id.key(), limit, azure.now()))
                .ifPresent(wait -> {
                    throw type.throttled(wait);
                });
    }
}
