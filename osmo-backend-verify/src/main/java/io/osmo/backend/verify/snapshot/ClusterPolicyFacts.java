// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * A configuration of the GPU Operator.
 *
 * @param state {@code ready} once everything that it configures runs; empty before the operator has processed it
 * @param installsDriver whether the operator installs NVIDIA's driver, which it does by default
 * @param installsPlugin whether it installs its device plugin, which it does by default
 */
public record ClusterPolicyFacts(String name, String state, boolean installsDriver, Fact<Boolean> installsPlugin) {
    @Override
    public String toString() {
        return "clusterpolicy/" + name;
    }
}
