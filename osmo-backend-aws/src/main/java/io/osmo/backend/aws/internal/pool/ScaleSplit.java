// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.spec.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * Spreads the bounds of a pool over the node groups of its zones so that they add up to what the spec says: each bound is
 * divided evenly, and what is left over goes to the first groups. As a larger number never gets a smaller share, each group
 * again has {@code min <= initial <= max}.
 */
final class ScaleSplit {
    private ScaleSplit() {}

    /**
     * @param groups how many groups there are; at most the pool's maximum, since a node group holds at least one node
     * @return one scale for each group, in order
     */
    static List<Scale> split(Scale scale, int groups) {
        List<Scale> shares = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            shares.add(new Scale(
                    share(scale.min(), groups, i), share(scale.max(), groups, i), share(scale.initial(), groups, i)));
        }
        return shares;
    }

    private static int share(int total, int groups, int index) {
        return total / groups + (index < total % groups ? 1 : 0);
    }
}
