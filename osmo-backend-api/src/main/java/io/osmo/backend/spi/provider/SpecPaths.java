// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.spec.EntryPath;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import java.util.ArrayList;
import java.util.List;

/** Paths of the fields of a spec, as violations name them. */
public final class SpecPaths {
    private SpecPaths() {}

    /** A rule of one pool. */
    @FunctionalInterface
    public interface PoolRule {
        /** @param path path of the pool, such as {@code computePools[1]} */
        List<Violation> check(NodePool pool, String path);
    }

    /** {@code operatorPool}, then {@code computePools[0]} and so on: a rule applied to every pool of a spec, in order. */
    public static List<Violation> eachPool(BackendSpec spec, PoolRule rule) {
        List<Violation> violations = new ArrayList<>();
        spec.operatorPool().ifPresent(pool -> violations.addAll(rule.check(pool, "operatorPool")));
        violations.addAll(eachComputePool(spec, rule));
        return violations;
    }

    /** A rule applied to every compute pool of a spec, in order. */
    public static List<Violation> eachComputePool(BackendSpec spec, PoolRule rule) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < spec.computePools().size(); i++) {
            violations.addAll(rule.check(spec.computePools().get(i), computePool(i)));
        }
        return violations;
    }

    /** Path of a tag, such as {@code tags.team}. */
    public static String tag(String key) {
        return entry("tags", key);
    }

    /** Path of an entry of a map: {@code map.key}, or {@code map["a key"]} if the key is not a simple word. */
    public static String entry(String map, String key) {
        return EntryPath.of(map, key);
    }

    /** Path of a compute pool by its index in the spec, from 0. */
    public static String computePool(int index) {
        return "computePools[" + index + "]";
    }
}
