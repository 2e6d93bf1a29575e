// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

/** Paths of the entries of maps, such as {@code tags.team} and {@code tags["cost center"]}. */
public final class EntryPath {
    private static final int LONGEST = 80;

    private EntryPath() {}

    /** Path of one entry: {@code map.key}, or {@code map["a/b"]} where a dot would mislead. */
    public static String of(String map, String key) {
        return map
                + (key.length() <= LONGEST && key.matches("[A-Za-z0-9_-]+")
                        ? "." + key
                        : "[" + Problems.show(key) + "]");
    }
}
