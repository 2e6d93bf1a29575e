// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

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
public final class Table<T> {
    private final Map<String, T> rows = new LinkedHashMap<>();
    private final Function<String, RuntimeException> notFound;

    public Table(Function<String, RuntimeException> notFound) {
        this.notFound = notFound;
    }

    public T get(String id) {
        return find(id).orElseThrow(() -> notFound.apply(id));
    }

    public Optional<T> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    public boolean has(String id) {
        return rows.containsKey(id);
    }

    public T put(String id, T row) {
        rows.put(id, row);
        return row;
    }

    public T computeIfAbsent(String id, Supplier<T> row) {
        return rows.computeIfAbsent(id, key -> row.get());
    }

    /** Changes a row that must exist. */
    public T update(String id, UnaryOperator<T> change) {
        return put(id, change.apply(get(id)));
    }

    /** Changes a row if it is still there: for what happens later by itself. */
    public void updateIfPresent(String id, UnaryOperator<T> change) {
        rows.computeIfPresent(id, (key, row) -> change.apply(row));
    }

    public void remove(String id) {
        rows.remove(id);
    }

    public int size() {
        return rows.size();
    }

    /** A copy, so that rows may be removed while it is walked. */
    public List<T> all() {
        return List.copyOf(rows.values());
    }

    public Stream<T> where(Predicate<? super T> condition) {
        return all().stream().filter(condition);
    }

    public boolean any(Predicate<? super T> condition) {
        return rows.values().stream().anyMatch(condition);
    }

    /** Rows with these ids, refused when one is unknown; all rows when no id is given. */
    public List<T> select(List<String> ids) {
        return ids.isEmpty() ? all() : ids.stream().map(this::get).toList();
    }
}
