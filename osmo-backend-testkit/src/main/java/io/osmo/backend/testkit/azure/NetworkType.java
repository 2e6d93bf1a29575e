// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What the types of Microsoft.Network have in common; by itself one without rules of its own. */
class NetworkType extends ResourceType {
    static final String[] VERSIONS = {"2025-03-01", "2024-10-01", "2024-07-01", "2024-05-01"};

    private final BiFunction<Resource, Resource, ArmError> inUse;

    /** @param inUse the refusal to delete the first resource while the second refers to it */
    NetworkType(AzureSubscription azure, String type, BiFunction<Resource, Resource, ArmError> inUse) {
        super(azure, "Microsoft.Network/" + type, VERSIONS);
        this.inUse = inUse;
    }

    /** The usual refusal of the network provider to delete what is in use. */
    static BiFunction<Resource, Resource, ArmError> inUse(String code, String what) {
        return (resource, user) -> ArmError.badRequest(
                code,
                what + " " + resource + " cannot be deleted because it is in use by the following resources: " + user
                        + ".");
    }

    @Override
    String names() {
        return "[A-Za-z0-9]([\\w.-]{0,78}\\w)?";
    }

    @Override
    String etagMember() {
        return "etag";
    }

    @Override
    Duration createTime(Resource resource) {
        return Durations.NETWORK_CREATE;
    }

    @Override
    Duration updateTime(Resource resource, ObjectNode before) {
        return resource.body.equals(before) ? Duration.ZERO : Durations.NETWORK_UPDATE;
    }

    @Override
    Duration deleteTime(Resource resource) {
        return Durations.NETWORK_DELETE;
    }

    @Override
    Duration retryAfter() {
        return Duration.ofSeconds(3);
    }

    @Override
    ArmError busy(Operation running) {
        return new ArmError(
                429,
                "AnotherOperationInProgress",
                "Another operation on this or dependent resource is in progress. To retrieve status of the operation use"
                        + " uri: https://management.azure.com/subscriptions/" + azure.id
                        + "/providers/Microsoft.Network/locations/" + running.resource.location() + "/operations/"
                        + running.id + ".",
                Duration.ofSeconds(10));
    }

    @Override
    ObjectNode accept(Write write) {
        write.properties();
        return write.body();
    }

    @Override
    Optional<ArmError> complete(Resource resource, boolean creates) {
        if (creates) {
            resource.actual.put("resourceGuid", azure.uuid());
        }
        return Optional.empty();
    }

    @Override
    void show(Resource resource, ObjectNode view) {
        if (resource.actual.has("resourceGuid")) {
            Json.at(view, "properties").set("resourceGuid", resource.actual.path("resourceGuid"));
        }
    }

    @Override
    void checkDelete(Resource resource, @Nullable String goingGroup) {
        user(resource, goingGroup).ifPresent(user -> {
            throw inUse.apply(resource, user);
        });
    }
}
