// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spreads the machines of a pool over zones. */
public final class Zones {
    private Zones() {}

    /**
     * The zone with the fewest machines among those that have some left; of equals the first.
     *
     * @param occupied the zone of each running machine
     * @param hasMachines whether a machine can be started in a zone
     */
    public static Optional<String> emptiest(
            List<String> zones, Stream<String> occupied, Predicate<String> hasMachines) {
        Map<String, Long> load = occupied.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return zones.stream().filter(hasMachines).min(Comparator.comparingLong(zone -> load.getOrDefault(zone, 0L)));
    }
}
