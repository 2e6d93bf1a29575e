// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.values;

import io.osmo.backend.internal.values.GpuOwners;
import io.osmo.backend.internal.values.Tree;
import io.osmo.backend.spec.BackendSpec;
import java.util.Map;

/**
 * Values for the chart of NVIDIA's GPU Operator, derived from a spec, so that driver, container toolkit and device plugin of a GPU node
 * have one owner each: the node image, the managed service, or the operator.
 *
 * <p>See {@code docs/charts.md}.
 */
public final class GpuOperatorValues {
    private GpuOperatorValues() {}

    /** What differs from the defaults of the chart; empty when nothing does. Cannot be modified. */
    public static Map<String, Object> of(BackendSpec spec) {
        return Tree.frozen(GpuOwners.values(spec));
    }
}
