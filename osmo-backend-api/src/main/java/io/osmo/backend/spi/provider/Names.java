// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Names of cloud objects that are derived from the backend's name and thus the same in every run. */
public final class Names {
    private static final int HASH = 8;

    private Names() {}

    /** The name as it is, or, when it is too long, its beginning and a hash of the whole. */
    public static String shortened(String name, int limit) {
        if (name.length() <= limit) {
            return name;
        }
        String hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, HASH);
        return name.substring(0, limit - HASH - 1) + "-" + hash;
    }

    /** A UUID that is the same for the same parts, in whatever case they are. */
    public static String uuid(String... parts) {
        return UUID.nameUUIDFromBytes(
                        String.join("\n", parts).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Some hexadecimal digits, at most 32, the same for the same parts, in whatever case they are. */
    public static String hash(int digits, String... parts) {
        return uuid(parts).replace("-", "").substring(0, digits);
    }
}
