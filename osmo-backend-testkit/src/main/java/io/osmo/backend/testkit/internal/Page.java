// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next token of the next page, null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /**
     * @param max maximum number of items that the caller requested; null if it did not say
     * @param token where to continue; null for the first page
     * @param limit maximum number of items that the service returns
     */
    public static <T> Page<T> of(List<T> all, @Nullable Integer max, @Nullable String token, int limit) {
        int from = token == null ? 0 : offset(token);
        int size = max == null ? limit : Math.min(max, limit);
        int to = Math.min(all.size(), from + size);
        return new Page<>(all.subList(Math.min(from, to), to), to < all.size() ? token(to) : null);
    }

    public boolean truncated() {
        return next != null;
    }

    private static String token(int offset) {
        return Base64.getEncoder().encodeToString(("page:" + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String token) {
        String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        if (!text.startsWith("page:")) {
            throw new IllegalArgumentException("not a token of this service: " + token);
        }
        return Integer.parseInt(text.substring("page:".length()));
    }
}
