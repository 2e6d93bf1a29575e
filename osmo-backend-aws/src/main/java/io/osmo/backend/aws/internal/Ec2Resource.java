// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
public abstract class Ec2Resource<O> extends AwsResource<O> implements Resource<O> {
    private final Ec2Kind<O> kind;
    private final Map<String, String> more;
    private final @Nullable String known;

    /**
     * @param more tags in addition to name and ownership
     * @param known EC2's id of the object; null to find it by its tags
     */
    protected Ec2Resource(
            AwsContext context,
            Ec2Kind<O> kind,
            ResourceId id,
            Set<ResourceId> after,
            Timing timing,
            String description,
            Map<String, String> more,
            @Nullable String known) {
        super(context, id, kind.type(), after, timing, description);
        this.kind = kind;
        this.more = more;
        this.known = known;
    }

    protected Ec2Resource(
            AwsContext context,
            Ec2Kind<O> kind,
            ResourceId id,
            Set<ResourceId> after,
            String description,
            @Nullable String known) {
        this(context, kind, id, after, Timing.quick(), description, Map.of(), known);
    }

    /** EC2's id of the object; empty if it is found by its tags. */
    protected final Optional<String> known() {
        return Optional.ofNullable(known);
    }

    @Override
    public final String cloudId() {
        return known().orElseGet(super::cloudId);
    }

    /** All objects that are this one: more than one when a response was lost. Not every emulator heeds every filter. */
    protected final List<O> list() {
        if (known != null) {
            return kind.list(context, List.of(Ec2Kind.filter(kind.idFilter(), known)));
        }
        List<Filter> filters = new ArrayList<>(Ec2Kind.ours(context.ownership()));
        filters.add(Ec2Kind.filter("tag:" + Ownership.RESOURCE, id().toString()));
        return kind.list(context, filters).stream()
                .filter(found -> kind.resource(context, found).equals(Optional.of(id())))
                .toList();
    }

    @Override
    public Optional<O> read(State state) {
        return list().stream().min(kind.age());
    }

    @Override
    protected final Map<String, String> tags() {
        return named(more);
    }

    protected final TagSpecification tagged(ResourceType type) {
        return TagSpecification.builder().resourceType(type).tags(asTags()).build();
    }

    private List<Tag> asTags() {
        return tags().entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    @Override
    public List<FieldChange> compare(O observed, State state) {
        return compareTags(Ec2Kind.map(kind.tags().apply(observed)));
    }

    @Override
    public void update(O observed, List<FieldChange> changes, State state) {
        context.call(
                "ec2:CreateTags",
                () -> context.ec2()
                        .createTags(r -> r.resources(kind.id().apply(observed)).tags(asTags())));
    }
}
