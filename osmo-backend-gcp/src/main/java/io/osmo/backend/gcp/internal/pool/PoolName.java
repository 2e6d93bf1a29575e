// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.spi.provider.Generations;
import io.osmo.backend.spi.provider.Names;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pool of the spec that a node pool is a generation of. The first generation has the name of the pool, later ones have a number
 * appended. Existing node pools are identified by labels, because a name may have been truncated.
 */
public record PoolName(String pool, int generation) {
    /** GKE allows no more. */
    public static final int MAX_LENGTH = 40;

    /** Label with the name of the pool in the spec. */
    static final String LABEL = "osmo-pool";

    private static final String SEPARATOR = "-gen";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    public static PoolName of(com.google.container.v1.NodePool existing) {
        Map<String, String> labels = existing.getConfig().getResourceLabelsMap();
        String pool = labels.getOrDefault(LABEL, existing.getName());
        PoolName first = new PoolName(pool, 1);
        // It may have been a later generation of another pool, and still has that label.
        if (first.inCloud().equals(existing.getName())) {
            return first;
        }
        return new PoolName(
                pool,
                Optional.ofNullable(labels.get(Generations.TAG))
                        .filter(text -> NUMBER.matcher(text).matches())
                        .map(Integer::parseInt)
                        .orElse(1));
    }

    /** What GKE calls it. */
    public String inCloud() {
        String suffix = generation == 1 ? "" : SEPARATOR + generation;
        return Names.shortened(pool, MAX_LENGTH - suffix.length()) + suffix;
    }

    Map<String, String> labels() {
        return generation == 1 ? Map.of(LABEL, pool) : Map.of(LABEL, pool, Generations.TAG, String.valueOf(generation));
    }

    /** Whether a pool has a name that another one's generations may get. */
    public static boolean isGenerationOf(String name, String other) {
        return name.startsWith(other + SEPARATOR)
                && NUMBER.matcher(name.substring(other.length() + SEPARATOR.length()))
                        .matches();
    }
}
