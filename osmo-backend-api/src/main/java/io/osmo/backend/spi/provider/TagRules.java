// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The rules of one cloud for tags, or for the labels that it has instead. A provider checks them before a plan is made; otherwise an
 * apply would fail half-way. Immutable.
 *
 * @param kind name of the tags in messages, such as {@code AWS tags}
 * @param spelling converts a key or a value of the spec to the spelling of the cloud; the identity if it is the same
 * @param foldsCase whether the cloud, or one of its services, treats keys that differ only in case as one key
 * @param most how many tags the spec may have, in addition to those that this library and the cloud's services add
 */
public record TagRules(String kind, Text key, Text value, UnaryOperator<String> spelling, boolean foldsCase, int most) {
    /** Beginning of the keys of {@link Ownership}. */
    private static final String OURS = "osmo-";

    /**
     * The rules for a key or a value.
     *
     * @param longest maximum length in Unicode characters
     * @param pattern what the whole text must match
     * @param allowed the same in words, such as {@code letters, digits, spaces and _ . : / = + - @}
     * @param reserved prefixes that the cloud or its services reserve; case is ignored
     */
    public record Text(int longest, Pattern pattern, String allowed, List<String> reserved) {
        public Text {
            reserved = List.copyOf(reserved);
        }
    }

    /** The rules of a cloud that does not change the spelling of tags. */
    public TagRules(String kind, Text key, Text value, boolean foldsCase, int most) {
        this(kind, key, value, UnaryOperator.identity(), foldsCase, most);
    }

    /** Everything that is wrong with the tags of a spec, with paths such as {@code tags.team}, in the order of the keys. */
    public List<Violation> check(Map<String, String> tags) {
        List<Violation> violations = new ArrayList<>();
        if (tags.size() > most) {
            violations.add(Requirement.CP_1.violation(
                    "tags",
                    tags.size() + " tags",
                    "at most " + most + " as " + kind + ", in addition to those that every resource gets",
                    "Remove " + (tags.size() - most) + "."));
        }
        Map<String, String> folded = new TreeMap<>();
        new TreeMap<>(tags).forEach((tag, text) -> {
            String path = SpecPaths.tag(tag);
            check(path, "key", key, tag, violations);
            check(path, "value", value, text, violations);
            String first = folded.putIfAbsent(fold(tag), tag);
            if (first != null) {
                violations.add(Requirement.CP_1.violation(
                        path,
                        "keys " + first + " and " + tag,
                        "keys that differ as " + kind + " too; both are " + fold(tag),
                        "Remove one of them, or rename it."));
            }
        });
        return violations;
    }

    private void check(String path, String part, Text rule, String given, List<Violation> violations) {
        String text = spelling.apply(given);
        boolean key = part.equals("key");
        String shown = part + " " + (given.isEmpty() ? "without characters" : given);
        if (text.codePointCount(0, text.length()) > rule.longest()) {
            violations.add(Requirement.CP_1.violation(
                    path,
                    shown,
                    "a " + part + " of at most " + rule.longest() + " characters for " + kind,
                    "Shorten the " + part + "."));
        }
        if (!rule.pattern().matcher(text).matches()) {
            violations.add(Requirement.CP_1.violation(
                    path, shown, "for " + kind + " a " + part + " of " + rule.allowed(), "Change the " + part + "."));
        }
        String folded = text.toLowerCase(Locale.ROOT);
        List<String> reserved = new ArrayList<>(rule.reserved());
        if (key) {
            reserved.add(OURS);
        }
        reserved.stream()
                .filter(prefix -> folded.startsWith(prefix.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(prefix -> violations.add(Requirement.CP_1.violation(
                        path,
                        shown,
                        "for " + kind + " a " + part + " that does not begin with " + prefix + ", in whatever case",
                        "Choose another " + part + ": that beginning is reserved.")));
    }

    private String fold(String tag) {
        String spelled = spelling.apply(tag);
        return foldsCase ? spelled.toLowerCase(Locale.ROOT) : spelled;
    }
}
