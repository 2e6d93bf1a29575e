// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Instance types of a pool, with those that an operator pool may get that names none (OP-2).
 *
 * @see <a href="https://aws.amazon.com/ec2/previous-generation/">EC2: previous generation instances</a>
 */
public final class PoolTypes {
    /** Each has 4 vCPU, 16 GiB and no GPU. Regions that do not sell the first, the newest, sell one of the others. */
    private static final List<String> OPERATOR_TYPES = List.of("m7i.xlarge", "m6i.xlarge", "m5.xlarge");

    static final String DEFAULT_OPERATOR_TYPE = OPERATOR_TYPES.get(0);

    private PoolTypes() {}

    /** Types in order of preference. */
    public static List<String> of(NodePool pool) {
        return isChosen(pool) ? List.of(DEFAULT_OPERATOR_TYPE) : pool.instanceTypes();
    }

    private static boolean isChosen(NodePool pool) {
        return pool.instanceTypes().isEmpty() && pool.role() == PoolRole.OPERATOR;
    }

    /** What a new pool may get that names no types, the preferred ones first; empty if it names some. */
    public static List<List<String>> choices(NodePool pool) {
        return isChosen(pool) ? OPERATOR_TYPES.stream().map(List::of).toList() : List.of();
    }

    /** All types that a spec asks for, or may get. */
    public static Set<String> all(BackendSpec spec) {
        Set<String> types = new TreeSet<>();
        spec.pools().forEach(pool -> types.addAll(isChosen(pool) ? OPERATOR_TYPES : of(pool)));
        return types;
    }
}
