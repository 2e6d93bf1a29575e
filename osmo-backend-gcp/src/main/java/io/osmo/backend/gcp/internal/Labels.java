// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tags of a spec in the alphabet of labels: lower case letters, digits, hyphens and underscores, at most 63 of them. See <a
 * href="https://cloud.google.com/compute/docs/labeling-resources#requirements">requirements for labels</a>.
 */
final class Labels {
    private static final int MAX_LENGTH = 63;

    private Labels() {}

    static Map<String, String> of(Map<String, String> tags) {
        Map<String, String> labels = new TreeMap<>();
        new TreeMap<>(tags).forEach((key, value) -> labels.put(label(key), label(value)));
        return labels;
    }

    private static String label(String text) {
        String folded = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        return folded.length() <= MAX_LENGTH ? folded : folded.substring(0, MAX_LENGTH);
    }
}
