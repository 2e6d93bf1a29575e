// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of one type of resource, and its collection. A type overrides what differs from a plain resource. */
public abstract class ResourceType {
    protected final AzureSubscription azure;
    final Traits traits;

    protected ResourceType(AzureSubscription azure, Traits traits) {
        this.azure = azure;
        this.traits = traits;
    }

    /** The type as Microsoft spells it. */
    public final String name() {
        return traits.name;
    }

    /** Whether it has a location and tags of its own. */
    public final boolean isTracked() {
        return traits.tracked;
    }

    /** Whether its location is that of no region. */
    protected boolean isGlobal() {
        return false;
    }

    public final boolean accepts(String resourceName) {
        return resourceName.matches(traits.names);
    }

    /** All resources of this type, oldest first. */
    public final Stream<Resource> all() {
        return azure.all(resource -> resource.is(this));
    }

    /** The resources of this type that are part of another one, oldest first. */
    public final Stream<Resource> of(Resource parent) {
        return azure.under(parent.id.text()).filter(resource -> resource.is(this));
    }

    public final Optional<Resource> find(String id) {
        return azure.find(id).filter(resource -> resource.is(this));
    }

    // ------------------------------------------------------------------------------------------ operations

    protected Duration updateTime(Resource resource, ObjectNode before) {
        return traits.updateTime;
    }

    public Duration deleteTime(Resource resource) {
        return traits.deleteTime;
    }

    /** Checks a {@code PUT} and returns the new body: what was requested and what the service completes. */
    protected abstract ObjectNode accept(Write write);

    /** The body after a {@code PATCH}; by default only tags can be patched. */
    protected ObjectNode patch(Resource resource, ObjectNode patch) {
        patch.fieldNames().forEachRemaining(field -> {
            if (!field.equals("tags")) {
                throw new UnsupportedOperationException("PATCH of " + field + " of " + name() + " is not emulated");
            }
        });
        return retagged(resource, patch);
    }

    /** The body with the tags of a {@code PATCH}. */
    protected static ObjectNode retagged(Resource resource, ObjectNode patch) {
        ObjectNode body = resource.body.deepCopy();
        if (patch.has("tags")) {
            body.set("tags", patch.path("tags"));
        }
        return body;
    }

    /** Runs as soon as a {@code PUT} or {@code PATCH} is accepted. */
    protected void onStart(Resource resource, boolean creates) {}

    /** Continues an operation by one step that is due; returns the time to the next step, empty if none is left. */
    protected Optional<Duration> remaining(Resource resource) {
        return Optional.empty();
    }

    /** Runs at the end of the operation, before it is seen as successful; an error makes it fail. */
    protected Optional<ArmError> onEnd(Resource resource, boolean creates) {
        return Optional.empty();
    }

    /** Runs when an operation fails that a test has planned to fail, instead of {@link #onEnd}. */
    protected void onFailed(Resource resource, ArmError why) {}

    /**
     * Refuses to delete a resource that must stay.
     *
     * @param group the group that is deleted as a whole, whose own resources do not count as users; null if none is
     */
    public void checkDelete(Resource resource, @Nullable String group) {}

    /** Runs when it is gone. */
    protected void onDeleted(Resource resource) {}

    /** An operation elsewhere that forbids one here; operations on the resource itself always do. */
    protected Optional<Operation> blockedBy(ArmId id) {
        return Optional.empty();
    }

    /** The refusal of an operation while another runs. */
    protected ArmError busy(Operation running) {
        return ArmError.conflict(
                "Conflict", "Another operation (" + running.state + ") is in progress on " + running.resource + ".");
    }

    /** Carries out an action. */
    protected ArmReply act(Resource resource, String action, ObjectNode body) {
        throw new UnsupportedOperationException("POST " + name() + "/" + action + " is not emulated");
    }

    /** How many writes each resource takes; empty if only ARM limits them. */
    protected Optional<Throttles.Limit> writeLimit() {
        return Optional.empty();
    }

    /** The refusal of a write above the limit. */
    protected ArmError throttled(Duration wait) {
        return new ArmError(429, "TooManyRequests", "The request limit has been exceeded.", wait);
    }

    // ------------------------------------------------------------------------------------------ reading

    /** Ids of resources that cannot be deleted while this one refers to them. */
    protected Stream<String> uses(Resource resource) {
        return Stream.empty();
    }

    /** Adds what the service computes on each read. */
    protected void show(Resource resource, ObjectNode view) {}

    /** The resources that a list contains. */
    protected Stream<Resource> listed(ArmRequest request, ArmId id) {
        String scope = ArmId.key(id.isChild() ? id.parent() : id.scope()) + "/";
        return all().filter(resource -> resource.key.startsWith(scope));
    }

    /** A line of the inventory: what it is, without ids and times. */
    public String line(Resource resource) {
        String label = name().substring(name().indexOf('/') + 1);
        String owner = resource.id.isChild() ? " in " + resource.id.names().get(0) : "";
        return label + " " + resource.name() + owner + details(resource) + (traits.showsState ? state(resource) : "");
    }

    /** What the line of a resource says in addition to its name; begins with a space. */
    protected String details(Resource resource) {
        return "";
    }

    /** The state in a line of the inventory; empty for success. */
    protected static String state(Resource resource) {
        return resource.state.equals("Succeeded") ? "" : " " + resource.state;
    }

    // ------------------------------------------------------------------------------------------ references

    /** A resource that refers to this one and is not deleted with the group, nor with a cluster in the group. */
    protected final Optional<Resource> user(Resource resource, @Nullable String group) {
        return azure.usersOf(resource)
                .filter(user -> group == null || !isDeletedWith(user, group))
                .findFirst();
    }

    private boolean isDeletedWith(Resource user, String group) {
        String owner = azure.group(user.id.group())
                .map(found -> ArmId.key(found.body.path("managedBy").asText()))
                .orElse("");
        return user.key.startsWith(group + "/") || owner.startsWith(group + "/");
    }

    /** The resource of this type that another one refers to. */
    public final Resource require(String id, ArmId referrer) {
        return find(id).orElseThrow(() -> missing(id, referrer));
    }

    protected static ArmError missing(String id, ArmId referrer) {
        return ArmError.badRequest(
                "InvalidResourceReference",
                "Resource " + id + " referenced by resource " + referrer.text()
                        + " was not found. Please make sure that the referenced resource exists, and that both"
                        + " resources are in the same region.");
    }
}
