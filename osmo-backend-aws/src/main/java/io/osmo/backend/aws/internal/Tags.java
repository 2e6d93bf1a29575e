// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Ownership tags of one backend, and the tags that its spec asks for. An object is ours when it carries {@link #BACKEND}
 * with our name and {@link #MANAGED_BY}; which of our resources it is stands in {@link #RESOURCE}.
 */
public final class Tags {
    public static final String BACKEND = "osmo-backend";
    public static final String MANAGED_BY = "osmo-managed-by";
    public static final String MANAGER = "osmo-backend-java";
    public static final String RESOURCE = "osmo-resource";

    private final String backend;
    private final Map<String, String> extra;

    public Tags(String backend, Map<String, String> extra) {
        this.backend = backend;
        this.extra = Map.copyOf(extra);
    }

    /** All tags of one resource, sorted. */
    public Map<String, String> of(ResourceId id) {
        Map<String, String> tags = new TreeMap<>(extra);
        tags.put(BACKEND, backend);
        tags.put(MANAGED_BY, MANAGER);
        tags.put(RESOURCE, id.toString());
        return tags;
    }

    /** Likewise with the name that consoles show, and with further tags of this kind of resource. */
    public Map<String, String> named(ResourceId id, Map<String, String> more) {
        Map<String, String> tags = of(id);
        tags.putIfAbsent("Name", backend + "/" + id);
        tags.putAll(more);
        return tags;
    }

    public boolean owns(Map<String, String> tags) {
        return backend.equals(tags.get(BACKEND)) && MANAGER.equals(tags.get(MANAGED_BY));
    }

    /** Which resource of this backend an object is; empty when it is not ours. */
    public Optional<ResourceId> idOf(Map<String, String> tags) {
        return owns(tags) ? Optional.ofNullable(tags.get(RESOURCE)).map(ResourceId::parse) : Optional.empty();
    }

    /**
     * Sorts objects of ours by the resource that their tags name.
     *
     * @param age orders the objects, the oldest first; must be stable between two readings
     */
    public static <O> Reading sorted(
            AwsContext aws, Collection<O> objects, Function<O, Map<String, String>> tags, Comparator<O> age) {
        return Reading.owned(objects, object -> aws.tags().idOf(tags.apply(object)), age);
    }

    /** Wanted tags that are missing or have another value. Tags that somebody else has added are left alone. */
    public static List<FieldChange> compare(Map<String, String> observed, Map<String, String> wanted) {
        List<FieldChange> changes = new ArrayList<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(observed.get(key))) {
                changes.add(FieldChange.inPlace("tags." + key, observed.getOrDefault(key, "absent"), value));
            }
        });
        return changes;
    }

    /** Whether one of the changes is one of {@link #compare}. */
    public static boolean changed(List<FieldChange> changes) {
        return changes.stream().anyMatch(c -> c.field().startsWith("tags."));
    }
}
