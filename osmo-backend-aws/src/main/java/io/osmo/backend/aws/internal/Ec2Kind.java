// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.Reading;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * A kind of objects in EC2: how they are listed and identified. Tags show which backend they belong to.
 *
 * @param operation the call that lists them
 * @param list makes that call
 * @param idFilter name of its filter by EC2's id, such as {@code vpc-id}
 * @param id EC2's id of an object
 * @param age orders them, the oldest first
 */
public record Ec2Kind<O>(
        Class<O> type,
        String operation,
        BiFunction<Ec2Client, List<Filter>, List<O>> list,
        String idFilter,
        Function<O, String> id,
        Function<O, List<Tag>> tags,
        Comparator<O> age) {
    /** A kind of objects without a creation time: the smallest id counts as the oldest. */
    public Ec2Kind(
            Class<O> type,
            String operation,
            BiFunction<Ec2Client, List<Filter>, List<O>> list,
            String idFilter,
            Function<O, String> id,
            Function<O, List<Tag>> tags) {
        this(type, operation, list, idFilter, id, tags, Comparator.comparing(id));
    }

    /** The same kind, ordered by the time of creation. */
    public Ec2Kind<O> created(Function<O, Instant> time) {
        Comparator<O> byTime = Comparator.comparing(time, Comparator.nullsFirst(Comparator.naturalOrder()));
        return new Ec2Kind<>(type, operation, list, idFilter, id, tags, byTime.thenComparing(id));
    }

    public List<O> list(AwsContext context, List<Filter> filters) {
        return context.call(operation, () -> list.apply(context.ec2(), filters));
    }

    /** Reads all objects of this kind that belong to the backend, with one call. */
    public CompletableFuture<Reading> ours(AwsContext context) {
        return context.scheduler()
                .call(() -> list(context, ours(context.ownership())))
                .thenApply(found -> sort(context, found));
    }

    /** Assigns objects to the backend's resources. */
    public Reading sort(AwsContext context, Collection<O> objects) {
        return Reading.owned(objects, object -> resource(context, object), age);
    }

    /** The backend's resource that an object is; empty if it is not the backend's. */
    public Optional<ResourceId> resource(AwsContext context, O object) {
        return context.ownership().idOf(map(tags.apply(object)));
    }

    /** An object that is where a resource of the backend would be: the backend's if its tags say so, else foreign. */
    public Observed<O> observed(AwsContext context, ResourceId id, O object) {
        return resource(context, object).filter(id::equals).isPresent()
                ? Observed.ours(object)
                : Observed.foreign(object);
    }

    /** Filters that find everything of one backend. */
    public static List<Filter> ours(Ownership ownership) {
        return List.of(
                filter("tag:" + Ownership.BACKEND, ownership.backend()),
                filter("tag:" + Ownership.MANAGED_BY, Ownership.MANAGER));
    }

    public static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    public static Map<String, String> map(Collection<Tag> tags) {
        Map<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }
}
