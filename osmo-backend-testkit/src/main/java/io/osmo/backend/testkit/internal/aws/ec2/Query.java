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
import java.util.function.Predicate;
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
        Predicate<T> condition =
                filters.stream().map(this::condition).reduce(Predicate::and).orElse(row -> true);
        List<T> matching = table.select(ids).stream().filter(condition).toList();
        return Page.of(matching, max, token, ec2.account.pageSize());
    }

    private Predicate<T> condition(Filter filter) {
        Function<T, Collection<@Nullable String>> values = values(filter.name());
        Predicate<String> wanted = filter.values().stream()
                .map(Query::wildcard)
                .reduce(Predicate::or)
                .orElse(value -> false);
        return row -> values.apply(row).stream().anyMatch(value -> value != null && wanted.test(value));
    }

    private Function<T, Collection<@Nullable String>> values(String filter) {
        if (filter.startsWith("tag:")) {
            String key = filter.substring("tag:".length());
            return row -> Collections.singletonList(tags(row).get(key));
        }
        if (filter.equals("tag-key")) {
            return row -> List.copyOf(tags(row).keySet());
        }
        Function<T, Collection<@Nullable String>> attribute = attributes.get(filter);
        if (attribute == null) {
            throw Ec2Errors.of("InvalidParameterValue", "The filter '" + filter + "' is invalid");
        }
        return attribute;
    }

    private Map<String, String> tags(T row) {
        return ec2.tags.all(id.apply(row));
    }

    static Predicate<String> wildcard(String value) {
        if (value.indexOf('*') < 0 && value.indexOf('?') < 0) {
            return value::equals;
        }
        String regex = Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(regex, Pattern.DOTALL).asMatchPredicate();
    }
}
