// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.spi.provider.Generations;
import io.osmo.backend.spi.provider.Names;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** Without its label, the pool of the spec is not known: then it is called as the node pool is. */
    public static PoolName of(com.google.container.v1.NodePool existing) {
        String pool = existing.getConfig().getResourceLabelsMap().getOrDefault(LABEL, existing.getName());
        return of(existing, pool).orElse(new PoolName(pool, 1));
    }

    /**
     * The generation of a pool of the spec that a node pool is. Its name says it too: labels get lost, and a later generation taken for
     * the first one would be replaced.
     */
    public static Optional<PoolName> of(com.google.container.v1.NodePool existing, String pool) {
        Map<String, String> labels = existing.getConfig().getResourceLabelsMap();
        String label = labels.getOrDefault(LABEL, pool);
        if (!label.equals(pool)) {
            return Optional.empty();
        }
        Optional<PoolName> byName = named(existing.getName(), pool);
        return byName.isPresent() || !labels.containsKey(LABEL)
                ? byName
                : Optional.of(new PoolName(
                        pool, number(labels.getOrDefault(Generations.TAG, "")).orElse(1)));
    }

    /** The first generation may have been a later one of another pool. */
    private static Optional<PoolName> named(String name, String pool) {
        int suffix = name.lastIndexOf(SEPARATOR);
        return Stream.concat(
                        Stream.of(1),
                        suffix < 0 ? Stream.empty() : number(name.substring(suffix + SEPARATOR.length())).stream())
                .map(generation -> new PoolName(pool, generation))
                .filter(each -> each.inCloud().equals(name))
                .findFirst();
    }

    private static Optional<Integer> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
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
