// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The generations of one node pool. A pool that cannot be changed in place gets a successor of the next generation; the earlier ones are
 * deleted once the successor is ready. The first generation has the name of the pool itself. Immutable.
 *
 * @param wanted the desired generation
 * @param replaced the other existing generations
 */
public record Generations(int wanted, Set<Integer> replaced) {
    /** The tag of a pool in the cloud that holds its generation; absent means 1. */
    public static final String TAG = "osmo-generation";

    /** How an existing generation compares with the spec. */
    public enum Fit {
        /** Exists, or is being created, and needs no replacement. */
        FITS,
        /** Needs a replacement, or has failed, and may have nodes. */
        DIFFERS,
        /** Has failed before it had a node: it is deleted and created again under its own name. */
        EMPTY
    }

    public Generations {
        replaced = Set.copyOf(replaced);
    }

    /**
     * Chooses the newest existing generation that fits; otherwise a failed one without nodes; otherwise the next one. So a pool keeps
     * running if an edit of the spec is reverted.
     *
     * @param existing existing generations by number
     * @param surge whether a second pool may exist meanwhile; if not, the newest one is replaced under the same name
     */
    public static Generations choose(Map<Integer, Fit> existing, boolean surge) {
        SortedMap<Integer, Fit> sorted = new TreeMap<>(existing);
        int newest = sorted.isEmpty() ? 0 : sorted.lastKey();
        int fits = newest(sorted, Fit.FITS);
        int empty = newest(sorted, Fit.EMPTY);
        int wanted;
        if (fits > 0) {
            wanted = fits;
        } else if (empty > 0) {
            wanted = empty;
        } else {
            wanted = surge || newest == 0 ? newest + 1 : newest;
        }
        return new Generations(
                wanted,
                sorted.keySet().stream()
                        .filter(generation -> generation != wanted)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static int newest(SortedMap<Integer, Fit> existing, Fit fit) {
        return existing.entrySet().stream()
                .filter(entry -> entry.getValue() == fit)
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
    }
}
