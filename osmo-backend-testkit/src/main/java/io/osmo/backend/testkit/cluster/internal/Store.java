// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Kinds.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The objects of one cluster. Not safe for concurrent use. */
public final class Store {
    private static final List<String> SERVER_FIELDS =
            List.of("uid", "creationTimestamp", "generation", "resourceVersion", "managedFields");

    private final String cluster;
    private final InstantSource clock;
    private final Kinds kinds = new Kinds();
    private final Map<String, TreeMap<String, ObjectNode>> objects = new TreeMap<>();
    private long resourceVersion = 1;

    public Store(String cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    Kinds kinds() {
        return kinds;
    }

    Instant now() {
        return clock.instant();
    }

    String timestamp() {
        return now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Grows with each write. */
    public long resourceVersion() {
        return resourceVersion;
    }

    /** All objects of a kind, by {@link #key}. */
    NavigableMap<String, ObjectNode> all(Kind kind) {
        return objects.computeIfAbsent(kind.qualified(), k -> new TreeMap<>());
    }

    /** All objects of a kind. */
    public List<ObjectNode> all(String kind) {
        return List.copyOf(all(kinds.named(kind)).values());
    }

    /** An object; null when it does not exist. */
    public @Nullable ObjectNode find(String kind, String namespace, String name) {
        return all(kinds.named(kind)).get(namespace + "/" + name);
    }

    ObjectNode get(Target target) {
        ObjectNode found = all(target.kind()).get(target.namespace() + "/" + target.name());
        if (found == null) {
            throw ApiError.notFound(target.kind(), String.valueOf(target.name()));
        }
        return found;
    }

    /** Stores an object as a system component does, in place of what there is. Writing the same again changes nothing. */
    public void put(ObjectNode object, String manager) {
        Kind kind = kinds.named(object.path("kind").asText());
        ObjectNode old = all(kind).get(key(object));
        if (old != null) {
            if (isSame(old, object)) {
                return;
            }
            object.withObject("/metadata").set("uid", old.at("/metadata/uid"));
            object.withObject("/metadata").set("creationTimestamp", old.at("/metadata/creationTimestamp"));
        }
        ManagedFields.own(object, old, manager, "Update", FieldOwnership.fields(object), timestamp());
        store(kind, object);
    }

    /** Removes one object, and nothing that belongs to it. */
    public void remove(String kind, String namespace, String name) {
        resourceVersion++;
        all(kinds.named(kind)).remove(namespace + "/" + name);
        finish(namespace);
        if (kind.equals("Node")) {
            removePodsOn(name);
        }
    }

    /** Pods end with the machine; the garbage collector of pods removes the objects. */
    private void removePodsOn(String node) {
        all(kinds.named("Pod")).values().removeIf(pod -> Pods.node(pod).equals(node));
    }

    /** Tells a pod to end within the time that it asks for. */
    public void end(ObjectNode pod) {
        end(pod, MissingNode.getInstance());
    }

    /** Tells a pod to end. One that runs nowhere is gone at once, as no kubelet has to end anything. */
    void end(ObjectNode pod, JsonNode gracePeriod) {
        resourceVersion++;
        if (Pods.node(pod).isEmpty() || Pods.isFinished(pod)) {
            delete(kinds.named("Pod"), pod);
            return;
        }
        if (!Pods.isEnding(pod)) {
            long grace = gracePeriod.asLong(
                    pod.at("/spec/terminationGracePeriodSeconds").asLong(30));
            pod.withObject("/metadata")
                    .put("deletionGracePeriodSeconds", grace)
                    .put("deletionTimestamp", now().plusSeconds(grace).toString());
        }
    }

    /** The PodDisruptionBudgets that cover a pod. */
    public List<ObjectNode> covering(ObjectNode pod) {
        return all("PodDisruptionBudget").stream()
                .filter(budget -> covers(budget, pod))
                .toList();
    }

    /** The pods that a PodDisruptionBudget covers. */
    public List<ObjectNode> covered(ObjectNode budget) {
        return all("Pod").stream().filter(pod -> covers(budget, pod)).toList();
    }

    private static boolean covers(ObjectNode budget, ObjectNode pod) {
        return budget.at("/metadata/namespace").equals(pod.at("/metadata/namespace"))
                && LabelSelectors.match(budget.at("/spec/selector"), pod.at("/metadata/labels"));
    }

    /**
     * Removes an object as the API does: with what is in a namespace and what has no owner then. What has finalizers stays until they are
     * removed.
     */
    void delete(Kind kind, ObjectNode object) {
        resourceVersion++;
        boolean namespace = kind.name().equals("Namespace");
        Map<String, Integer> left =
                namespace ? empty(object.at("/metadata/name").asText() + "/") : Map.of();
        if (Finalizers.hold(object) || !left.isEmpty()) {
            Finalizers.end(object, timestamp());
            object.withObject("/metadata").put("resourceVersion", String.valueOf(resourceVersion));
            if (namespace) {
                Finalizers.terminate(object, timestamp(), left);
            }
            return;
        }
        all(kind).remove(key(object));
        finish(object.at("/metadata/namespace").asText(""));
        if (kind.name().equals("Node")) {
            removePodsOn(object.at("/metadata/name").asText());
        }
        removeOwned(object.at("/metadata/uid").asText());
    }

    /** Deletes what is in a namespace. Returns how many objects each finalizer holds. */
    private Map<String, Integer> empty(String prefix) {
        Map<String, Integer> left = new TreeMap<>();
        objects.values()
                .forEach(t -> t.entrySet().removeIf(entry -> {
                    if (!entry.getKey().startsWith(prefix)) {
                        return false;
                    }
                    entry.getValue()
                            .at("/metadata/finalizers")
                            .forEach(finalizer -> left.merge(finalizer.asText(), 1, Integer::sum));
                    Finalizers.end(entry.getValue(), timestamp());
                    return !Finalizers.hold(entry.getValue());
                }));
        return left;
    }

    /** Removes a namespace that waited for its last object. */
    private void finish(String namespace) {
        ObjectNode found = namespace.isEmpty() ? null : find("Namespace", "", namespace);
        if (found != null && Finalizers.isEnding(found)) {
            delete(kinds.named("Namespace"), found);
        }
    }

    /** As the garbage collector does once all owners of an object are gone. */
    private void removeOwned(String owner) {
        List<String> removed = new ArrayList<>();
        objects.values()
                .forEach(t -> t.values().removeIf(object -> {
                    JsonNode owners = object.at("/metadata/ownerReferences");
                    boolean orphan =
                            owners.size() == 1 && owners.at("/0/uid").asText().equals(owner);
                    if (orphan) {
                        removed.add(object.at("/metadata/uid").asText());
                    }
                    return orphan;
                }));
        removed.forEach(this::removeOwned);
    }

    /** A new object, or what it would be. */
    ObjectNode create(Kind kind, ObjectNode object, boolean dryRun) {
        return dryRun ? stamped(object, resourceVersion) : store(kind, object);
    }

    /** A changed object, or what it would be. A write that changes nothing leaves the resource version alone. */
    ObjectNode update(Kind kind, ObjectNode old, ObjectNode object, boolean dryRun) {
        if (withoutTimes(old).equals(withoutTimes(object))) {
            return old;
        }
        if (!object.path("spec").equals(old.path("spec"))) {
            object.withObject("/metadata")
                    .put("generation", old.at("/metadata/generation").asLong(1) + 1);
        }
        if (dryRun) {
            return object;
        }
        store(kind, object);
        if (Finalizers.isEnding(object)
                && !Finalizers.hold(object)
                && !kind.name().equals("Pod")) {
            delete(kind, object);
        }
        return object;
    }

    /** Whether an object says what there is, apart from what the server itself writes into it. */
    private static boolean isSame(ObjectNode old, ObjectNode object) {
        ObjectNode before = old.objectNode().setAll(old);
        ObjectNode metadata = old.objectNode().setAll((ObjectNode) old.path("metadata"));
        before.set("metadata", metadata.remove(SERVER_FIELDS));
        return before.equals(object);
    }

    private static ObjectNode withoutTimes(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        Set<String> owners = new TreeSet<>();
        for (JsonNode entry : copy.at("/metadata/managedFields")) {
            ((ObjectNode) entry).remove("time");
            owners.add(entry.toString());
        }
        copy.withObject("/metadata").put("managedFields", owners.toString());
        copy.withObject("/metadata").remove("resourceVersion");
        return copy;
    }

    private ObjectNode store(Kind kind, ObjectNode object) {
        resourceVersion++;
        stamped(object, resourceVersion);
        switch (kind.name()) {
            case "Namespace" ->
                object.withObject("/status").put("phase", Finalizers.isEnding(object) ? "Terminating" : "Active");
            case "CustomResourceDefinition" -> register(object);
            case "Secret" -> encode(object);
            default -> {}
        }
        all(kind).put(key(object), object);
        return object;
    }

    private ObjectNode stamped(ObjectNode object, long revision) {
        ObjectNode metadata = object.withObject("/metadata");
        if (!metadata.hasNonNull("uid")) {
            String seed = cluster + "/" + object.path("kind").asText() + "/" + key(object) + "/" + revision;
            metadata.put(
                    "uid",
                    UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                            .toString());
            metadata.put("creationTimestamp", timestamp());
            metadata.put("generation", 1);
        }
        metadata.put("resourceVersion", String.valueOf(revision));
        return object;
    }

    private void register(ObjectNode definition) {
        JsonNode spec = definition.path("spec");
        for (JsonNode served : spec.path("versions")) {
            kinds.add(new Kind(
                    spec.path("group").asText(),
                    served.path("name").asText(),
                    spec.at("/names/plural").asText(),
                    spec.at("/names/kind").asText(),
                    spec.path("scope").asText().equals("Namespaced")));
        }
        ArrayNode conditions = definition.withObject("/status").putArray("conditions");
        conditions.addObject().put("type", "Established").put("status", "True");
        conditions.addObject().put("type", "NamesAccepted").put("status", "True");
        Set<String> stored = new TreeSet<>();
        definition.at("/status/storedVersions").forEach(version -> stored.add(version.asText()));
        for (JsonNode version : spec.path("versions")) {
            if (version.path("storage").asBoolean()) {
                stored.add(version.path("name").asText());
            }
        }
        definition.withObject("/status").set("storedVersions", Json.MAPPER.valueToTree(stored));
    }

    private static void encode(ObjectNode secret) {
        if (secret.has("stringData")) {
            ObjectNode data = secret.withObject("/data");
            secret.path("stringData")
                    .properties()
                    .forEach(e -> data.put(
                            e.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(e.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            secret.remove("stringData");
        }
    }

    /** Namespace and name. */
    static String key(JsonNode object) {
        return object.at("/metadata/namespace").asText("") + "/"
                + object.at("/metadata/name").asText();
    }
}
