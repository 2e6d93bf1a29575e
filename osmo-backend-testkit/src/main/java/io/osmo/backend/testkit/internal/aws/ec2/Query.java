// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.Table;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.*;

/** How EC2 lists objects of one kind: by ids, by filters with wildcards, by tags, in pages. */
final class Query<T> {
    private final Ec2 ec2;
    private final Function<T, String> id;
    private final Map<String, Function<T, Collection<@Nullable String>>> attributes = new HashMap<>();

    Query(Ec2 ec2, String idFilter, Function<T, String> id) {
        this.ec2 = ec2;
        this.id = id;
        attribute(idFilter, id);
    }

    Query<T> attribute(String filter, Function<T, @Nullable String> value) {
        return attributes(filter, row -> Collections.singletonList(value.apply(row)));
    }

    Query<T> attributes(String filter, Function<T, Collection<@Nullable String>> values) {
        attributes.put(filter, values);
        return this;
    }

    Page<T> page(
            Table<T> table, List<String> ids, List<Filter> filters, @Nullable Integer max, @Nullable String token) {
        List<T> matching = table.select(ids).stream()
                .filter(row -> filters.stream().allMatch(filter -> matches(row, filter)))
                .toList();
        return Page.of(matching, max, token, ec2.account.pageSize());
    }

    private boolean matches(T row, Filter filter) {
        Collection<@Nullable String> present = values(row, filter.name());
        return filter.values().stream()
                .map(Query::wildcard)
                .anyMatch(wanted -> present.stream()
                        .anyMatch(
                                value -> value != null && wanted.matcher(value).matches()));
    }

    private Collection<@Nullable String> values(T row, String filter) {
        Map<String, String> tags = ec2.tags.all(id.apply(row));
        if (filter.startsWith("tag:")) {
            return Collections.singletonList(tags.get(filter.substring("tag:".length())));
        }
        if (filter.equals("tag-key")) {
            return List.copyOf(tags.keySet());
        }
        Function<T, Collection<@Nullable String>> attribute = attributes.get(filter);
        if (attribute == null) {
            throw Ec2Errors.of("InvalidParameterValue", "The filter '" + filter + "' is invalid");
        }
        return attribute.apply(row);
    }

    private static Pattern wildcard(String value) {
        return Pattern.compile(Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL);
    }
}
