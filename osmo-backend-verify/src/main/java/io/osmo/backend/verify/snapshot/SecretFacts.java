// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may be known of a Secret: never a value of it.
 *
 * @param keys names of its entries
 * @param registries for an image pull secret that is well-formed: whether a credential stands there that it may take, by registry
 *     host;
 *     empty when it is of another type or malformed
 * @param token what the entry {@code token} looks like, if there is one
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
     * @param length characters, one trailing line break not counted
     * @param charset whether all of them are in {@code [A-Za-z0-9_-]}
     */
    public record TokenShape(int length, boolean charset) {}

    @Override
    public String toString() {
        return "secret/" + namespace + "/" + name;
    }
}
