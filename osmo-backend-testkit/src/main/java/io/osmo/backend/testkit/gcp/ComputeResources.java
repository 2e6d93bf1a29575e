// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.compute.v1.*;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resources of Compute, which are all kept alike: by path, with links between them. A link to what is not there is refused,
 * and so is the deletion of what a link leads to. What only one kind has is added by its {@link Rule}.
 */
final class ComputeResources implements Emulation.Fallback {
    static final String ROOT = "https://www.googleapis.com/compute/v1/";

    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LINK = Pattern.compile("(?:https://(?:www|compute)\\.googleapis\\.com/compute/[^/]+/)?"
            + "(?:projects/[^/]+/)?((?:global|regions/[^/]+|zones/[^/]+)/([A-Za-z]+)/[^/]+)");

    /** An empty resource of each kind by the name of its collection. */
    private static final Map<String, Message> KINDS = Map.ofEntries(
            Map.entry("addresses", Address.getDefaultInstance()),
            Map.entry("backendServices", BackendService.getDefaultInstance()),
            Map.entry("disks", Disk.getDefaultInstance()),
            Map.entry("firewalls", Firewall.getDefaultInstance()),
            Map.entry("forwardingRules", ForwardingRule.getDefaultInstance()),
            Map.entry("healthChecks", HealthCheck.getDefaultInstance()),
            Map.entry("instanceGroupManagers", InstanceGroupManager.getDefaultInstance()),
            Map.entry("instances", Instance.getDefaultInstance()),
            Map.entry("networkEndpointGroups", NetworkEndpointGroup.getDefaultInstance()),
            Map.entry("networks", Network.getDefaultInstance()),
            Map.entry("reservations", Reservation.getDefaultInstance()),
            Map.entry("routers", Router.getDefaultInstance()),
            Map.entry("routes", Route.getDefaultInstance()),
            Map.entry("subnetworks", Subnetwork.getDefaultInstance()),
            Map.entry("targetHttpProxies", TargetHttpProxy.getDefaultInstance()),
            Map.entry("targetHttpsProxies", TargetHttpsProxy.getDefaultInstance()),
            Map.entry("targetTcpProxies", TargetTcpProxy.getDefaultInstance()),
            Map.entry("targetPools", TargetPool.getDefaultInstance()),
            Map.entry("urlMaps", UrlMap.getDefaultInstance()));

    /** Kinds that callers may make; the others come about by clusters and their controllers. */
    private static final Set<String> INSERTABLE =
            Set.of("addresses", "disks", "firewalls", "networks", "reservations", "routers", "subnetworks");

    private final GcpProject project;
    private final ComputeOperations operations;
    private final Map<String, Rule> rules;
    private final TreeMap<String, Message> rows = new TreeMap<>();
    private final Set<String> notReady = new TreeSet<>();
    private final List<Users> users = new ArrayList<>();

    /** What only one kind of resource has. */
    interface Rule {
        /** A resource that is to be, checked and with its defaults. */
        Message prepare(String path, Message wanted, ComputeResources all);

        /** A resource that is to change. */
        default Message change(String path, Message old, Message changed, ComputeResources all) {
            return prepare(path, changed, all);
        }

        Duration createTime();

        Duration deleteTime();
    }

    /** Who else uses a resource. */
    interface Users {
        /** Path of a user of this resource. */
        Optional<String> of(String path);
    }

    ComputeResources(GcpProject project, ComputeOperations operations) {
        this.project = project;
        this.operations = operations;
        this.rules = Map.of(
                "networks", new NetworkRule(project),
                "subnetworks", new SubnetworkRule(),
                "routers", new RouterRule(project));
    }

    void addUsers(Users other) {
        users.add(other);
    }

    @Override
    public Optional<Message> call(MethodDescriptor method, Message request) {
        String collection =
                Emulation.lower(method.getService().getName().replaceFirst("^(Global|Region)(?=[A-Z])", ""));
        if (!KINDS.containsKey(collection)) {
            return Optional.empty();
        }
        HttpRule rule = HttpRule.of(method).get(0);
        String path = path(method, request);
        return switch (method.getName()) {
            case "Get" -> Optional.of(get(path));
            case "List" -> Optional.of(ComputeLists.list(method, request, under(path), project.pageSize()));
            case "AggregatedList" ->
                Optional.of(ComputeLists.aggregated(
                        method, request, where(p -> collectionOf(p).equals(collection)), project.pageSize()));
            case "Insert" ->
                INSERTABLE.contains(collection)
                        ? Optional.of(project.once(
                                "insert " + path, requestId(request), () -> insert(path, body(request, rule))))
                        : Optional.empty();
            case "Patch" -> Optional.of(patch(path, body(request, rule)));
            case "Delete" -> Optional.of(project.once("delete " + path, requestId(request), () -> delete(path)));
            default -> Optional.empty();
        };
    }

