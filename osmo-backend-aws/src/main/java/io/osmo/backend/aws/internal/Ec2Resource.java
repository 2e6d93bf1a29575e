// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * An object of EC2 that is found by its tags, which it gets in the call that creates it.
 *
 * @param <O> what is observed of it
 */
public abstract class Ec2Resource<O> extends AwsResource<O> {
    private final Map<String, String> tags;
    private final @Nullable String known;

    /**
     * @param tags what it is tagged with beside name and ownership
     * @param known EC2's id of the one object that is meant; null to find it by its tags
     */
    protected Ec2Resource(
            AwsContext aws,
            ResourceId id,
            Class<O> type,
            Set<ResourceId> after,
            Timing timing,
            String description,
            Map<String, String> tags,
            @Nullable String known) {
        super(aws, id, type, after, timing, description);
        this.tags = aws.tags().named(id, tags);
        this.known = known;
    }

    /** EC2's id of the one object that is meant; empty when it is found by its tags. */
    protected final Optional<String> known() {
        return Optional.ofNullable(known);
    }

    /**
     * Filters that find this object.
     *
     * @param idFilter name of the filter by EC2's id, such as {@code vpc-id}
     */
    protected final List<Filter> filters(String idFilter) {
        if (known != null) {
            return List.of(filter(idFilter, known));
        }
        List<Filter> filters = new ArrayList<>(ours(aws));
        filters.add(filter("tag:" + Tags.RESOURCE, id().toString()));
        return filters;
    }

    /** Whether an object that the filters brought is this one; not all that speak EC2's protocol heed every filter. */
    protected final boolean isThis(Collection<Tag> observed) {
        return known != null || aws.tags().idOf(map(observed)).equals(Optional.of(id()));
    }

    /** Filters that find everything of this backend. */
    public static List<Filter> ours(AwsContext aws) {
        return List.of(filter("tag:" + Tags.BACKEND, aws.name()), filter("tag:" + Tags.MANAGED_BY, Tags.MANAGER));
    }

    public static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    public static Map<String, String> map(Collection<Tag> tags) {
        Map<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }

    protected final TagSpecification tagged(ResourceType type) {
        return TagSpecification.builder().resourceType(type).tags(asTags()).build();
    }

    protected final List<FieldChange> compareTags(Collection<Tag> observed) {
        return Tags.compare(map(observed), tags);
    }

    protected final void updateTags(String objectId) {
        aws.call(
                "ec2:CreateTags",
                () -> aws.clients().ec2().createTags(r -> r.resources(objectId).tags(asTags())));
    }

    private List<Tag> asTags() {
        return tags.entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }
}
