// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.profile;

import io.osmo.backend.helm.internal.chart.ChartMetadata;
import io.osmo.backend.helm.internal.chart.Hook;
import java.util.Map;

/**
 * NVIDIA GPU Operator, including Node Feature Discovery. The chart's hooks apply its custom resource definitions before an upgrade and
 * delete custom resources before the operator is removed; this library does both itself. Node labels that Node Feature Discovery has set
 * are kept when it is uninstalled.
 *
 * @see <a href="https://github.com/NVIDIA/gpu-operator/tree/v26.7.0/deployments/gpu-operator/templates">templates of 26.7.0:
 *     upgrade_crd, cleanup_crd, cleanup_gpucluster</a>
 */
final class GpuOperator extends ChartProfile {
    private final ChartMetadata chart;

    GpuOperator(ChartMetadata chart) {
        this.chart = chart;
    }

    @Override
    boolean applies() {
        return chart.name().equals("gpu-operator");
    }

    @Override
    Map<String, ?> values() {
        return Map.of(
                "operator", Map.of("upgradeCRD", false, "cleanupCRD", false),
                "node-feature-discovery", Map.of("postDeleteCleanup", false));
    }

    @Override
    public boolean makesNeedless(Hook hook) {
        return hook.name().equals("gpu-operator-cleanup-gpucluster");
    }
}
