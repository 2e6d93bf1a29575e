// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * Whether a pod in a zone could claim a volume of the default class and write to it.
 *
 * @param name the zone; empty for a cluster whose nodes name none
 * @param refusal why not; empty when it wrote and read the same again; unknown when the pod found no place
 */
public record VolumeProbeFacts(String name, Fact<String> refusal) {
    @Override
    public String toString() {
        return name.isEmpty() ? "the cluster" : "zone/" + name;
    }
}
