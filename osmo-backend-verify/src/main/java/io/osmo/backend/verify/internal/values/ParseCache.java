// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import com.fasterxml.jackson.databind.util.LRUMap;
import java.util.function.Function;

/**
 * What texts mean that a large cluster repeats by the thousand, such as the requests of its pods. Bounded, so that a host which runs
 * for months does not fill up with what clusters write; any thread may use it.
 */
final class ParseCache<T> {
    private static final int MOST = 1_000;

    private final LRUMap<String, T> known = new LRUMap<>(16, MOST);
    private final Function<String, T> parse;

    ParseCache(Function<String, T> parse) {
        this.parse = parse;
    }

    T of(String text) {
        T before = known.get(text);
        if (before != null) {
            return before;
        }
        T parsed = parse.apply(text);
        known.put(text, parsed);
        return parsed;
    }
}
