// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A resource that exists, is being created or is being deleted. */
public final class Resource {
    public final ArmId id;
    /** The id in the spelling by which ids are compared. */
    public final String key;

    public final ResourceType type;
    public final Instant created;
    public Instant modified;
    public ObjectNode body;
    public String etag;
    public String state = "Succeeded";
    public @Nullable Operation running;
    /** Why the last operation failed; null if it did not. */
    public @Nullable ArmError failure;
    /** What the service knows and no request sets, such as the version that runs. */
    public final ObjectNode computed = Json.object();

    public Resource(ArmId id, ResourceType type, ObjectNode body, String etag, Instant created) {
        this.id = id;
        this.key = id.key();
        this.type = type;
        this.body = body;
        this.etag = etag;
        this.created = created;
        this.modified = created;
    }

    public String name() {
        return id.name();
    }

    public String location() {
        return body.path("location").asText();
    }

    public ObjectNode properties() {
        return Json.at(body, "properties");
    }

    /** A property; empty if there is none. */
    public String text(String property) {
        return properties().path(property).asText();
    }

    /** A value that no request sets; empty if there is none. */
    public String computed(String name) {
        return computed.path(name).asText();
    }

    JsonNode tag(String name) {
        return body.path("tags").path(name);
    }

    public boolean is(ResourceType kind) {
        return type == kind;
    }

    /** The resource as responses show it. */
    public ObjectNode view() {
        ObjectNode view = Json.object();
        view.put("id", id.text()).put("name", name()).put("type", type.name());
        view.setAll(body.deepCopy());
        String member = type.traits.etagMember;
        if (!member.isEmpty()) {
            view.put(member, member.equals("etag") ? "W/\"" + etag + "\"" : etag);
        }
        if (type.traits.showsState) {
            Json.at(view, "properties").put("provisioningState", state);
        }
        type.show(this, view);
        return view;
    }

    @Override
    public String toString() {
        return id.text();
    }
}
