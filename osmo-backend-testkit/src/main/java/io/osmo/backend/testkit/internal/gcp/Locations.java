// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Regions and zones. */
public final class Locations {
    /** Letters of the zones by region. */
    private static final Map<String, String> ZONES = new TreeMap<>(Map.of(
            "us-central1", "abcf",
            "us-east1", "bcd",
            "us-east4", "abc",
            "us-west1", "abc",
            "us-west4", "abc",
            "europe-west4", "abc",
            "asia-southeast1", "abc"));

    private Locations() {}

    public static Set<String> regions() {
        return ZONES.keySet();
    }

    public static boolean isRegion(String name) {
        return ZONES.containsKey(name);
    }

    public static boolean isZone(String name) {
        return name.length() > 2 && zones(withoutLetter(name)).contains(name);
    }

    /** The zones of a region; none if it does not exist. */
    public static List<String> zones(String region) {
        return ZONES.getOrDefault(region, "")
                .chars()
                .mapToObj(letter -> region + "-" + (char) letter)
                .toList();
    }

    /** The region of a zone; a region itself. */
    public static String regionOf(String location) {
        return isZone(location) ? withoutLetter(location) : location;
    }

    private static String withoutLetter(String zone) {
        return zone.substring(0, zone.length() - 2);
    }
}
