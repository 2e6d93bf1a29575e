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
import org.jspecify.annotations.Nullable;

/** Objects of one kind by id, oldest first. An unknown id is refused as the service does. Not safe for concurrent use. */
public final class Table<T> {
    private final Map<String, T> rows = new LinkedHashMap<>();
    private final Function<String, RuntimeException> notFound;
    /** All rows, null after a change. */
    private @Nullable List<T> copy;

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
        copy = null;
        rows.put(id, row);
        return row;
    }

    public T computeIfAbsent(String id, Supplier<T> row) {
        copy = null;
        return rows.computeIfAbsent(id, key -> row.get());
    }

    /** Changes a row that must exist. */
    public T update(String id, UnaryOperator<T> change) {
        return put(id, change.apply(get(id)));
    }

    /** Changes a row if it still exists. */
    public void updateIfPresent(String id, UnaryOperator<T> change) {
        copy = null;
        rows.computeIfPresent(id, (key, row) -> change.apply(row));
    }

    public void remove(String id) {
        copy = null;
        rows.remove(id);
    }

    public int size() {
        return rows.size();
    }

    /** A copy, so that rows may change while it is walked. */
    public List<T> all() {
        List<T> known = copy;
        if (known == null) {
            known = List.copyOf(rows.values());
            copy = known;
        }
        return known;
    }

    public Stream<T> where(Predicate<? super T> condition) {
        return all().stream().filter(condition);
    }

    public boolean any(Predicate<? super T> condition) {
        return rows.values().stream().anyMatch(condition);
    }

    /** Rows with these ids; all rows if there are no ids. */
    public List<T> select(List<String> ids) {
        return ids.isEmpty() ? all() : ids.stream().map(this::get).toList();
    }
}
