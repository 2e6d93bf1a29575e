// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.util.Map;
import java.util.TreeMap;

/**
 * The permissions of the caller, as the cloud states them.
 *
 * @param caller the identity that has them, and where, as the end of a sentence
 * @param denied actions that are not allowed, each with what denies it; the text is empty if nothing allows it
 * @param undecided actions for which the cloud gives no answer, each with the reason
 */
public record Grants(String caller, Map<String, String> denied, Map<String, String> undecided) {
    public Grants {
        denied = Map.copyOf(new TreeMap<>(denied));
        undecided = Map.copyOf(new TreeMap<>(undecided));
    }
}
