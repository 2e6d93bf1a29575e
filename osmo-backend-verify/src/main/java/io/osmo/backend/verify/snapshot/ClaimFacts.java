// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * A volume claim.
 *
 * @param storageClass class that it asks for; an empty text forbids dynamic provisioning, an empty optional means the default
 * @param accessModes such as {@code ReadWriteOnce}
 * @param phase such as {@code Bound}
 */
public record ClaimFacts(
        String namespace, String name, Optional<String> storageClass, List<String> accessModes, String phase) {
    public ClaimFacts {
        accessModes = List.copyOf(accessModes);
    }

    @Override
    public String toString() {
        return "pvc/" + namespace + "/" + name;
    }
}
