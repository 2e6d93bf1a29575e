// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.testkit.cluster.Kinds.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One emulated Kubernetes cluster: an API server with storage, and nodes that somebody adds and removes. Of controllers and
 * the scheduler there is as much as makes Deployments available, and pods end as a test plans; all else that is put here stays as it is. Safe for concurrent use.
 */
public final class EmulatedCluster {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String NAME = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";

    private final String name;
    private final Distribution distribution;
    private final URI endpoint;
    private final InstantSource clock;
    private final Kinds kinds = new Kinds();
    private final Map<String, TreeMap<String, ObjectNode>> objects = new TreeMap<>();
    private final Map<String, EmulatedNode> nodes = new LinkedHashMap<>();
    private final Set<String> denied = new TreeSet<>();
    private final Rollouts rollouts = new Rollouts();
    private final PodLife podLife = new PodLife();
    private @Nullable Function<PodRequest, PodEnd> behaviour;
    private List<String> drivers = List.of();
    private boolean devicePlugin;
    private String version;
    private long resourceVersion = 1;

    EmulatedCluster(String name, Distribution distribution, URI endpoint, String version, InstantSource clock) {
        this.name = name;
        this.distribution = distribution;
        this.endpoint = endpoint;
        this.version = version;
        this.clock = clock;
        for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", namespace)));
        }
        for (String priority : List.of("system-cluster-critical", "system-node-critical")) {
            put(Map.of(
                    "apiVersion",
                    "scheduling.k8s.io/v1",
                    "kind",
                    "PriorityClass",
                    "metadata",
                    Map.of("name", priority),
                    "value",
                    priority.contains("node") ? 2_000_001_000 : 2_000_000_000));
        }
    }

    /** Base address of the API: plain HTTP on 127.0.0.1. */
    public URI endpoint() {
        return endpoint;
    }

    /** Access with a token that the server accepts. */
    public ClusterAccess access() {
        return new ClusterAccess(
                name,
                endpoint,
                "",
                () -> new ClusterAccess.Token("emulated", clock.instant().plus(Duration.ofMinutes(14))));
    }

    /** Sets the version of the control plane, such as {@code 1.35.3}. */
    public synchronized void version(String patch) {
        version = patch;
    }

    /** Adds a node, or replaces what is known of it. */
    public synchronized void addNode(EmulatedNode node) {
        nodes.put(node.name(), node);
        put(node.manifest(distribution, devicePlugin));
        publishDrivers(node);
        publishDns();
        put(Map.of(
                "apiVersion",
                "coordination.k8s.io/v1",
                "kind",
                "Lease",
                "metadata",
                Map.of("name", node.name(), "namespace", "kube-node-lease"),
                "spec",
                Map.of("holderIdentity", node.name(), "leaseDurationSeconds", 40)));
    }

    /** Removes a node and what belongs to it. */
    public synchronized void removeNode(String node) {
        nodes.remove(node);
        remove("Node", "", node);
        remove("CSINode", "", node);
        remove("Lease", "kube-node-lease", node);
        publishDns();
    }

    /** DNS answers from as many pods as find a node, at most two. */
    private void publishDns() {
        put(Map.of(
                "apiVersion",
                "discovery.k8s.io/v1",
                "kind",
                "EndpointSlice",
                "metadata",
                Map.of(
                        "name", "kube-dns-1",
                        "namespace", "kube-system",
                        "labels", Map.of("kubernetes.io/service-name", "kube-dns")),
                "addressType",
                "IPv4",
                "endpoints",
                IntStream.rangeClosed(1, Math.min(2, nodes.size()))
                        .mapToObj(
                                i -> Map.of("addresses", List.of("10.0.255." + i), "conditions", Map.of("ready", true)))
                        .toList()));
    }

    /** The nodes, in the order in which they came. */
    public synchronized List<EmulatedNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** Lets a device plugin report the GPUs of all nodes, those to come included. */
    public synchronized void installDevicePlugin() {
        devicePlugin = true;
        nodes.values().forEach(node -> put(node.manifest(distribution, true)));
    }

    /** Sets the CSI drivers that run on every node. */
    public synchronized void drivers(List<String> names) {
        drivers = List.copyOf(names);
        nodes.values().forEach(this::publishDrivers);
    }

    private void publishDrivers(EmulatedNode node) {
        put(Map.of(
                "apiVersion",
                "storage.k8s.io/v1",
                "kind",
                "CSINode",
                "metadata",
                Map.of("name", node.name()),
                "spec",
                Map.of(
                        "drivers",
                        drivers.stream()
                                .map(d -> Map.of(
                                        "name", d,
                                        "nodeID",
                                                node.providerId()
                                                        .substring(node.providerId()
                                                                        .lastIndexOf('/')
                                                                + 1),
                                        "topologyKeys", List.of(distribution.volumeTopology()),
                                        "allocatable", Map.of("count", 26)))
                                .toList())));
    }

    /**
     * Answers 403 to a verb from now on, and says so to access reviews.
     *
     * @param verb such as {@code list}
     * @param resource such as {@code secrets} or {@code deployments.apps}
     */
    public synchronized void deny(String verb, String resource) {
        denied.add(verb + " " + resource);
    }

    /**
     * Lets pods that clients make find nodes and come to the end that a function plans for them; without one they stay as they
     * are. The function is asked at each look at pods, and may change its mind as long as a pod has not ended.
     */
    public synchronized void runPods(Function<PodRequest, PodEnd> planned) {
        behaviour = planned;
    }

    /** Stores an object as a system component would, whatever stands there. */
    public synchronized void put(Map<String, ?> manifest) {
        ObjectNode object = JSON.valueToTree(manifest);
        Kind kind = kinds.named(object.path("kind").asText());
        ObjectNode old = table(kind).get(key(object));
        if (old != null) {
            object.withObject("/metadata").set("uid", old.at("/metadata/uid"));
            object.withObject("/metadata").set("creationTimestamp", old.at("/metadata/creationTimestamp"));
        }
        own(object, old, distribution.manager(), "Update", FieldOwnership.fields(object));
        store(kind, object);
    }

    /** Removes an object if it is there. */
    public synchronized void remove(String kind, String namespace, String objectName) {
        table(kinds.named(kind)).remove(namespace + "/" + objectName);
    }

    /** Whether an object is there. */
    public synchronized boolean has(String kind, String namespace, String objectName) {
        return table(kinds.named(kind)).containsKey(namespace + "/" + objectName);
    }

    /** An object as JSON, for assertions; empty text when it is not there. */
    public synchronized String json(String kind, String namespace, String objectName) {
        ObjectNode found = table(kinds.named(kind)).get(namespace + "/" + objectName);
        return found == null ? "" : found.toString();
    }

    // ------------------------------------------------------------------------------------------ requests

    /** What was asked, taken apart. */
    record Target(
            Kind kind,
            String namespace,
            @Nullable String name,
            @Nullable String subresource) {}

    /** A response body with its status. */
    record Answer(int status, JsonNode body) {}

    synchronized Answer handle(
            String method, List<String> path, Map<String, String> query, String contentType, String agent, byte[] body)
            throws java.io.IOException {
        if (path.equals(List.of("version"))) {
            return new Answer(200, versionInfo());
        }
        Answer discovery = method.equals("GET") ? discover(path) : null;
        if (discovery != null) {
            return discovery;
        }
        Target target = target(path);
        if (target.kind().name().equals("Deployment")) {
            rollOut();
        }
        if (target.kind().name().equals("Pod") && method.equals("GET")) {
            runPods();
        }
        String manager = query.getOrDefault("fieldManager", agent);
        boolean dryRun = "All".equals(query.get("dryRun"));
        if (target.kind().group().equals("authorization.k8s.io")) {
            return review((ObjectNode) JSON.readTree(body));
        }
        authorise(verb(method, target, query), target.kind());
        return switch (method) {
            case "GET" -> target.name() == null ? list(target, query) : new Answer(200, get(target));
            case "POST" -> new Answer(201, create(target, (ObjectNode) JSON.readTree(body), manager, dryRun));
            case "PUT" -> new Answer(200, replace(target, (ObjectNode) JSON.readTree(body), manager, dryRun));
            case "PATCH" -> patch(target, contentType, body, query, manager, dryRun);
            case "DELETE" -> target.name() == null ? deleteAll(target, query) : delete(target, dryRun);
            default -> throw new ApiError(405, "MethodNotAllowed", "the server does not allow this method");
        };
    }

    /** Deployments of clients get a status; those of add-ons come with one. */
    private void rollOut() {
        Collection<ObjectNode> standing = table(kinds.named("Node")).values();
        table(kinds.named("Deployment")).values().stream()
                .filter(this::isOfClient)
                .forEach(deployment -> rollouts.settle(deployment, standing, clock.instant()));
    }

    private void runPods() {
        Function<PodRequest, PodEnd> planned = behaviour;
        if (planned == null) {
            return;
        }
        Collection<ObjectNode> standing = table(kinds.named("Node")).values();
        for (ObjectNode pod : List.copyOf(table(kinds.named("Pod")).values())) {
            if (isOfClient(pod)) {
                podLife.settle(pod, standing, clock.instant(), planned).ifPresent(told -> tell(pod, told));
            }
        }
    }

    /** Stores an event about a pod, of each kind the last. */
    private void tell(ObjectNode pod, PodLife.Told told) {
        String namespace = pod.at("/metadata/namespace").asText();
        String podName = pod.at("/metadata/name").asText();
        put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Event",
                "metadata",
                Map.of("name", podName + "." + told.reason().toLowerCase(Locale.ROOT), "namespace", namespace),
                "involvedObject",
                Map.of("kind", "Pod", "namespace", namespace, "name", podName),
                "type",
                "Warning",
                "reason",
                told.reason(),
                "message",
                told.message(),
                "lastTimestamp",
                timestamp()));
    }

    private boolean isOfClient(ObjectNode object) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (!entry.path("manager").asText().equals(distribution.manager())) {
                return true;
            }
        }
        return false;
    }

    private Target target(List<String> path) {
        boolean core = !path.isEmpty() && path.get(0).equals("api");
        int rest = core ? 2 : 3;
        if (path.size() <= rest || !(core || path.get(0).equals("apis"))) {
            throw ApiError.unknownPath();
        }
        String group = core ? "" : path.get(1);
        String apiVersion = path.get(rest - 1);
        List<String> tail = path.subList(rest, path.size());
        String namespace = "";
        if (tail.get(0).equals("namespaces")
                && tail.size() > 2
                && !tail.get(2).equals("finalize")
                && !tail.get(2).equals("status")) {
            namespace = tail.get(1);
            tail = tail.subList(2, tail.size());
        }
        Kind kind = kinds.find(group, apiVersion, tail.get(0)).orElseThrow(ApiError::unknownPath);
        return new Target(kind, namespace, tail.size() > 1 ? tail.get(1) : null, tail.size() > 2 ? tail.get(2) : null);
    }

    private static String verb(String method, Target target, Map<String, String> query) {
        return switch (method) {
            case "GET" -> target.name() != null ? "get" : "true".equals(query.get("watch")) ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            default -> target.name() == null ? "deletecollection" : "delete";
        };
    }

    private void authorise(String verb, Kind kind) {
        if (denied.contains(verb + " " + kind.qualified())) {
            throw new ApiError(
                    403,
                    "Forbidden",
                    kind.qualified() + " is forbidden: User \"emulated\" cannot " + verb + " resource \""
                            + kind.plural() + "\" in API group \"" + kind.group() + "\" at the cluster scope");
        }
    }

    private Answer review(ObjectNode review) {
        JsonNode wanted = review.at("/spec/resourceAttributes");
        String group = wanted.path("group").asText("");
        String resource = wanted.path("resource").asText("");
        String qualified = group.isEmpty() ? resource : resource + "." + group;
        boolean allowed = !denied.contains(wanted.path("verb").asText() + " " + qualified);
        review.putObject("status").put("allowed", allowed);
        return new Answer(201, review);
    }

    private ObjectNode get(Target target) {
        ObjectNode found = table(target.kind()).get(target.namespace() + "/" + target.name());
        if (found == null) {
            throw ApiError.notFound(target.kind(), String.valueOf(target.name()));
        }
        return found;
    }

    private Answer list(Target target, Map<String, String> query) {
        if ("true".equals(query.get("watch"))) {
            throw new ApiError(405, "MethodNotAllowed", "watching is not emulated");
        }
        List<Map.Entry<String, ObjectNode>> all = selected(target, query);
        String from = query.containsKey("continue") ? decode(query.get("continue")) : "";
        List<Map.Entry<String, ObjectNode>> rest =
                all.stream().filter(e -> e.getKey().compareTo(from) > 0).toList();
        int limit = Integer.parseInt(query.getOrDefault("limit", "0"));
        List<Map.Entry<String, ObjectNode>> page = limit > 0 && rest.size() > limit ? rest.subList(0, limit) : rest;
        ObjectNode list = JSON.createObjectNode();
        list.put("kind", target.kind().name() + "List");
        list.put("apiVersion", target.kind().apiVersion());
        ObjectNode metadata = list.putObject("metadata");
        metadata.put("resourceVersion", String.valueOf(resourceVersion));
        if (page.size() < rest.size()) {
            metadata.put("continue", encode(page.get(page.size() - 1).getKey()));
            metadata.put("remainingItemCount", rest.size() - page.size());
        }
        ArrayNode items = list.putArray("items");
        page.forEach(e -> items.add(e.getValue()));
        return new Answer(200, list);
    }

    private List<Map.Entry<String, ObjectNode>> selected(Target target, Map<String, String> query) {
        Selectors selectors =
                new Selectors(query.getOrDefault("labelSelector", ""), query.getOrDefault("fieldSelector", ""));
        return table(target.kind()).entrySet().stream()
                .filter(e -> target.namespace().isEmpty() || e.getKey().startsWith(target.namespace() + "/"))
                .filter(e -> selectors.match(e.getValue()))
                .toList();
    }

    private ObjectNode create(Target target, ObjectNode object, String manager, boolean dryRun) {
        prepare(target, object);
        String objectName = object.at("/metadata/name").asText();
        if (table(target.kind()).containsKey(key(object))) {
            throw new ApiError(
                    409, "AlreadyExists", target.kind().qualified() + " \"" + objectName + "\" already exists");
        }
        Validation.check(target.kind(), object, null);
        if (target.kind().name().equals("Pod")) {
            PodAdmission.check(object, table(kinds.named("Namespace")).get("/" + target.namespace()), clock.instant());
        }
        own(object, null, manager, "Update", FieldOwnership.fields(object));
        return dryRun ? stamped(object, resourceVersion) : store(target.kind(), object);
    }

    private ObjectNode replace(Target target, ObjectNode object, String manager, boolean dryRun) {
        ObjectNode old = get(target);
        prepare(target, object);
        String known = object.at("/metadata/resourceVersion").asText("");
        if (!known.isEmpty()
                && !known.equals(old.at("/metadata/resourceVersion").asText())) {
            throw new ApiError(
                    409,
                    "Conflict",
                    "Operation cannot be fulfilled on " + target.kind().qualified() + " \"" + target.name()
                            + "\": the object has been modified; please apply your changes to the latest version and try"
                            + " again");
        }
        return update(target, old, object, manager, dryRun);
    }

    private ObjectNode update(Target target, ObjectNode old, ObjectNode object, String manager, boolean dryRun) {
        Validation.check(target.kind(), object, old);
        keepIdentity(object, old);
        Set<List<String>> changed = FieldOwnership.fields(object).stream()
                .filter(path -> !FieldOwnership.at(object, path).equals(FieldOwnership.at(old, path)))
                .collect(Collectors.toSet());
        own(object, old, manager, "Update", changed);
        return persist(target.kind(), old, object, dryRun);
    }

    private Answer patch(
            Target target, String contentType, byte[] body, Map<String, String> query, String manager, boolean dryRun)
            throws java.io.IOException {
        if (contentType.startsWith("application/apply-patch+yaml")) {
            JsonNode applied = JSON.readTree(body);
            if (!query.containsKey("fieldManager")) {
                throw new ApiError(400, "BadRequest", "fieldManager: Required value: is required for apply patch");
            }
            return apply(target, (ObjectNode) applied, manager, "true".equals(query.get("force")), dryRun);
        }
        ObjectNode old = get(target);
        ObjectNode patched = old.deepCopy();
        if (contentType.startsWith("application/json-patch+json")) {
            JsonPatch.apply(patched, JSON.readTree(body));
        } else if (contentType.startsWith("application/merge-patch+json")) {
            JsonPatch.merge(patched, JSON.readTree(body));
        } else if (contentType.startsWith("application/strategic-merge-patch+json")) {
            FieldOwnership.merge(patched, JSON.readTree(body));
            JsonPatch.dropNulls(patched);
        } else {
            throw new ApiError(
                    415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + contentType);
        }
        return new Answer(200, update(target, old, patched, manager, dryRun));
    }

    /** Server-side apply. */
    private Answer apply(Target target, ObjectNode applied, String manager, boolean force, boolean dryRun) {
        if (!applied.at("/metadata/managedFields").isMissingNode()) {
            throw new ApiError(400, "BadRequest", "metadata.managedFields must be nil");
        }
        applied.withObject("/metadata").put("name", String.valueOf(target.name()));
        applied.withObject("/metadata").remove(List.of("resourceVersion", "uid", "creationTimestamp"));
        prepare(target, applied);
        ObjectNode old = table(target.kind()).get(key(applied));
        Set<List<String>> wanted = FieldOwnership.fields(applied);
        if (old == null) {
            Validation.check(target.kind(), applied, null);
            own(applied, null, manager, "Apply", wanted);
            return new Answer(201, dryRun ? stamped(applied, resourceVersion) : store(target.kind(), applied));
        }
        ObjectNode merged = old.deepCopy();
        refuseConflicts(old, applied, wanted, manager, force);
        FieldOwnership.merge(merged, applied);
        for (JsonNode entry : old.at("/metadata/managedFields")) {
            if (isBy(entry, manager, "Apply")) {
                FieldOwnership.read(entry.path("fieldsV1")).stream()
                        .filter(path -> !wanted.contains(path) && !ownedByOthers(old, path, manager))
                        .forEach(path -> FieldOwnership.remove(merged, path));
            }
        }
        Validation.check(target.kind(), merged, old);
        keepIdentity(merged, old);
        own(merged, old, manager, "Apply", wanted);
        return new Answer(200, persist(target.kind(), old, merged, dryRun));
    }

    private void refuseConflicts(
            ObjectNode old, ObjectNode applied, Set<List<String>> wanted, String manager, boolean force) {
        List<Map<String, String>> causes = new ArrayList<>();
        for (JsonNode entry : old.at("/metadata/managedFields")) {
            if (isBy(entry, manager, "Apply")) {
                continue;
            }
            for (List<String> path : FieldOwnership.read(entry.path("fieldsV1"))) {
                if (wanted.contains(path) && !FieldOwnership.at(old, path).equals(FieldOwnership.at(applied, path))) {
                    causes.add(Map.of(
                            "reason",
                            "FieldManagerConflict",
                            "message",
                            "conflict with \"" + entry.path("manager").asText() + "\" using "
                                    + entry.path("apiVersion").asText(),
                            "field",
                            path.stream().map(s -> "." + s.substring(2)).collect(Collectors.joining())));
                }
            }
        }
        if (!force && !causes.isEmpty()) {
            throw new ApiError(
                    409,
                    "Conflict",
                    "Apply failed with " + causes.size() + (causes.size() == 1 ? " conflict: " : " conflicts: ")
                            + causes.stream()
                                    .map(c -> c.get("message") + ": " + c.get("field"))
                                    .collect(Collectors.joining(", ")),
                    causes);
        }
    }

    private static boolean ownedByOthers(ObjectNode object, List<String> path, String manager) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (!isBy(entry, manager, "Apply")
                    && FieldOwnership.read(entry.path("fieldsV1")).contains(path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBy(JsonNode entry, String manager, String operation) {
        return entry.path("manager").asText().equals(manager)
                && entry.path("operation").asText().equals(operation);
    }

    /** Writes who owns what: the manager its fields; the others what they had and still has the value that they set. */
    private void own(
            ObjectNode object, @Nullable ObjectNode old, String manager, String operation, Set<List<String>> fields) {
        ArrayNode entries = JSON.createArrayNode();
        Set<List<String>> mine = new java.util.LinkedHashSet<>(fields);
        if (old != null) {
            for (JsonNode entry : old.at("/metadata/managedFields")) {
                Set<List<String>> theirs = FieldOwnership.read(entry.path("fieldsV1"));
                boolean same = isBy(entry, manager, operation);
                if (same && operation.equals("Update")) {
                    mine.addAll(theirs);
                }
                theirs.removeIf(path -> !FieldOwnership.at(object, path).equals(FieldOwnership.at(old, path)));
                if (!same && !theirs.isEmpty()) {
                    ObjectNode kept = entry.deepCopy();
                    FieldOwnership.write(theirs, kept.putObject("fieldsV1"));
                    entries.add(kept);
                }
            }
        }
        mine.removeIf(path -> FieldOwnership.at(object, path).isMissingNode());
        if (!mine.isEmpty()) {
            ObjectNode entry = entries.addObject();
            entry.put("manager", manager);
            entry.put("operation", operation);
            entry.put("apiVersion", object.path("apiVersion").asText());
            entry.put("time", timestamp());
            entry.put("fieldsType", "FieldsV1");
            FieldOwnership.write(mine, entry.putObject("fieldsV1"));
        }
        object.withObject("/metadata").set("managedFields", entries);
    }

    private Answer deleteAll(Target target, Map<String, String> query) {
        List<Map.Entry<String, ObjectNode>> all = List.copyOf(selected(target, query));
        all.forEach(e -> table(target.kind()).remove(e.getKey()));
        return new Answer(200, success(target.kind(), ""));
    }

    private Answer delete(Target target, boolean dryRun) {
        ObjectNode found = get(target);
        if (!dryRun) {
            table(target.kind()).remove(key(found));
            if (target.kind().name().equals("Namespace")) {
                objects.values().forEach(t -> t.keySet().removeIf(k -> k.startsWith(target.name() + "/")));
            }
            removeOwned(found.at("/metadata/uid").asText());
        }
        return new Answer(200, success(target.kind(), String.valueOf(target.name())));
    }

    /** As the garbage collector does once all owners of an object are gone. */
    private void removeOwned(String owner) {
        objects.values()
                .forEach(t -> t.values().removeIf(object -> {
                    JsonNode owners = object.at("/metadata/ownerReferences");
                    return owners.size() == 1 && owners.at("/0/uid").asText().equals(owner);
                }));
    }

    private static ObjectNode success(Kind kind, String objectName) {
        ObjectNode status = JSON.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        status.putObject("details")
                .put("name", objectName)
                .put("kind", kind.plural())
                .put("group", kind.group());
        return status;
    }

    // ------------------------------------------------------------------------------------------ storage

    /** What every write needs: right kind, a good name, a namespace that exists. */
    private void prepare(Target target, ObjectNode object) {
        Kind kind = target.kind();
        if (!object.path("kind").asText(kind.name()).equals(kind.name())
                || !object.path("apiVersion").asText(kind.apiVersion()).equals(kind.apiVersion())) {
            throw new ApiError(
                    400,
                    "BadRequest",
                    object.path("kind").asText() + " in version \""
                            + object.path("apiVersion").asText() + "\" cannot be handled as a " + kind.name());
        }
        object.put("kind", kind.name()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.withObject("/metadata");
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            metadata.put("name", metadata.path("generateName").asText() + Long.toString(100_000 + resourceVersion, 36));
        }
        String objectName = metadata.path("name").asText("");
        if (target.name() != null && !target.name().equals(objectName)) {
            throw new ApiError(
                    400,
                    "BadRequest",
                    "the name of the object (" + objectName + ") does not match the name on the URL");
        }
        if (!kind.group().startsWith("rbac.") && (!objectName.matches(NAME) || objectName.length() > 253)) {
            throw ApiError.invalid(
                    kind,
                    objectName,
                    "metadata.name",
                    "Invalid value: \"" + objectName + "\": a lowercase RFC 1123 subdomain must consist of lower case"
                            + " alphanumeric characters, '-' or '.'");
        }
        if (kind.namespaced()) {
            String namespace = metadata.path("namespace").asText(target.namespace());
            if (!namespace.equals(target.namespace())) {
                throw new ApiError(
                        400,
                        "BadRequest",
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            if (!table(kinds.named("Namespace")).containsKey("/" + namespace)) {
                throw new ApiError(404, "NotFound", "namespaces \"" + namespace + "\" not found");
            }
            metadata.put("namespace", namespace);
        }
    }

    private ObjectNode persist(Kind kind, ObjectNode old, ObjectNode object, boolean dryRun) {
        if (sameButOwnershipTimes(old, object)) {
            return old;
        }
        if (!object.path("spec").equals(old.path("spec"))) {
            object.withObject("/metadata")
                    .put("generation", old.at("/metadata/generation").asLong(1) + 1);
        }
        return dryRun ? object : store(kind, object);
    }

    /** A write that changes nothing leaves the resource version alone. */
    private static boolean sameButOwnershipTimes(ObjectNode a, ObjectNode b) {
        return withoutTimes(a).equals(withoutTimes(b));
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
        if (kind.name().equals("Namespace")) {
            object.withObject("/status").put("phase", "Active");
        }
        if (kind.name().equals("CustomResourceDefinition")) {
            register(object);
        }
        if (kind.name().equals("Secret") && object.has("stringData")) {
            ObjectNode data = object.withObject("/data");
            object.path("stringData")
                    .fields()
                    .forEachRemaining(
                            e -> data.put(e.getKey(), encode(e.getValue().asText())));
            object.remove("stringData");
        }
        table(kind).put(key(object), object);
        return object;
    }

    private ObjectNode stamped(ObjectNode object, long revision) {
        ObjectNode metadata = object.withObject("/metadata");
        if (!metadata.hasNonNull("uid")) {
            metadata.put(
                    "uid",
                    UUID.nameUUIDFromBytes(
                                    (name + "/" + object.path("kind").asText() + "/" + key(object) + "/" + revision)
                                            .getBytes(StandardCharsets.UTF_8))
                            .toString());
            metadata.put("creationTimestamp", timestamp());
            metadata.put("generation", 1);
        }
        metadata.put("resourceVersion", String.valueOf(revision));
        return object;
    }

    private static void keepIdentity(ObjectNode object, ObjectNode old) {
        for (String field : List.of("uid", "creationTimestamp", "generation")) {
            object.withObject("/metadata").set(field, old.at("/metadata/" + field));
        }
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
    }

    private TreeMap<String, ObjectNode> table(Kind kind) {
        return objects.computeIfAbsent(kind.qualified(), k -> new TreeMap<>());
    }

    private static String key(JsonNode object) {
        return object.at("/metadata/namespace").asText("") + "/"
                + object.at("/metadata/name").asText();
    }

    private String timestamp() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(@Nullable String text) {
        return text == null ? "" : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    // ------------------------------------------------------------------------------------------ discovery

    private ObjectNode versionInfo() {
        String[] parts = version.split("\\.", -1);
        return JSON.createObjectNode()
                .put("major", parts[0])
                .put("minor", parts[1])
                .put("gitVersion", "v" + version + distribution.versionSuffix())
                .put("gitCommit", "3025e55")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-11-01T00:00:00Z")
                .put("goVersion", "go1.25.4")
                .put("compiler", "gc")
                .put("platform", "linux/amd64");
    }

    private @Nullable Answer discover(List<String> path) {
        if (path.equals(List.of("api"))) {
            ObjectNode versions = JSON.createObjectNode().put("kind", "APIVersions");
            versions.putArray("versions").add("v1");
            return new Answer(200, versions);
        }
        if (path.equals(List.of("apis"))) {
            ObjectNode groups =
                    JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
            ArrayNode list = groups.putArray("groups");
            kinds.all().stream()
                    .map(Kind::group)
                    .filter(g -> !g.isEmpty())
                    .distinct()
                    .forEach(g -> list.add(group(g)));
            return new Answer(200, groups);
        }
        if (path.size() == 2
                && path.get(0).equals("apis")
                && kinds.all().stream().anyMatch(k -> k.group().equals(path.get(1)))) {
            return new Answer(200, group(path.get(1)));
        }
        boolean core = path.size() == 2 && path.get(0).equals("api");
        if (core || path.size() == 3 && path.get(0).equals("apis")) {
            String groupName = core ? "" : path.get(1);
            String groupVersion = path.get(path.size() - 1);
            ObjectNode list =
                    JSON.createObjectNode().put("kind", "APIResourceList").put("apiVersion", "v1");
            list.put("groupVersion", core ? groupVersion : groupName + "/" + groupVersion);
            ArrayNode resources = list.putArray("resources");
            kinds.all().stream()
                    .filter(k -> k.group().equals(groupName) && k.version().equals(groupVersion))
                    .forEach(k -> {
                        ObjectNode resource = resources.addObject();
                        resource.put("name", k.plural())
                                .put("singularName", k.name().toLowerCase(Locale.ROOT))
                                .put("namespaced", k.namespaced())
                                .put("kind", k.name());
                        ArrayNode verbs = resource.putArray("verbs");
                        List.of("create", "delete", "deletecollection", "get", "list", "patch", "update")
                                .forEach(verbs::add);
                    });
            if (resources.isEmpty()) {
                throw ApiError.unknownPath();
            }
            return new Answer(200, list);
        }
        return null;
    }

    private ObjectNode group(String groupName) {
        ObjectNode group = JSON.createObjectNode()
                .put("kind", "APIGroup")
                .put("apiVersion", "v1")
                .put("name", groupName);
        ArrayNode versions = group.putArray("versions");
        kinds.all().stream()
                .filter(k -> k.group().equals(groupName))
                .map(Kind::version)
                .distinct()
                .forEach(v -> versions.addObject()
                        .put("groupVersion", groupName + "/" + v)
                        .put("version", v));
        group.set("preferredVersion", versions.get(0));
        return group;
    }
}
