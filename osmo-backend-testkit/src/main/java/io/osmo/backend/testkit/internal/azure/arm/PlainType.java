// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A type whose resources are stored as given, and whose bodies may refer to others by id. */
public final class PlainType extends ResourceType {
    private final List<String> references;

    /** @param references JSON pointers, within the body, to ids of resources in use */
    public PlainType(AzureSubscription azure, Traits traits, String... references) {
        super(azure, traits);
        this.references = List.of(references);
    }

    @Override
    protected ObjectNode accept(Write write) {
        write.properties();
        return write.body();
    }

    @Override
    protected ObjectNode patch(Resource resource, ObjectNode patch) {
        ObjectNode body = resource.body.deepCopy();
        patch.fields().forEachRemaining(field -> body.set(field.getKey(), field.getValue()));
        return body;
    }

    @Override
    protected Stream<String> uses(Resource resource) {
        return references.stream()
                .map(pointer -> resource.body.at(pointer).asText(""))
                .filter(id -> !id.isEmpty());
    }

    @Override
    public void checkDelete(Resource resource, @Nullable String group) {
        user(resource, group).ifPresent(user -> {
            throw ArmError.conflict(
                    "OperationNotAllowed", resource + " cannot be deleted because it is in use by " + user + ".");
        });
    }
}
