// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.values;

import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.values.GpuOwners;
import io.osmo.backend.internal.values.Tree;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.PoolRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values for the chart of NVIDIA's GPU Operator, derived from a spec, so that driver, container toolkit and device plugin of a GPU node
 * have one owner each: the node image, the managed service, or the operator.
 *
 * <p>See {@code docs/charts.md}.
 */
public final class GpuOperatorValues {
    /** What has one owner, by its name in the chart. */
    private static final Map<String, String> COMPONENTS =
            new TreeMap<>(Map.of("driver", "driver", "toolkit", "container toolkit", "devicePlugin", "device plugin"));

    private GpuOperatorValues() {}

    /** What differs from the defaults of the chart; empty when nothing does. Cannot be modified. */
    public static Map<String, Object> of(BackendSpec spec) {
        return Tree.frozen(GpuOwners.values(spec));
    }

    /**
     * What values of somebody's own leave with two owners, or with none, on the GPU nodes of a managed service. Empty if the spec has no
     * GPU pools.
     *
     * @param own values that are put over those of {@link #of}
     * @param path of these values in the spec, such as {@code charts[1].values}
     */
    public static List<Violation> violations(BackendSpec spec, Map<String, ?> own, String path) {
        boolean gpus = spec.computePools().stream().anyMatch(pool -> pool.role() == PoolRole.GPU);
        return gpus && !GpuOwners.values(spec).isEmpty()
                ? COMPONENTS.entrySet().stream()
                        .flatMap(component ->
                                violation(spec, own, path, component.getKey(), component.getValue()).stream())
                        .toList()
                : List.of();
    }

    private static Optional<Violation> violation(
            BackendSpec spec, Map<String, ?> own, String path, String component, String name) {
        Object enabled = own.get(component) instanceof Map<?, ?> values ? values.get("enabled") : null;
        boolean operators = GpuOwners.isOperators(spec, component);
        if (!(enabled instanceof Boolean wanted) || wanted == operators) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                path + "." + component + ".enabled",
                Optional.empty(),
                wanted + ", which leaves the " + name + " of GPU nodes with " + (wanted ? "two owners" : "no owner"),
                operators
                        ? "true: neither the node image nor the managed service brings it with these settings"
                        : "false: the node image or the managed service brings it with these settings",
                "Remove the value. Settings of the provider decide who brings it, such as gpuDriver or amiTypes."));
    }
}
