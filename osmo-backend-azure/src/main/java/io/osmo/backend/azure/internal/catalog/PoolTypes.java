// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import java.util.List;

/** The VM size of a pool: an agent pool has one. */
public final class PoolTypes {
    /** What an operator pool may get that names no size, the preferred ones first; each has 4 vCPU, 16 GiB and no GPU. */
    private static final List<String> OPERATOR_SIZES =
            List.of("Standard_D4s_v5", "Standard_D4as_v5", "Standard_D4ds_v5");

    private PoolTypes() {}

    /** The first that the spec names, else one that meets OSMO's requirements for the pool's role. */
    public static String of(NodePool pool) {
        if (!pool.instanceTypes().isEmpty()) {
            return pool.instanceTypes().get(0);
        }
        return switch (pool.role()) {
            case OPERATOR -> OPERATOR_SIZES.get(0);
            case CPU -> "Standard_D8s_v5";
            case GPU -> "Standard_NC24ads_A100_v4";
        };
    }

    /** What a new pool may get that names no size, the preferred ones first; empty if it names some. */
    public static List<List<String>> choices(NodePool pool) {
        return pool.instanceTypes().isEmpty() && pool.role() == PoolRole.OPERATOR
                ? OPERATOR_SIZES.stream().map(List::of).toList()
                : List.of();
    }
}
