// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import com.fasterxml.jackson.databind.util.LRUMap;
import java.util.function.Function;

/**
 * A bounded cache of parsed texts. A large cluster repeats the same ones by the thousand, such as the requests of its pods. Safe for
 * concurrent use.
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
