// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import io.osmo.backend.spec.NodePool;

/** The VM size of a pool: an agent pool has one. */
public final class PoolTypes {
    private PoolTypes() {}

    /** The first that the spec names, else one that meets OSMO's requirements for the pool's role. */
    public static String of(NodePool pool) {
        if (!pool.instanceTypes().isEmpty()) {
            return pool.instanceTypes().get(0);
        }
        return switch (pool.role()) {
            case OPERATOR -> "Standard_D4s_v5";
            case CPU -> "Standard_D8s_v5";
            case GPU -> "Standard_NC24ads_A100_v4";
        };
    }
}
