// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A {@code PUT} that ARM itself has not refused.
 *
 * @param body the requested resource; a service completes it
 * @param existing the resource with this id, null if there is none
 */
public record Write(ArmId id, ObjectNode body, @Nullable Resource existing) {
    public boolean creates() {
        return existing == null;
    }

    public ObjectNode properties() {
        return Json.at(body, "properties");
    }

    /** Sets properties that are missing to those of the existing resource. */
    public void keep(Iterable<String> names) {
        if (existing != null) {
            Json.keep(properties(), existing.properties(), names);
        }
    }
}
