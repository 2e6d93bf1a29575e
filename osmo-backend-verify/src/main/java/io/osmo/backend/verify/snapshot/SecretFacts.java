// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a Secret, never a value of it.
 *
 * @param keys names of its entries
 * @param registries by registry host, whether there is a credential that the registry may accept; empty when this is not a
 *     well-formed image pull secret
 * @param token shape of the entry {@code token}; empty when there is none
 */
public record SecretFacts(
        String namespace,
        String name,
        String type,
        Set<String> keys,
        Optional<Map<String, Boolean>> registries,
        Optional<TokenShape> token) {
    public SecretFacts {
        keys = Set.copyOf(keys);
        registries = registries.map(Map::copyOf);
    }

    /**
     * What a token looks like, without revealing it.
     *
     * @param length number of characters, without one trailing line break
     * @param charset whether all characters are in {@code [A-Za-z0-9_-]}
     */
    public record TokenShape(int length, boolean charset) {}

    @Override
    public String toString() {
        return "secret/" + namespace + "/" + name;
    }
}
