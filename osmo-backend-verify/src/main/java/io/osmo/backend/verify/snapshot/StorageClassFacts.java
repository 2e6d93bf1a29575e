// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.time.Instant;
import java.util.Map;

/**
 * A StorageClass.
 *
 * @param defaultClass whether it is annotated as the default
 * @param created when it was created: of several defaults, the newest is used
 */
public record StorageClassFacts(
        String name,
        String provisioner,
        Map<String, String> parameters,
        boolean defaultClass,
        boolean expandable,
        String reclaimPolicy,
        String bindingMode,
        Fact<Instant> created) {
    public StorageClassFacts {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "storageclass/" + name;
    }
}
