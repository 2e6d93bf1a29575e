// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a cloud says that its caller may do.
 *
 * @param caller whose rights these are, and where, as the end of a sentence
 * @param denied actions that are not allowed, each with what denies it; the text is empty when nothing allows it
 * @param undecided actions of which the cloud does not tell, each with the reason
 */
public record Grants(String caller, Map<String, String> denied, Map<String, String> undecided) {
    public Grants {
        denied = Map.copyOf(new TreeMap<>(denied));
        undecided = Map.copyOf(new TreeMap<>(undecided));
    }
}
