// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import org.jspecify.annotations.Nullable;

/** What ARM refuses for resources of every type. */
final class Rules {
    private Rules() {}

    /** The group that an id is in. */
    static Resource group(AzureSubscription azure, ArmId id) {
        return azure.group(id.group())
                .orElseThrow(() -> new ArmError(
                        404, "ResourceGroupNotFound", "Resource group '" + id.group() + "' could not be found."));
    }

    /** Headers that make a request depend on the entity tag. */
    static void checkConditions(ArmRequest request, @Nullable Resource existing) {
        String match = request.header("if-match");
        String none = request.header("if-none-match");
        boolean changed = !match.isEmpty() && (existing == null || !match.equals("*") && !same(match, existing.etag));
        boolean exists = existing != null && (none.equals("*") || !none.isEmpty() && same(none, existing.etag));
        if (changed || exists) {
            throw new ArmError(
                    412,
                    "PreconditionFailed",
                    "The condition '" + (changed ? match : none) + "' in the If-" + (changed ? "Match" : "None-Match")
                            + " header was not satisfied. The current etag is '"
                            + (existing == null ? "(null)" : existing.etag) + "'.");
        }
    }

    private static boolean same(String given, String etag) {
        return given.replace("W/", "").replace("\"", "").equals(etag);
    }

    static void checkPlace(AzureSubscription azure, ArmId id, ResourceType type, @Nullable Resource existing) {
        if (!id.group().isEmpty() && !type.name().equals(ArmId.GROUPS)) {
            Operation running = group(azure, id).running;
            if (running != null && running.kind == Operation.Kind.DELETE) {
                throw ArmError.conflict(
                        "ResourceGroupBeingDeleted",
                        "The resource group '" + id.group()
                                + "' is in deprovisioning state and cannot perform this operation.");
            }
        }
        boolean extendsResource = !id.isChild() && id.scope().contains("/providers/");
        if (existing == null && (id.isChild() || extendsResource)) {
            checkParent(azure, id, type, "write");
        }
        if (!type.accepts(id.name())) {
            throw ArmError.badRequest(
                    "InvalidResourceName",
                    "Resource name '" + id.name() + "' of type '" + type.name() + "' is invalid.");
        }
    }

    static void checkParent(AzureSubscription azure, ArmId id, ResourceType type, String action) {
        if (azure.find(id.parent()).isEmpty()) {
            throw new ArmError(
                    404,
                    "ParentResourceNotFound",
                    "Failed to perform '" + action + "' on resource(s) of type '" + type.name()
                            + "', because the parent resource '" + id.parent() + "' could not be found.");
        }
    }

    static void checkIdle(ArmId id, ResourceType type, @Nullable Resource existing) {
        Operation running = existing == null ? null : existing.running;
        if (running != null) {
            throw type.busy(running);
        }
        type.blockedBy(id).ifPresent(operation -> {
            throw type.busy(operation);
        });
    }

    /** Location and tags of a tracked resource. */
    static void checkCommon(ArmId id, ResourceType type, ObjectNode requested, @Nullable Resource existing) {
        if (!type.isTracked()) {
            return;
        }
        String location = Regions.normal(requested.path("location").asText());
        if (location.isEmpty()) {
            throw ArmError.badRequest("LocationRequired", "The location property is required for this definition.");
        }
        if (!Regions.exists(location) && !(type.isGlobal() && location.equals("global"))) {
            throw ArmError.badRequest(
                    "LocationNotAvailableForResourceType",
                    "The provided location '" + location + "' is not available for resource type '" + type.name()
                            + "'.");
        }
        if (existing != null && !existing.location().equals(location)) {
            throw ArmError.conflict(
                    "InvalidResourceLocation",
                    "The resource '" + id.name() + "' already exists in location '" + existing.location()
                            + "' in resource group '" + id.group()
                            + "'. A resource with the same name cannot be created in"
                            + " location '" + location + "'. Please select a new resource name.");
        }
        requested.put("location", location);
        checkTags(requested);
    }

    static void checkTags(JsonNode body) {
        TagRules.check(body.path("tags"));
    }
}
