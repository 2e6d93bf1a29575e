// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.TagRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Converts tags of a spec to labels. Labels are lower case, so tags are lowercased; any other invalid label is refused. See <a
 * href="https://docs.cloud.google.com/compute/docs/labeling-resources#requirements">requirements for labels</a>.
 */
public final class Labels {
    /** A resource can have 64 labels; this library adds up to five, and GKE adds some to machines. */
    private static final int MOST = 50;

    private static final int LONGEST = 63;

    private static final TagRules RULES = new TagRules(
            "labels of Google Cloud",
            new TagRules.Text(
                    LONGEST,
                    Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]*"),
                    "letters, digits, _ and - that begins with a letter",
                    List.of("goog")),
            new TagRules.Text(
                    LONGEST, Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]*"), "letters, digits, _ and -", List.of()),
            Labels::label,
            true,
            MOST);

    private Labels() {}

    static Map<String, String> of(Map<String, String> tags) {
        Map<String, String> labels = new TreeMap<>();
        new TreeMap<>(tags).forEach((key, value) -> labels.put(label(key), label(value)));
        return labels;
    }

    private static String label(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Each tag that cannot become a label. */
    public static List<Violation> validate(BackendSpec spec) {
        return RULES.check(spec.tags());
    }
}
