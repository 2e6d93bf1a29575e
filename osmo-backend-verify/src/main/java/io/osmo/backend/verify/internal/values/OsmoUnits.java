// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import java.util.regex.Pattern;

/** The quantities that OSMO's service can read; Kubernetes knows more of them. */
public final class OsmoUnits {
    private static final Pattern READABLE = Pattern.compile("\\d+(\\.\\d+)?([TGMK]i?B?|B|m)?");

    private OsmoUnits() {}

    /** Whether OSMO reads it: {@code T G M K}, with or without {@code i} and {@code B}, {@code m}, or nothing. */
    public static boolean readable(String quantity) {
        return READABLE.matcher(quantity).matches();
    }
}
