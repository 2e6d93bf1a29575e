// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Objects of one kind by id, oldest first, with the service's own refusal of an unknown id. */
final class Table<T> {
    private final Map<String, T> rows = new LinkedHashMap<>();
    private final Function<String, RuntimeException> notFound;

    Table(Function<String, RuntimeException> notFound) {
        this.notFound = notFound;
    }

    T get(String id) {
        return find(id).orElseThrow(() -> notFound.apply(id));
    }

    Optional<T> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    boolean has(String id) {
        return rows.containsKey(id);
    }

    T put(String id, T row) {
        rows.put(id, row);
        return row;
    }

    T computeIfAbsent(String id, Supplier<T> row) {
        return rows.computeIfAbsent(id, key -> row.get());
    }

    /** Changes a row that must exist. */
    T update(String id, UnaryOperator<T> change) {
        return put(id, change.apply(get(id)));
    }

    /** Changes a row if it is still there: for what happens later by itself. */
    void updateIfPresent(String id, UnaryOperator<T> change) {
        rows.computeIfPresent(id, (key, row) -> change.apply(row));
    }

    void remove(String id) {
        rows.remove(id);
    }

    int size() {
        return rows.size();
    }

    /** A copy, so that rows may be removed while it is walked. */
    List<T> all() {
        return List.copyOf(rows.values());
    }

    Stream<T> where(Predicate<? super T> condition) {
        return all().stream().filter(condition);
    }

    boolean any(Predicate<? super T> condition) {
        return rows.values().stream().anyMatch(condition);
    }

    /** Rows with these ids, refused when one is unknown; all rows when no id is given. */
    List<T> select(List<String> ids) {
        return ids.isEmpty() ? all() : ids.stream().map(this::get).toList();
    }
}
