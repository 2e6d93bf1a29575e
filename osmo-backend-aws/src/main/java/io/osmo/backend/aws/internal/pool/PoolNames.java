// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.spi.provider.Generations;
import io.osmo.backend.spi.provider.Names;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * Names of node groups, and the tags that say which pool and which generation a node group is. The first generation has the name of
 * the pool, or of pool and zone; later ones have a suffix such as {@code -g2}.
 */
public final class PoolNames {
    /** Tag with the name of the pool in the spec. */
    static final String POOL_TAG = "osmo-pool";

    /** Limit of EKS. */
    static final int LONGEST = 63;

    private static final String SUFFIX = "-g";
    private static final int FIRST = 1;
    /** Limit of the search for a generation if no tag says it. */
    private static final int LAST = 999;

    private PoolNames() {}

    /** @param base name of the first generation */
    static String name(String base, int generation) {
        String suffix = generation == FIRST ? "" : SUFFIX + generation;
        return Names.shortened(base, LONGEST - suffix.length()) + suffix;
    }

    /** Whether one name is a later generation of another one. */
    static boolean isGenerationOf(String name, String base) {
        return name.startsWith(base + SUFFIX)
                && name.substring(base.length() + SUFFIX.length()).matches("[0-9]{1,3}");
    }

    static Map<String, String> tags(String pool, int generation) {
        return Map.of(POOL_TAG, pool, Generations.TAG, String.valueOf(generation));
    }

    /** Name of the pool in the spec; a node group that lost its tag is known by its launch template. */
    public static Optional<String> pool(AwsContext context, Nodegroup group) {
        return Optional.ofNullable(group.tags().get(POOL_TAG))
                .or(() -> Optional.ofNullable(group.launchTemplate())
                        .flatMap(template -> Optional.ofNullable(template.name()))
                        .flatMap(name -> PoolTemplate.poolOf(context, name)));
    }

    /** Which generation a node group is, by its name: a tag only saves the search. Empty when it is none of this base. */
    static OptionalInt generation(Nodegroup group, String base) {
        String tag = group.tags().getOrDefault(Generations.TAG, "");
        return IntStream.concat(
                        tag.matches("[1-9][0-9]{0,8}") ? IntStream.of(Integer.parseInt(tag)) : IntStream.empty(),
                        IntStream.rangeClosed(FIRST, LAST))
                .filter(generation -> name(base, generation).equals(group.nodegroupName()))
                .findFirst();
    }
}
