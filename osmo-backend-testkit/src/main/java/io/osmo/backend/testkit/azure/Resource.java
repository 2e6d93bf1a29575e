// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A resource that stands, or is coming or going. */
final class Resource {
    final ArmId id;
    final ResourceType type;
    final Instant created;
    Instant modified;
    ObjectNode body;
    String etag;
    String state = "Succeeded";

    @Nullable
    Operation running;
    /** Why the last operation failed, if it did. */
    @Nullable
    ArmError failure;
    /** How far the wished version, size and the like have come about; for types that need it. */
    final ObjectNode actual = Json.object();

    Resource(ArmId id, ResourceType type, ObjectNode body, String etag, Instant created) {
        this.id = id;
        this.type = type;
        this.body = body;
        this.etag = etag;
        this.created = created;
        this.modified = created;
    }

    String name() {
        return id.name();
    }

    String location() {
        return body.path("location").asText();
    }

    ObjectNode properties() {
        return Json.at(body, "properties");
    }

    String text(String property) {
        return properties().path(property).asText();
    }

    JsonNode tag(String key) {
        return body.path("tags").path(key);
    }

    boolean is(ResourceType kind) {
        return type == kind;
    }

    @Override
    public String toString() {
        return id.text();
    }
}
