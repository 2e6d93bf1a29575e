// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import java.util.HexFormat;

/** Ids that are the same in every run of the same calls: the SplitMix64 sequence of a seed. Not safe for concurrent use. */
public final class Ids {
    private final long seed;
    private long count;

    public Ids(long seed) {
        this.seed = seed;
    }

    /** Hexadecimal digits. */
    public String hex(int digits) {
        StringBuilder text = new StringBuilder();
        while (text.length() < digits) {
            long z = seed + ++count * 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            text.append(HexFormat.of().toHexDigits(z ^ (z >>> 31)));
        }
        return text.substring(0, digits);
    }

    /** A random UUID in form. */
    public String uuid() {
        String h = hex(32);
        return h.substring(0, 8) + "-" + h.substring(8, 12) + "-4" + h.substring(13, 16) + "-a" + h.substring(17, 20)
                + "-" + h.substring(20);
    }
}
