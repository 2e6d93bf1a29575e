// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The resources of Compute, by path such as {@code projects/p/global/networks/n}. */
public final class ComputeResources {
    private final GcpProject project;
    private final Map<String, String> consoles = new HashMap<>();
    private final Set<String> full = new HashSet<>();
    private final ComputeLinks links;
    private final TreeMap<String, Message> rows = new TreeMap<>();
    private final Set<String> notReady = new TreeSet<>();
    private final List<Function<String, Optional<String>>> users = new ArrayList<>();

    ComputeResources(GcpProject project) {
        this.project = project;
        this.links = new ComputeLinks(project);
    }

    /** Adds a function that returns the path of another service's resource that uses the given one. */
    public void addUsers(Function<String, Optional<String>> other) {
        users.add(other);
    }

    public Message get(String path) {
        return find(path).orElseThrow(() -> GcpError.notFound("The resource '" + path + "' was not found"));
    }

    public Optional<Message> find(String path) {
        return Optional.ofNullable(rows.get(path));
    }

    /** All resources of one collection, such as {@code subnetworks}, by path. */
    public Map<String, Message> all(String collection) {
        return where(path -> ResourceNames.collection(path).equals(collection));
    }

    Map<String, Message> under(String collectionPath) {
        return where(path -> path.substring(0, path.lastIndexOf('/')).equals(collectionPath));
    }

    private Map<String, Message> where(Predicate<String> condition) {
        Map<String, Message> found = new LinkedHashMap<>();
        rows.forEach((path, row) -> {
            if (condition.test(path)) {
                found.put(path, row);
            }
        });
        return found;
    }

    /** Creates or replaces a resource as a service does: ready at once. */
    public Message put(String path, Message resource) {
        Message stamped = stamp(path, resource);
        rows.put(path, stamped);
        return stamped;
    }

    /** Replaces a resource by a changed one. */
    public void change(String path, Message resource) {
        rows.put(path, withFingerprint(resource));
    }

    public void remove(String path) {
        rows.remove(path);
        notReady.remove(path);
    }

    public void removeIf(Predicate<String> condition) {
        List.copyOf(rows.keySet()).stream().filter(condition).forEach(this::remove);
    }

    /** Whether a resource links to the one of this path. */
    public boolean isLinked(Message resource, String path) {
        return links.of(resource).contains(path);
    }

    /** Writes to the serial console of an instance, in place of what it held. */
    public void write(String instance, String text) {
        consoles.put(instance, text);
    }

    /** What the serial console of an instance holds. */
    String console(String instance) {
        get(instance);
        return consoles.getOrDefault(instance, "");
    }

    /**
     * Takes all free addresses of a range, as others do, or gives them back.
     *
     * @param range path of a subnet, with a dash and the name of a secondary range for that
     */
    public void fill(String range, boolean taken) {
        if (taken) {
            full.add(range);
        } else {
            full.remove(range);
        }
    }

    /** Whether others have taken what was free of a range. */
    boolean isFilled(String range) {
        return full.contains(range);
    }

    /**
     * Whether a range has no room for one more machine.
     *
     * @param range path of a subnetwork, with a dash and the name of a secondary range if it is one of pods
     */
    public boolean isFull(String range) {
        return isFilled(range) || SubnetworkUtilization.isExhausted(range, this);
    }

    /** Routes that a network or subnetwork came with are deleted with it. */
    void removeRoutes(String path) {
        removeIf(p ->
                ResourceNames.collection(p).equals("routes") && links.of(get(p)).contains(path));
    }

    void setReady(String path, boolean ready) {
        if (ready) {
            notReady.remove(path);
        } else {
            notReady.add(path);
        }
    }

    public void requireReady(String path) {
        if (notReady.contains(path)) {
            throw GcpError.notReady("The resource '" + path + "' is not ready");
        }
    }

    /** The path of something that uses a resource. */
    Optional<String> userOf(String path) {
        for (Map.Entry<String, Message> row : rows.entrySet()) {
            boolean own = row.getKey().equals(path)
                    || ResourceNames.collection(row.getKey()).equals("routes");
            if (!own && links.of(row.getValue()).contains(path)) {
                return Optional.of(row.getKey());
            }
        }
        return users.stream().flatMap(other -> other.apply(path).stream()).findFirst();
    }

    // ------------------------------------------------------------------------------------------ links

    public static String url(String path) {
        return ComputeLinks.url(path);
    }

    /** The path that a link leads to; empty if the text is not a link. */
    public Optional<String> target(String link) {
        return links.target(link);
    }

    Message withLinks(Message resource) {
        return links.complete(resource, this);
    }

    // ------------------------------------------------------------------------------------------ what services set

    private Message stamp(String path, Message resource) {
        Message.Builder builder = resource.toBuilder();
        set(builder, "name", ResourceNames.last(path));
        set(builder, "self_link", url(path));
        set(builder, "creation_timestamp", project.timestamp());
        set(
                builder,
                "kind",
                "compute#" + Dispatcher.lower(resource.getDescriptorForType().getName()));
        FieldDescriptor id = resource.getDescriptorForType().findFieldByName("id");
        if (id != null) {
            builder.setField(id, project.newNumber());
        }
        String[] parts = path.split("/", -1);
        String scope = String.join("/", List.of(parts).subList(0, 4));
        if (parts[2].equals("regions")) {
            set(builder, "region", url(scope));
        }
        if (parts[2].equals("zones")) {
            set(builder, "zone", url(scope));
        }
        return withFingerprint(builder.build());
    }

    private Message withFingerprint(Message resource) {
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
