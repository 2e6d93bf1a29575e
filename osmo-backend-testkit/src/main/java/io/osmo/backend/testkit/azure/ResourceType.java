// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of one type of resource. What is not overridden holds for a plain resource that is there at once. */
abstract class ResourceType {
    final AzureSubscription azure;
    /** Type in Microsoft's spelling. */
    final String name;

    final List<String> apiVersions;

    ResourceType(AzureSubscription azure, String name, String... apiVersions) {
        this.azure = azure;
        this.name = name;
        this.apiVersions = List.of(apiVersions);
    }

    /**
     * A {@code PUT} whose general rules are kept.
     *
     * @param existing what stands under this id, null when nothing does
     */
    record Write(ArmId id, ObjectNode body, @Nullable Resource existing) {
        boolean creates() {
            return existing == null;
        }

        ObjectNode properties() {
            return Json.at(body, "properties");
        }
    }

    // ------------------------------------------------------------------------------------------ what it is

    /** Whether it has a place and tags of its own. */
    boolean isTracked() {
        return true;
    }

    /** Whether it shows {@code properties.provisioningState}. */
    boolean showsState() {
        return true;
    }

    /** Name of the member that holds the entity tag, empty when the type shows none. */
    String etagMember() {
        return "";
    }

    /** Names that the service accepts, as a regular expression. */
    String names() {
        return "[^<>%&:\\\\?/]{1,260}";
    }

    // ------------------------------------------------------------------------------------------ what it takes

    /** Zero when a {@code PUT} is done as soon as it is answered. */
    Duration createTime(Resource resource) {
        return Duration.ZERO;
    }

    Duration updateTime(Resource resource, ObjectNode before) {
        return Duration.ZERO;
    }

    Duration deleteTime(Resource resource) {
        return Duration.ZERO;
    }

    Duration retryAfter() {
        return Duration.ofSeconds(5);
    }

    /** Status of the answer to a {@code PUT} that goes on after it. */
    int accepted(boolean creates) {
        return creates ? 201 : 200;
    }

    /** Headers that the service documents for operations that begin with {@code PUT}, {@code PATCH} or an action. */
    Set<PollingStyle> documentedPolling() {
        return Set.of(PollingStyle.AZURE_ASYNC_OPERATION);
    }

    String creating() {
        return "Creating";
    }

    String updating() {
        return "Updating";
    }

    // ------------------------------------------------------------------------------------------ what it does

    /** Checks what is asked for and returns what is to stand: what was asked, and what the service fills in. */
    abstract ObjectNode accept(Write write);

    /** What a {@code PATCH} makes of what stands; by default only tags can be patched. */
    ObjectNode patch(Resource resource, ObjectNode patch) {
        patch.fieldNames().forEachRemaining(field -> {
            if (!field.equals("tags")) {
                throw new UnsupportedOperationException("PATCH of " + field + " of " + name + " is not emulated");
            }
        });
        ObjectNode body = resource.body.deepCopy();
        body.set("tags", patch.path("tags"));
        return body;
    }

    /** As soon as a {@code PUT} is accepted. */
    void begun(Resource resource, boolean creates) {}

    /** At the end of the operation, before its success is told; an error makes it fail. */
    Optional<ArmError> complete(Resource resource, boolean creates) {
        return Optional.empty();
    }

    /** Refuses what must not be deleted yet; what lies in a group that goes as a whole does not count. */
    void checkDelete(Resource resource, @Nullable String goingGroup) {}

    /** When it is gone. */
    void deleted(Resource resource) {}

    /** Whether a deletion ends what runs on the resource. */
    boolean deletionPreempts() {
        return false;
    }

    /** An operation elsewhere that forbids one here; what runs on the resource itself is looked at anyhow. */
    Optional<Operation> blockedBy(ArmId id) {
        return Optional.empty();
    }

    /** How the service refuses an operation while another runs. */
    ArmError busy(Operation running) {
        return ArmError.conflict(
                "Conflict", "Another operation (" + running.doing + ") is in progress on " + running.resource + ".");
    }

    /** Ids of resources that cannot go while this one refers to them. */
    Stream<String> uses(Resource resource) {
        return Stream.empty();
    }

    /** Fills in what the service computes when it is asked. */
    void show(Resource resource, ObjectNode view) {}

    /** Carries out an action, refused unless the type has it. */
    ArmReply act(Resource resource, String action, ObjectNode body) {
        throw new UnsupportedOperationException("POST " + name + "/" + action + " is not emulated");
    }

    /** Throttling of its own, by resource. */
    Optional<Throttles.Limit> writeLimit() {
        return Optional.empty();
    }

    /** Refusal when there were too many writes. */
    ArmError throttled(Duration wait) {
        return new ArmError(429, "TooManyRequests", "The request limit has been exceeded.", wait);
    }

    /** A line of the inventory: what it is, without ids and times. */
    String line(Resource resource) {
        String state = showsState() && !resource.state.equals("Succeeded") ? " " + resource.state : "";
        String label = name.substring(name.indexOf('/') + 1);
        String owner = resource.id.isChild() ? " in " + resource.id.names().get(0) : "";
        return label + " " + resource.name() + owner + details(resource) + state;
    }

    /** What of a resource its line tells beside its name; begins with a space. */
    String details(Resource resource) {
        return "";
    }

    // ------------------------------------------------------------------------------------------ helps

    /** What refers to a resource and does not go with the group, in which nodes of its clusters count. */
    Optional<Resource> user(Resource resource, @Nullable String goingGroup) {
        return azure.usersOf(resource)
                .filter(user -> goingGroup == null || !goesWith(user, goingGroup))
                .findFirst();
    }

    private boolean goesWith(Resource user, String goingGroup) {
        String owner = azure.find("/subscriptions/" + azure.id + "/resourceGroups/" + user.id.group())
                .map(group -> ArmId.key(group.body.path("managedBy").asText()))
                .orElse("");
        return user.id.key().startsWith(goingGroup + "/") || owner.startsWith(goingGroup + "/");
    }

    /** A resource that is referred to and must be there. */
    Resource require(String id, ResourceType type, String referrer) {
        return azure.find(id, type)
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidResourceReference",
                        "Resource " + id + " referenced by resource " + referrer
                                + " was not found. Please make sure that the referenced resource exists, and that both"
                                + " resources are in the same region."));
    }
}
