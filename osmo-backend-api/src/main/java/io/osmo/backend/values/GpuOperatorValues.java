// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.values;

import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.engine.Providers;
import io.osmo.backend.internal.values.Tree;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values for the chart of NVIDIA's GPU Operator, derived from a {@link GpuStack}. They ensure that exactly one party installs each of the
 * driver, the container toolkit and the device plugin of a GPU node: the node image, the managed service, or the operator.
 *
 * <p>See {@code docs/charts.md}.
 */
public final class GpuOperatorValues {
    /** Parts that the chart can leave out. */
    private static final List<Part> PARTS = List.of(Part.DRIVER, Part.TOOLKIT, Part.DEVICE_PLUGIN);

    private static final Map<String, @Nullable Object> OFF = Tree.of("enabled", false);

    private GpuOperatorValues() {}

    /**
     * The values that differ from the defaults of the chart, as the spec's provider determines them for the spec's GPU nodes; empty if
     * there are none, or if they are not known. Unmodifiable.
     *
     * @throws io.osmo.backend.error.ProviderNotFoundException if the spec's provider is not on the class path
     */
    public static Map<String, Object> of(BackendSpec spec) {
        return Providers.discover(List.of())
                .require(spec.provider())
                .defaults()
                .gpuStack(spec)
                .map(GpuOperatorValues::of)
                .orElse(Map.of());
    }

    /** The values that differ from the defaults of the chart; empty if there are none. Unmodifiable. */
    public static Map<String, Object> of(GpuStack stack) {
        Map<String, @Nullable Object> values = Tree.of();
        PARTS.stream().filter(part -> !stack.leftToOperator(part)).forEach(part -> values.put(key(part), OFF));
        stack.driverFolder().ifPresent(folder -> values.put("hostPaths", Tree.of("driverInstallDir", folder)));
        if (stack.leftToOperator(Part.TOOLKIT)) {
            values.put(
                    key(Part.TOOLKIT),
                    stack.driverFolder()
                            .map(folder -> Tree.of("installDir", folder))
                            .orElseGet(GpuOperatorValues::fromFile));
        }
        stack.runtimeHandler().ifPresent(handler -> values.put("operator", Tree.of("runtimeClass", handler)));
        return Tree.frozen(values);
    }

    /** With containerd 2, the toolkit must base its configuration on the configuration file, not on what containerd reports. */
    private static Map<String, @Nullable Object> fromFile() {
        return Tree.of("env", List.of(Tree.of("name", "RUNTIME_CONFIG_SOURCE", "value", "file")));
    }

    private static String key(Part part) {
        return switch (part) {
            case DRIVER -> "driver";
            case TOOLKIT -> "toolkit";
            case DEVICE_PLUGIN -> "devicePlugin";
            case RUNTIME_CLASS -> "operator";
        };
    }

    /**
     * Whether the chart installs a part with these values.
     *
     * @param own the user's values, which override those of {@link #of}
     */
    public static boolean installs(Part part, GpuStack stack, Map<String, ?> own) {
        return enabled(own, part).orElseGet(() -> stack.leftToOperator(part));
    }

    /**
     * The parts of the GPU stack that two parties, or no party, would install with the user's own values.
     *
     * @param own the user's values, which override those of {@link #of}
     * @param path path of these values in the spec, such as {@code charts[1].values}
     */
    public static List<Violation> violations(GpuStack stack, Map<String, ?> own, String path) {
        return PARTS.stream()
                .filter(part -> installs(part, stack, own) != stack.leftToOperator(part))
                .map(part -> violation(stack, path, part))
                .toList();
    }

    private static Optional<Boolean> enabled(Map<String, ?> own, Part part) {
        return own.get(key(part)) instanceof Map<?, ?> values && values.get("enabled") instanceof Boolean enabled
                ? Optional.of(enabled)
                : Optional.empty();
    }

    private static Violation violation(GpuStack stack, String path, Part part) {
        boolean operators = stack.leftToOperator(part);
        return new Violation(
                path + "." + key(part) + ".enabled",
                Optional.empty(),
                !operators + ", which leaves the " + part + " of GPU nodes with "
                        + (operators ? "no owner" : "two owners"),
                operators
                        ? "true: neither the node image nor the managed service installs it with these settings"
                        : "false: " + stack.owner(part) + " installs it with these settings",
                "Remove the value. Settings of the provider decide what installs it, such as gpuDriver or amiTypes.");
    }
}
