// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;

/** How EC2 lists objects of one kind: by ids, by filters with wildcards, by tags, in pages. */
final class Ec2Query<T> {
    private final AwsRegion region;
    private final Function<T, String> id;
    private final Map<String, Function<T, Collection<@Nullable String>>> attributes = new HashMap<>();

    Ec2Query(AwsRegion region, String idFilter, Function<T, String> id) {
        this.region = region;
        this.id = id;
        attribute(idFilter, id);
    }

    Ec2Query<T> attribute(String filter, Function<T, @Nullable String> value) {
        return attributes(filter, row -> java.util.Collections.singletonList(value.apply(row)));
    }

    Ec2Query<T> attributes(String filter, Function<T, Collection<@Nullable String>> values) {
        attributes.put(filter, values);
        return this;
    }

    Page<T> page(
            Table<T> table, List<String> ids, List<Filter> filters, @Nullable Integer max, @Nullable String token) {
        List<T> matching = table.select(ids).stream()
                .filter(row -> filters.stream().allMatch(filter -> matches(row, filter)))
                .toList();
        return Page.of(matching, max, token, region.account.pageSize());
    }

    private boolean matches(T row, Filter filter) {
        Collection<@Nullable String> held = held(row, filter.name());
        return filter.values().stream()
                .map(Ec2Query::wildcard)
                .anyMatch(wanted -> held.stream()
                        .anyMatch(
                                value -> value != null && wanted.matcher(value).matches()));
    }

    private Collection<@Nullable String> held(T row, String filter) {
        Map<String, String> tags = region.ec2Tags.getOrDefault(id.apply(row), Map.of());
        if (filter.startsWith("tag:")) {
            return java.util.Collections.singletonList(tags.get(filter.substring("tag:".length())));
        }
        if (filter.equals("tag-key")) {
            return List.copyOf(tags.keySet());
        }
        Function<T, Collection<@Nullable String>> attribute = attributes.get(filter);
        if (attribute == null) {
            throw AwsErrors.ec2("InvalidParameterValue", "The filter '" + filter + "' is invalid");
        }
        return attribute.apply(row);
    }

    private static Pattern wildcard(String value) {
        return Pattern.compile(Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL);
    }
}
