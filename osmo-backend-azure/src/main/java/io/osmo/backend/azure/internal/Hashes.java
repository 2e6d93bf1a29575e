// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Hashes and ids that are derived from what they stand for, and thus the same in every run. */
public final class Hashes {
    private Hashes() {}

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
}
