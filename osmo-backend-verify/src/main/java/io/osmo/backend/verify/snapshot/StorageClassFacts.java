// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.Map;

/**
 * A StorageClass.
 *
 * @param defaultClass whether it is annotated as the default
 */
public record StorageClassFacts(
        String name,
        String provisioner,
        Map<String, String> parameters,
        boolean defaultClass,
        boolean expandable,
        String reclaimPolicy,
        String bindingMode) {
    public StorageClassFacts {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "storageclass/" + name;
    }
}
