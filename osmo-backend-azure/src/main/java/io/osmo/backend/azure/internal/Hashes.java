// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Names and ids that are derived from what they stand for, and thus the same in every run. */
public final class Names {
    private Names() {}

    /** A UUID that is the same for the same parts. */
    public static String uuid(String... parts) {
        return UUID.nameUUIDFromBytes(
                        String.join("\n", parts).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** So many hexadecimal digits, the same for the same parts. */
    public static String hash(int digits, String... parts) {
        return uuid(parts).replace("-", "").substring(0, digits);
    }

    /** The name as it is, or, when it is too long, its beginning and a hash of the whole. */
    public static String shortened(String name, int limit) {
        int digits = 8;
        return name.length() <= limit ? name : name.substring(0, limit - digits - 1) + "-" + hash(digits, name);
    }
}