    /** The path that a request names, such as {@code projects/p/global/networks/n}. */
    static String path(MethodDescriptor method, Message request) {
        String path = HttpRule.of(method).get(0).template().replaceFirst("^/compute/v1/", "");
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            path = path.replace("{" + field.getName() + "}", String.valueOf(request.getField(field)));
        }
        return path;
    }

    private static @Nullable String requestId(Message request) {
        String id = ComputeLists.text(request, "request_id");
        return id.isEmpty() ? null : id;
    }

    private static Message body(Message request, HttpRule rule) {
        return (Message) request.getField(request.getDescriptorForType().findFieldByName(rule.body()));
    }

    // ------------------------------------------------------------------------------------------ for other emulators

    String projectPath(String rest) {
        return "projects/" + project.id() + "/" + rest;
    }

    Message get(String path) {
        Message found = rows.get(path);
        if (found == null) {
            throw GcpError.notFound("The resource '" + path + "' was not found");
        }
        return found;
    }

    Optional<Message> find(String path) {
        return Optional.ofNullable(rows.get(path));
    }

    boolean isReady(String path) {
        return rows.containsKey(path) && !notReady.contains(path);
    }

    /** All resources of one collection, such as {@code subnetworks}, by path. */
    Map<String, Message> all(String collection) {
        return where(p -> collectionOf(p).equals(collection));
    }

    /** Puts a resource there as a service would, ready at once. */
    Message put(String path, Message resource) {
        Message stamped = stamp(path, resource);
        rows.put(path, stamped);
        return stamped;
    }

    void replace(String path, Message resource) {
        rows.put(path, resource);
    }

    void remove(String path) {
        rows.remove(path);
        notReady.remove(path);
    }

    void removeIf(Predicate<String> condition) {
        List.copyOf(rows.keySet()).stream().filter(condition).forEach(this::remove);
    }

    static String url(String path) {
        return ROOT + path;
    }

    /** The path that a link leads to; empty when it is none. */
    Optional<String> target(String link) {
        Matcher matcher = LINK.matcher(link);
        return matcher.matches() && KINDS.containsKey(matcher.group(2))
                ? Optional.of(projectPath(matcher.group(1)))
                : Optional.empty();
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String collectionOf(String path) {
        String[] parts = path.split("/", -1);
        return parts[parts.length - 2];
    }

    // ------------------------------------------------------------------------------------------ methods

    private Operation insert(String collectionPath, Message wanted) {
        String collection = nameOf(collectionPath);
        String name = ComputeLists.text(wanted, "name");
        if (!NAME.matcher(name).matches()) {
            throw GcpError.invalid("Invalid value for field 'resource.name': '" + name + "'. Must be a match of regex '"
                    + NAME.pattern() + "'");
        }
        String path = collectionPath + "/" + name;
        if (rows.containsKey(path)) {
            throw GcpError.alreadyExists("The resource '" + path + "' already exists");
        }
        Message typed = withLinks(typed(collection, wanted));
        Rule rule = rules.get(collection);
        Message prepared = rule == null ? typed : rule.prepare(path, typed, this);
        rows.put(path, stamp(path, prepared));
        notReady.add(path);
        Duration time = rule == null ? Durations.OTHER : rule.createTime();
        return operations.begin("insert", path, time, () -> notReady.remove(path));
    }

    private Operation patch(String path, Message wanted) {
        Message old = get(path);
        requireReady(path);
        String collection = collectionOf(path);
        Message.Builder changed = old.toBuilder();
        merge(changed, typed(collection, wanted));
        Message linked = withLinks(changed.build());
        Rule rule = rules.get(collection);
        Message prepared = rule == null ? linked : rule.change(path, old, linked, this);
        rows.put(path, refreshed(prepared));
        return operations.begin("patch", path, Durations.OTHER, () -> {});
    }

    /** What is given replaces what was there, messages field by field. */
    private static void merge(Message.Builder old, Message wanted) {
        wanted.getAllFields().forEach((field, value) -> {
            boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
            if (nested && old.hasField(field)) {
                merge(old.getFieldBuilder(field), (Message) value);
            } else {
                old.setField(field, value);
            }
        });
    }

    private Operation delete(String path) {
        get(path);
        requireReady(path);
        userOf(path).ifPresent(user -> {
            throw GcpError.inUse("The " + singular(collectionOf(path)) + " resource '" + path
                    + "' is already being used by '" + user + "'");
        });
        notReady.add(path);
        Rule rule = rules.get(collectionOf(path));
        Duration time = rule == null ? Durations.OTHER : rule.deleteTime();
        return operations.begin("delete", path, time, () -> {
            removeDependents(path);
            remove(path);
        });
    }

    /** The routes that a network or subnetwork came with go with it. */
    private void removeDependents(String path) {
        removeIf(p -> collectionOf(p).equals("routes") && links(get(p)).contains(path));
    }

    private static String singular(String collection) {
        return collection.endsWith("sses") || collection.endsWith("xies")
                ? collection.substring(0, collection.length() - 2)
                : collection.substring(0, collection.length() - 1);
    }

    private Optional<String> userOf(String path) {
        for (Map.Entry<String, Message> row : rows.entrySet()) {
            boolean own =
                    row.getKey().equals(path) || collectionOf(row.getKey()).equals("routes");
            if (!own && links(row.getValue()).contains(path)) {
                return Optional.of(row.getKey());
            }
        }
        return users.stream().flatMap(u -> u.of(path).stream()).findFirst();
    }

    void requireReady(String path) {
        if (notReady.contains(path)) {
            throw GcpError.notReady("The resource '" + path + "' is not ready");
        }
    }

    private Map<String, Message> under(String collectionPath) {
        return where(p -> p.substring(0, p.lastIndexOf('/')).equals(collectionPath));
    }

    private Map<String, Message> where(Predicate<String> condition) {
        return rows.entrySet().stream()
                .filter(e -> condition.test(e.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    // ------------------------------------------------------------------------------------------ links

    private static Message kind(String collection) {
        return Optional.ofNullable(KINDS.get(collection)).orElseThrow();
    }

    private static Message typed(String collection, Message wanted) {
        try {
            return kind(collection)
                    .newBuilderForType()
                    .mergeFrom(wanted.toByteString())
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All links as full addresses, refused when one leads nowhere or to what is not ready yet. */
    private Message withLinks(Message resource) {
        Message.Builder builder = resource.toBuilder();
        resource.getAllFields().forEach((field, value) -> {
            if (field.getName().equals("self_link") || field.isMapField()) {
                return;
            }
            if (field.isRepeated()) {
                List<?> values = (List<?>) value;
                for (int i = 0; i < values.size(); i++) {
                    builder.setRepeatedField(field, i, withLink(field, values.get(i)));
                }
            } else {
                builder.setField(field, withLink(field, value));
            }
        });
        return builder.build();
    }

    private Object withLink(FieldDescriptor field, Object value) {
        if (value instanceof Message message) {
            return withLinks(message);
        }
        if (value instanceof String text) {
            Optional<String> path = target(text);
            path.ifPresent(p -> {
                if (!rows.containsKey(p)) {
                    throw GcpError.invalid("Invalid value for field 'resource." + field.getJsonName() + "': '" + text
                            + "'. The referenced " + singular(collectionOf(p)) + " resource cannot be found.");
                }
                requireReady(p);
            });
            return path.map(ComputeResources::url).orElse(text);
        }
        return value;
    }

    private Set<String> links(Message resource) {
        Set<String> links = new TreeSet<>();
        resource.getAllFields().forEach((field, value) -> {
            if (!field.getName().equals("self_link")) {
                for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                    if (one instanceof Message message) {
                        links.addAll(links(message));
                    } else if (one instanceof String text && text.startsWith(ROOT)) {
                        target(text).ifPresent(links::add);
                    }
                }
            }
        });
        return links;
    }

    private Message stamp(String path, Message resource) {
        Message.Builder builder = resource.toBuilder();
        set(builder, "name", nameOf(path));
        set(builder, "self_link", url(path));
        set(builder, "creation_timestamp", project.timestamp());
        set(
                builder,
                "kind",
                "compute#" + Emulation.lower(resource.getDescriptorForType().getName()));
        FieldDescriptor id = resource.getDescriptorForType().findFieldByName("id");
        if (id != null) {
            builder.setField(id, project.newNumber());
        }
        String[] parts = path.split("/", -1);
        if (parts[2].equals("regions")) {
            set(builder, "region", url(String.join("/", List.of(parts).subList(0, 4))));
        }
        if (parts[2].equals("zones")) {
            set(builder, "zone", url(String.join("/", List.of(parts).subList(0, 4))));
        }
        return refreshed(builder.build());
    }

    private Message refreshed(Message resource) {
        Message.Builder builder = resource.toBuilder();
        set(builder, "fingerprint", project.hex(12));
        return builder.build();
    }

    private static void set(Message.Builder builder, String name, String value) {
        FieldDescriptor field = builder.getDescriptorForType().findFieldByName(name);
        if (field != null) {
            builder.setField(field, value);
        }
    }
}
