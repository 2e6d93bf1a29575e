// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import java.util.Map;
import java.util.regex.Pattern;

/** What Google Cloud allows as labels of its resources. */
public final class ResourceLabels {
    private static final Pattern KEY = Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
    private static final Pattern VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");
    private static final int MOST = 64;

    private ResourceLabels() {}

    /** @param field in which the labels are, as refusals name it */
    public static void check(String field, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                throw GcpError.invalid("Invalid field '" + field + "': label \"" + key + "=" + value
                        + "\" may hold lowercase letters, digits, - and _ only.");
            }
            if (key.startsWith("goog")) {
                throw GcpError.invalid(
                        "Invalid field '" + field + "': label keys with the prefix \"goog\" are reserved: " + key);
            }
        });
        if (labels.size() > MOST) {
            throw GcpError.invalid("Invalid field '" + field + "': at most " + MOST + " labels.");
        }
    }
}
