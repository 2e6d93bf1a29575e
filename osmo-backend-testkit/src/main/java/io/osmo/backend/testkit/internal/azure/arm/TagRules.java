// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What Azure refuses about tags: learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations. */
public final class TagRules {
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 512;
    private static final int LONGEST_VALUE = 256;
    private static final List<String> RESERVED = List.of("microsoft", "azure", "windows");

    private TagRules() {}

    static void check(JsonNode tags) {
        check(tags, MOST, LONGEST_NAME);
    }

    /**
     * Checks tags by the limits of one service.
     *
     * @param most tags that a resource may have
     * @param longest characters of a name
     */
    public static void check(JsonNode tags, int most, int longest) {
        Map<String, String> all = Json.map(tags);
        if (all.size() > most) {
            throw ArmError.badRequest(
                    "TooManyTags", "The resource has " + all.size() + " tags; at most " + most + " are allowed.");
        }
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.forEach((key, value) -> {
            checkName(key, longest);
            if (!names.add(key)) {
                throw ArmError.badRequest(
                        "InvalidRequestContent",
                        "The request content was invalid: the tag '" + key + "' is given twice. Names of tags are"
                                + " case-insensitive.");
            }
            if (value.length() > LONGEST_VALUE) {
                throw ArmError.badRequest(
                        "InvalidTagValueLength",
                        "The value of tag '" + key + "' is longer than " + LONGEST_VALUE + " characters.");
            }
        });
    }

    private static void checkName(String key, int longest) {
        if (key.isEmpty() || key.length() > longest) {
            throw ArmError.badRequest(
                    "InvalidTagNameLength",
                    "The name of the tag '" + key + "' must have 1 to " + longest + " characters.");
        }
        if (key.matches(".*[<>%&\\\\?/].*") || key.chars().anyMatch(Character::isISOControl)) {
            throw ArmError.badRequest(
                    "InvalidTagNameCharacters",
                    "The tag names '" + key + "' have reserved characters '<,>,%,&,\\,?,/' or control characters.");
        }
        String lower = key.toLowerCase(Locale.ROOT);
        if (RESERVED.stream().anyMatch(lower::startsWith)) {
            throw ArmError.badRequest(
                    "ReservedTagNamePrefix",
                    "The tag name '" + key + "' begins with one of the reserved prefixes " + RESERVED + ".");
        }
    }
}
