// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * A configuration of the GPU Operator.
 *
 * @param state {@code ready} once everything that it asks for runs; empty before the operator has looked at it
 * @param installsDriver whether the operator installs NVIDIA's driver, which it does unless told otherwise
 * @param installsPlugin whether it installs its device plugin, which it does unless told otherwise
 */
public record ClusterPolicyFacts(String name, String state, boolean installsDriver, Fact<Boolean> installsPlugin) {
    @Override
    public String toString() {
        return "clusterpolicy/" + name;
    }
}
