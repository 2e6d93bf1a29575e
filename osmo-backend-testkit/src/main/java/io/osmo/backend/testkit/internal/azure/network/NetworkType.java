// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What the types of Microsoft.Network have in common; used directly for a type without its own rules. */
public class NetworkType extends ResourceType {
    private static final String[] VERSIONS = {"2025-03-01", "2024-10-01", "2024-07-01", "2024-05-01"};

    private final BiFunction<Resource, Resource, ArmError> inUse;

    /** @param inUse the refusal to delete the first resource while the second refers to it */
    NetworkType(AzureSubscription azure, Traits traits, BiFunction<Resource, Resource, ArmError> inUse) {
        super(azure, traits);
        this.inUse = inUse;
    }

    /** A type with a location and tags. */
    static Traits tracked(String type) {
        return common(Traits.tracked("Microsoft.Network/" + type, VERSIONS));
    }

    /** A type that is a part of another. */
    static Traits child(String type) {
        return common(Traits.proxy("Microsoft.Network/" + type, VERSIONS));
    }

    private static Traits common(Traits traits) {
        return traits.names("[A-Za-z0-9]([\\w.-]{0,78}\\w)?")
                .etag("etag")
                .takes(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(10))
                .retryAfter(Duration.ofSeconds(3));
    }

    /** The usual refusal of the network provider to delete what is in use. */
    static BiFunction<Resource, Resource, ArmError> inUse(String code, String what) {
        return (resource, user) -> ArmError.badRequest(
                code,
                what + " " + resource + " cannot be deleted because it is in use by the following resources: " + user
                        + ".");
    }

    @Override
    protected Duration updateTime(Resource resource, ObjectNode before) {
        return resource.body.equals(before) ? Duration.ZERO : super.updateTime(resource, before);
    }

    @Override
    protected ArmError busy(Operation running) {
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
    protected ObjectNode accept(Write write) {
        write.properties();
        return write.body();
    }

    @Override
    protected Optional<ArmError> onEnd(Resource resource, boolean creates) {
        if (creates) {
            resource.computed.put("resourceGuid", azure.uuid());
        }
        return Optional.empty();
    }

    @Override
    protected void show(Resource resource, ObjectNode view) {
        if (resource.computed.has("resourceGuid")) {
            Json.at(view, "properties").set("resourceGuid", resource.computed.path("resourceGuid"));
        }
    }

    @Override
    public void checkDelete(Resource resource, @Nullable String group) {
        user(resource, group).ifPresent(user -> {
            throw inUse.apply(resource, user);
        });
    }
}
