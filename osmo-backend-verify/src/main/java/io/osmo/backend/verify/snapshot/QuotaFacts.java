// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.Set;

/**
 * A resource quota.
 *
 * @param priorityClasses priority classes that it allows, by its scope
 */
public record QuotaFacts(String namespace, String name, Set<String> priorityClasses) {
    public QuotaFacts {
        priorityClasses = Set.copyOf(priorityClasses);
    }

    @Override
    public String toString() {
        return "quota/" + namespace + "/" + name;
    }
}
