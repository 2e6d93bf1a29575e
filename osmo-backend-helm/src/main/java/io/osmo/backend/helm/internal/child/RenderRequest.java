// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.child;

import org.jspecify.annotations.Nullable;

/**
 * What the host asks the child for, as one line of JSON on its standard input. Names of files are relative to the child's folder.
 *
 * @param chart folder of the chart
 * @param inventory folder of the same chart with templates that list its definitions, notes and hooks
 * @param values file with the values, as JSON
 * @param kubeconfig content of the target's kubeconfig; null renders against a cluster without objects
 */
public record RenderRequest(
        String name,
        String namespace,
        String kubernetesVersion,
        String chart,
        String inventory,
        String values,
        @Nullable String kubeconfig) {
    /** Names no credential. */
    @Override
    public String toString() {
        return "RenderRequest[" + name + "]";
    }
}
