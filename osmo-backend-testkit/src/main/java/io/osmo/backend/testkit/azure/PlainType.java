// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A type that is kept as it is given, and that may refer to others by id in some of its properties. */
final class PlainType extends ResourceType {
    private final boolean tracked;
    private final java.util.List<String> references;

    /** @param references JSON pointers, within the body, to ids of resources that it uses */
    PlainType(
            AzureSubscription azure,
            String type,
            boolean tracked,
            java.util.List<String> references,
            String... versions) {
        super(azure, type, versions);
        this.tracked = tracked;
        this.references = references;
    }

    @Override
    boolean isTracked() {
        return tracked;
    }

    @Override
    ObjectNode accept(Write write) {
        write.properties();
        return write.body();
    }

    @Override
    ObjectNode patch(Resource resource, ObjectNode patch) {
        ObjectNode body = resource.body.deepCopy();
        patch.fields().forEachRemaining(field -> body.set(field.getKey(), field.getValue()));
        return body;
    }

    @Override
    Stream<String> uses(Resource resource) {
        return references.stream()
                .map(pointer -> resource.body.at(pointer).asText(""))
                .filter(id -> !id.isEmpty());
    }

    @Override
    void checkDelete(Resource resource, @Nullable String goingGroup) {
        user(resource, goingGroup).ifPresent(user -> {
            throw ArmError.conflict(
                    "OperationNotAllowed", resource + " cannot be deleted because it is in use by " + user + ".");
        });
    }
}
