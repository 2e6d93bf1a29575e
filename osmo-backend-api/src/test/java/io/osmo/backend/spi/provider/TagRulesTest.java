// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spi.provider.TagRules.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TagRulesTest {
    private static final Text KEY =
            new Text(10, Pattern.compile("[A-Za-z:-]+"), "letters, colons and hyphens", List.of("aws:"));
    private static final Text VALUE = new Text(5, Pattern.compile("[a-z]*"), "lower case letters", List.of());
    private static final TagRules RULES = new TagRules("tags", KEY, VALUE, true, 2);

    private static List<String> broken(TagRules rules, Map<String, String> tags) {
        return rules.check(tags).stream().map(Violation::toString).toList();
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_path() {
        assertThat(broken(RULES, Map.of("AWS:x", "a", "a key", "b", "owner", "LOUD", "much-too-long", "toolong")))
                .containsExactly(
                        "tags (CP-1): given 4 tags; allowed: at most 2 as tags, in addition to those that every resource gets."
                                + " Remove 2.",
                        "tags[\"AWS:x\"] (CP-1): given key AWS:x; allowed: for tags a key that does not begin with aws:,"
                                + " in whatever case. Choose another key: that beginning is reserved.",
                        "tags[\"a key\"] (CP-1): given key a key; allowed: for tags a key of letters, colons and hyphens."
                                + " Change the key.",
                        "tags.much-too-long (CP-1): given key much-too-long; allowed: a key of at most 10 characters for"
                                + " tags. Shorten the key.",
                        "tags.much-too-long (CP-1): given value toolong; allowed: a value of at most 5 characters for"
                                + " tags. Shorten the value.",
                        "tags.owner (CP-1): given value LOUD; allowed: for tags a value of lower case letters. Change the"
                                + " value.");
    }

    @Test
    void keys_that_fold_together_are_refused_whatever_their_order() {
        assertThat(broken(RULES, Map.of("owner", "a", "Owner", "b")))
                .containsExactly("tags.owner (CP-1): given keys Owner and owner; allowed: keys that differ as tags too;"
                        + " both are owner. Remove one of them, or rename it.");
        assertThat(broken(new TagRules("tags", KEY, VALUE, false, 2), Map.of("owner", "a", "Owner", "b")))
                .isEmpty();
    }

    @Test
    void a_key_that_becomes_one_of_ours_is_refused() {
        assertThat(broken(RULES, Map.of("OSMO-x", "a")))
                .singleElement()
                .asString()
                .contains("does not begin with osmo-");
    }

    @Test
    void rules_hold_for_what_the_cloud_gets_to_see() {
        TagRules labels = new TagRules("labels", KEY, VALUE, text -> text.toLowerCase(Locale.ROOT), false, 2);

        assertThat(broken(labels, Map.of("Team", "LOUD"))).isEmpty();
        assertThat(broken(labels, Map.of("Team", "a", "team", "a"))).hasSize(1);
    }
}
