// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides which objects a backend owns: by tags or labels, or by a description if a service has neither. A backend owns an object if
 * {@link #BACKEND} names the backend, {@link #REGION} its region, and {@link #MANAGED_BY} this library. The region is compared because
 * some objects are global, such as a network of Google Cloud or a role of AWS. All other objects are never changed or deleted. The keys
 * and values are valid as AWS tags, Azure tags and Google Cloud labels, except the values of {@link #RESOURCE}: they contain a slash,
 * which labels do not allow.
 *
 * @param backend name of the backend
 * @param region region of the backend
 * @param extra further tags of the spec; they do not affect ownership
 */
public record Ownership(String backend, String region, Map<String, String> extra) {
    /** Tag with the name of the backend. */
    public static final String BACKEND = "osmo-backend";

    /** Tag with the region of the backend. */
    public static final String REGION = "osmo-region";

    /** Tag with the name of this library. */
    public static final String MANAGED_BY = "osmo-managed-by";

    /** Value of {@link #MANAGED_BY}. */
    public static final String MANAGER = "osmo-backend-java";

    /** Tag with the {@link ResourceId}. */
    public static final String RESOURCE = "osmo-resource";

    public Ownership(BackendRef ref, Map<String, String> extra) {
        this(ref.name(), ref.region(), extra);
    }

    public Ownership {
        extra = Map.copyOf(extra);
    }

    /** Tags of all resources of the backend, including those of the spec, sorted. */
    public Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>(extra);
        tags.put(BACKEND, backend);
        tags.put(REGION, region);
        tags.put(MANAGED_BY, MANAGER);
        return tags;
    }

    /** Tags of one resource, sorted. */
    public Map<String, String> tags(ResourceId id) {
        Map<String, String> tags = tags();
        tags.put(RESOURCE, id.toString());
        return tags;
    }

    /** Description of a resource that cannot have tags. */
    public String description() {
        return BACKEND + "=" + backend + " " + REGION + "=" + region + " " + MANAGED_BY + "=" + MANAGER;
    }

    /**
     * The ownership tags as arguments of a command that restores them.
     *
     * @param separator separator between two tags, as the command expects it
     */
    public String assignments(String separator) {
        return String.join(separator, BACKEND + "=" + backend, REGION + "=" + region, MANAGED_BY + "=" + MANAGER);
    }

    /** Whether an object with these tags belongs to this backend. */
    public boolean owns(Map<String, String> tags) {
        return backend.equals(tags.get(BACKEND))
                && region.equals(tags.get(REGION))
                && MANAGER.equals(tags.get(MANAGED_BY));
    }

    /** The resource of this backend that an object is; empty if the backend does not own it. */
    public Optional<ResourceId> idOf(Map<String, String> tags) {
        return owns(tags) ? Optional.ofNullable(tags.get(RESOURCE)).map(ResourceId::parse) : Optional.empty();
    }

    /** An object with the name of a resource of this backend: owned if it has the ownership tags, otherwise foreign. */
    public <O> Observed<O> observed(O object, Map<String, String> tags) {
        return owns(tags) ? Observed.ours(object) : Observed.foreign(object);
    }

    /** Like {@link #observed(Object, Map)}, for an object that cannot have tags. */
    public <O> Observed<O> described(O object, String description) {
        return description.equals(description()) ? Observed.ours(object) : Observed.foreign(object);
    }

    /**
     * The desired tags that are missing or have another value. Other tags are ignored.
     *
     * @param field name of the field that holds them, such as {@code tags}
     */
    public static List<FieldChange> compare(String field, Map<String, String> observed, Map<String, String> wanted) {
        List<FieldChange> changes = new ArrayList<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(observed.get(key))) {
                changes.add(FieldChange.inPlace(field + "." + key, observed.getOrDefault(key, "absent"), value));
            }
        });
        return changes;
    }

    /** Whether one of the changes was found by {@link #compare} for the same field. */
    public static boolean changed(String field, List<FieldChange> changes) {
        return changes.stream().anyMatch(change -> change.field().startsWith(field + "."));
    }

    /** The existing and the desired tags, sorted; a desired value replaces an existing one. */
    public static Map<String, String> merged(Map<String, String> observed, Map<String, String> wanted) {
        Map<String, String> all = new TreeMap<>(observed);
        all.putAll(wanted);
        return all;
    }
}
