// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParseCacheTest {
    private final List<String> parsed = new ArrayList<>();
    private final ParseCache<Integer> memo = new ParseCache<>(text -> {
        parsed.add(text);
        return Integer.valueOf(text);
    });

    @Test
    void a_known_text_is_not_parsed_again() {
        assertThat(memo.of("7")).isEqualTo(7);
        assertThat(memo.of("7")).isEqualTo(7);
        assertThat(parsed).containsExactly("7");
    }

    @Test
    void old_entries_are_dropped() {
        for (int i = 0; i < 2_000; i++) {
            memo.of(String.valueOf(i));
        }
        parsed.clear();

        assertThat(memo.of("1999")).isEqualTo(1_999);
        assertThat(memo.of("0")).isEqualTo(0);
        assertThat(parsed).containsExactly("0");
    }
}
