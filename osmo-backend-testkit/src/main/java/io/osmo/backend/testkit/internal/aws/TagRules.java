// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What all services refuse of tags that callers give; those that services add themselves are not asked about.
 *
 * @see <a href="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html">AWS: tag naming limits</a>
 */
public final class TagRules {
    /** Beginning of keys that only AWS sets, which do not count. */
    public static final String RESERVED = "aws:";

    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private TagRules() {}

    /**
     * @param added tags of the request
     * @param all tags that the resource has then
     * @param invalid the service's refusal of a key or a value
     * @param tooMany the service's refusal of the number
     */
    public static void check(
            Map<String, String> added,
            Map<String, String> all,
            Function<String, RuntimeException> invalid,
            Function<String, RuntimeException> tooMany) {
        added.forEach((key, value) -> {
            if (key.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
                throw invalid.apply("Tag keys starting with 'aws:' are reserved for internal use: " + key);
            }
            if (key.isEmpty() || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
                throw invalid.apply("Tag key or value has an invalid length: " + key);
            }
        });
        long counted =
                all.keySet().stream().filter(key -> !key.startsWith(RESERVED)).count();
        if (counted > MOST) {
            throw tooMany.apply("The maximum number of tags for a resource has been reached: " + MOST);
        }
    }
}
