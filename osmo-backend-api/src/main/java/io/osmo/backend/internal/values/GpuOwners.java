// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.values;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who brings driver, container toolkit and device plugin to the GPU nodes of a managed service.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html">NVIDIA images of EKS: driver and toolkit</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html">Bottlerocket: the device plugin too</a>
 * @see <a href="https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/google-gke.html">GPU Operator on GKE</a>
 * @see <a href="https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/microsoft-aks.html">GPU Operator on AKS</a>
 */
public final class GpuOwners {
    private static final String OPERATOR = "GPU_OPERATOR";
    private static final Map<String, @Nullable Object> OFF = Tree.of("enabled", false);

    /** Where the driver of GKE is. */
    private static final String GKE_FOLDER = "/home/kubernetes/bin/nvidia";

    private GpuOwners() {}

    /**
     * Whether the GPU Operator is to bring a component.
     *
     * @param component such as {@code driver}, as the chart of the operator has it
     */
    public static boolean isOperators(BackendSpec spec, String component) {
        return !OFF.equals(values(spec).get(component));
    }

    /** Values of the GPU Operator's chart. */
    public static Map<String, @Nullable Object> values(BackendSpec spec) {
        Map<String, Object> settings = spec.settings()
                .filter(given -> given.provider().equals(spec.provider()))
                .map(ProviderSettings::toMap)
                .orElse(Map.of());
        boolean operator = settings.getOrDefault("gpuDriver", OPERATOR).equals(OPERATOR);
        return switch (spec.provider()) {
            case "aws" -> eks(settings);
            case "gcp" -> operator ? allFromOperator() : gke();
            case "azure" -> operator ? allFromOperator() : aks();
            default -> Tree.of();
        };
    }

    private static Map<String, @Nullable Object> eks(Map<String, Object> settings) {
        Map<String, @Nullable Object> values = Tree.of("driver", OFF, "toolkit", OFF);
        if (settings.get("amiTypes") instanceof Map<?, ?> types
                && String.valueOf(types.get("gpu")).startsWith("BOTTLEROCKET_")) {
            values.put("devicePlugin", OFF);
        }
        return values;
    }

    /** With containerd 2 the toolkit has to write its configuration from the file, not from what containerd says. */
    private static Map<String, @Nullable Object> allFromOperator() {
        return Tree.of("toolkit", Tree.of("env", List.of(Tree.of("name", "RUNTIME_CONFIG_SOURCE", "value", "file"))));
    }

    private static Map<String, @Nullable Object> gke() {
        return Tree.of(
                "driver",
                OFF,
                "devicePlugin",
                OFF,
                "hostPaths",
                Tree.of("driverInstallDir", GKE_FOLDER),
                "toolkit",
                Tree.of("installDir", GKE_FOLDER));
    }

    private static Map<String, @Nullable Object> aks() {
        return Tree.of("driver", OFF, "toolkit", OFF, "operator", Tree.of("runtimeClass", "nvidia-container-runtime"));
    }
}
