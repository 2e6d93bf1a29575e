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
 * How objects of one backend are told from others: by tags or labels, or by a description where a service has neither. An object
 * is ours when {@link #BACKEND} names our backend, {@link #REGION} our region, and {@link #MANAGED_BY} this library. The region
 * counts since some objects are wider than a region, such as a network of Google Cloud or a role of AWS. Everything else is
 * never changed or
 * deleted. All keys and values are allowed as AWS tags, Azure tags and Google Cloud labels, but for {@link #RESOURCE}, whose values
 * hold a slash, which labels do not allow.
 *
 * @param backend name of the backend
 * @param region region of the backend
 * @param extra further tags that the spec asks for; never used to tell whose an object is
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

    /** Tags of everything of the backend, those of the spec included, sorted. */
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

    /** Description of what has no tags. */
    public String description() {
        return BACKEND + "=" + backend + " " + REGION + "=" + region + " " + MANAGED_BY + "=" + MANAGER;
    }

    /**
     * The tags by which an object is ours, for a command that gives them back to one that has lost them.
     *
     * @param separator what the command expects between two of them
     */
    public String assignments(String separator) {
        return String.join(separator, BACKEND + "=" + backend, REGION + "=" + region, MANAGED_BY + "=" + MANAGER);
    }

    /** Whether tags are those of this backend, in this region. */
    public boolean owns(Map<String, String> tags) {
        return backend.equals(tags.get(BACKEND))
                && region.equals(tags.get(REGION))
                && MANAGER.equals(tags.get(MANAGED_BY));
    }

    /** Which resource of this backend an object is; empty when it is not ours. */
    public Optional<ResourceId> idOf(Map<String, String> tags) {
        return owns(tags) ? Optional.ofNullable(tags.get(RESOURCE)).map(ResourceId::parse) : Optional.empty();
    }

    /** An object with the name of ours: ours if its tags say so, else foreign. */
    public <O> Observed<O> observed(O object, Map<String, String> tags) {
        return owns(tags) ? Observed.ours(object) : Observed.foreign(object);
    }

    /** An object without tags that has the name of ours: ours if its description says so, else foreign. */
    public <O> Observed<O> described(O object, String description) {
        return description.equals(description()) ? Observed.ours(object) : Observed.foreign(object);
    }

    /**
     * Wanted tags that are missing or have another value. Tags that others have added are left alone.
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

    /** Whether one of the changes is one of {@link #compare} with the same field. */
    public static boolean changed(String field, List<FieldChange> changes) {
        return changes.stream().anyMatch(change -> change.field().startsWith(field + "."));
    }

    /** Tags that exist, with those that are wanted, sorted. */
    public static Map<String, String> merged(Map<String, String> observed, Map<String, String> wanted) {
        Map<String, String> all = new TreeMap<>(observed);
        all.putAll(wanted);
        return all;
    }
}
