// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.Map;

/**
 * A namespace.
 *
 * @param phase {@code Active} or {@code Terminating}
 * @param podSecurity Pod Security level that is enforced; empty when none is
 * @param labels its labels
 * @param annotations those of its annotations that ask for containers to be added to its pods
 */
public record NamespaceFacts(
        String name,
        String uid,
        String phase,
        String podSecurity,
        Fact<Map<String, String>> labels,
        Fact<Map<String, String>> annotations) {
    public NamespaceFacts {
        labels = labels.map(Map::copyOf);
        annotations = annotations.map(Map::copyOf);
    }

    /** Kind and name, as reports name it. */
    @Override
    public String toString() {
        return "namespace/" + name;
    }
}
