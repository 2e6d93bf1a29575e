// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Instance types of a pool, with the default of an operator pool that names none (OP-2). */
public final class PoolTypes {
    /** 4 vCPU, 16 GiB, no GPU; sold in all zones of all commercial regions. */
    static final String DEFAULT_OPERATOR_TYPE = "m6i.xlarge";

    private PoolTypes() {}

    /** Types in order of preference. */
    public static List<String> of(NodePool pool) {
        return pool.instanceTypes().isEmpty() && pool.role() == PoolRole.OPERATOR
                ? List.of(DEFAULT_OPERATOR_TYPE)
                : pool.instanceTypes();
    }

    /** All types that a spec asks for. */
    public static Set<String> all(BackendSpec spec) {
        Set<String> types = new TreeSet<>();
        spec.pools().forEach(pool -> types.addAll(of(pool)));
        return types;
    }
}
