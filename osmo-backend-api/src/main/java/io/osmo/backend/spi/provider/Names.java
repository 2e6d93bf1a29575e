// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Derives names of cloud objects from the name of the backend, the same in every run. */
public final class Names {
    private static final int HASH = 8;

    private Names() {}

    /** The name, or if it is longer than the limit, its beginning and a hash of the whole name. */
    public static String shortened(String name, int limit) {
        if (name.length() <= limit) {
            return name;
        }
        String hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, HASH);
        return name.substring(0, limit - HASH - 1) + "-" + hash;
    }

    /** A UUID derived from the parts; case is ignored. */
    public static String uuid(String... parts) {
        return UUID.nameUUIDFromBytes(
                        String.join("\n", parts).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Up to 32 hexadecimal digits derived from the parts; case is ignored. */
    public static String hash(int digits, String... parts) {
        return uuid(parts).replace("-", "").substring(0, digits);
    }
}
