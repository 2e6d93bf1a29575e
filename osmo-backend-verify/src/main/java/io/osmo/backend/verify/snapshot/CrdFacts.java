// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A custom resource definition.
 *
 * @param name such as {@code queues.scheduling.run.ai}
 * @param served versions that the API serves
 * @param established whether Kubernetes has accepted it
 * @param created when it was created
 */
public record CrdFacts(String name, Set<String> served, boolean established, Optional<Instant> created) {
    public CrdFacts {
        served = Set.copyOf(served);
    }

    @Override
    public String toString() {
        return "crd/" + name;
    }
}
