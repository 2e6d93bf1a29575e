// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import java.util.Collection;

/** Availability zones in texts. */
public final class Zones {
    private Zones() {}

    /** Such as {@code zone 3} or {@code zones 1, 2}; zones are numbers, so the word is needed. */
    public static String text(Collection<String> zones) {
        return (zones.size() == 1 ? "zone " : "zones ") + String.join(", ", zones);
    }
}
