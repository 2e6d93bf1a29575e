// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.provider.Generations;
import io.osmo.backend.spi.provider.Names;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Names of agent pools: 1 to 12 lowercase letters and digits that begin with a letter. A pool of the spec whose name fits keeps
 * it; another gets its beginning and a hash, the same in every run, as do the later generations of every pool. Tags say which pool
 * and which generation an agent pool is.
 */
public final class PoolNames {
    /** Tag with the name of the pool in the spec. */
    public static final String POOL_TAG = "osmo-pool";

    /** Generations for which a name is kept free of the pools of the same spec. */
    static final int RESERVED_GENERATIONS = 50;

    /** Generations among which an agent pool of the backend is looked for by its name. */
    private static final int MOST_GENERATIONS = 999;

    private static final Pattern FITS = Pattern.compile("[a-z][a-z0-9]{0,11}");
    private static final int HEAD = 6;
    private static final int DIGITS = 6;

    private PoolNames() {}

    static String of(String pool) {
        return of(pool, 1);
    }

    static String of(String pool, int generation) {
        if (generation == 1 && FITS.matcher(pool).matches() && !pool.equals(SystemPool.NAME)) {
            return pool;
        }
        String letters = pool.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String head = letters.isEmpty() || !Character.isLetter(letters.charAt(0)) ? "p" + letters : letters;
        String hash = generation == 1
                ? Names.hash(DIGITS, pool)
                : Names.hash(DIGITS, pool, Generations.TAG, String.valueOf(generation));
        return head.substring(0, Math.min(HEAD, head.length())) + hash;
    }

    /** Of a generation of the system pool; pools of the spec with such a name are refused. */
    static String ofSystem(int generation) {
        return generation == 1
                ? SystemPool.NAME
                : SystemPool.NAME + Names.hash(DIGITS, SystemPool.KIND, Generations.TAG, String.valueOf(generation));
    }

    /** The generation of the system pool that an agent pool is by its name, which nobody else chooses. */
    public static Optional<Integer> systemGeneration(String agentPool) {
        return generation(Optional.empty(), agentPool);
    }

    /** The generation of a pool that an agent pool is by its name. */
    static Optional<Integer> generation(Optional<String> pool, String agentPool) {
        return generation(pool, agentPool, RESERVED_GENERATIONS);
    }

    /** The same for an agent pool that is the backend's, so that its name is one of its generations. */
    static Optional<Integer> anyGeneration(Optional<String> pool, String agentPool) {
        return generation(pool, agentPool, MOST_GENERATIONS);
    }

    private static Optional<Integer> generation(Optional<String> pool, String agentPool, int last) {
        return IntStream.rangeClosed(1, last)
                .filter(generation -> of(pool, generation).equals(agentPool))
                .boxed()
                .findFirst();
    }

    static String of(Optional<String> pool, int generation) {
        return pool.map(name -> of(name, generation)).orElseGet(() -> ofSystem(generation));
    }

    /** The first generation has the name of the pool in the spec, a later one that of its agent pool; so has each system pool. */
    static ResourceId id(Optional<String> pool, int generation) {
        return pool.map(name -> ResourceId.of(
                        AgentPool.KIND, generation == 1 && !name.equals(SystemPool.NAME) ? name : of(name, generation)))
                .orElseGet(() -> SystemPool.id(ofSystem(generation)));
    }

    /** What texts call it, before its name. */
    static String title(boolean system) {
        return system ? "system pool " : "agent pool ";
    }

    static Map<String, String> tags(Optional<String> pool, int generation) {
        Map<String, String> tags = new TreeMap<>(Map.of(Generations.TAG, String.valueOf(generation)));
        pool.ifPresent(name -> tags.put(POOL_TAG, name));
        return tags;
    }
}
