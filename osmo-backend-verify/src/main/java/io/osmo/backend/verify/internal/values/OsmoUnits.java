// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import java.util.regex.Pattern;

/** The quantities that the OSMO service can parse; Kubernetes accepts more. */
public final class OsmoUnits {
    private static final Pattern READABLE = Pattern.compile("\\d+(\\.\\d+)?([TGMK]i?B?|B|m)?");

    private OsmoUnits() {}

    /** Whether OSMO can parse it: {@code T G M K}, with or without {@code i} and {@code B}, {@code m}, or no unit. */
    public static boolean readable(String quantity) {
        return READABLE.matcher(quantity).matches();
    }
}
