// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * Whether a pod in a zone could claim a volume of the default class and write to it.
 *
 * @param name the zone; empty in a cluster whose nodes name none
 * @param refusal why not; empty when it read back what it wrote; unknown when the pod was not placed
 */
public record VolumeProbeFacts(String name, Fact<String> refusal) {
    @Override
    public String toString() {
        return name.isEmpty() ? "the cluster" : "zone/" + name;
    }
}
