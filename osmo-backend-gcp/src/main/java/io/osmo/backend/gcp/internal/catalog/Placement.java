// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import io.osmo.backend.gcp.ClusterLocation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Profile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * In which zones a backend is.
 *
 * @param location where the control plane is: the region or one zone
 * @param zones zones of the nodes, sorted
 */
public record Placement(String location, List<String> zones) {
    /** @param standing location and zones of the cluster, if there is one: they stay unless the spec names others */
    public static Placement of(BackendSpec spec, Offers offers, Optional<Placement> standing) {
        List<String> zones = !spec.network().zones().isEmpty()
                ? spec.network().zones().stream().sorted().toList()
                : standing.map(Placement::zones).orElseGet(() -> choose(spec, offers));
        String location =
                standing.map(Placement::location).orElseGet(() -> regional(spec) ? spec.region() : zones.get(0));
        return new Placement(location, zones);
    }

    static boolean regional(BackendSpec spec) {
        return GkeSettings.of(spec.settings())
                        .location()
                        .orElse(spec.profile() == Profile.PRODUCTION ? ClusterLocation.REGIONAL : ClusterLocation.ZONAL)
                == ClusterLocation.REGIONAL;
    }

    /** Zones that sell what all CPU pools ask for, and of those the ones that sell most of what GPU pools ask for. */
    private static List<String> choose(BackendSpec spec, Offers offers) {
        int count = spec.network().existingId().isPresent() || spec.network().zoneCount() == 0
                ? 3
                : spec.network().zoneCount();
        List<String> able = offers.zones().stream()
                .filter(zone -> spec.pools().stream()
                        .filter(pool -> pool.role() != PoolRole.GPU)
                        .allMatch(pool -> offers.zonesOf(offers.shapeOf(pool)).contains(zone)))
                .toList();
        List<String> candidates = able.isEmpty() ? offers.zones() : able;
        Comparator<String> mostFirst = Comparator.comparingLong((String zone) -> -spec.pools().stream()
                .filter(pool -> offers.zonesOf(offers.shapeOf(pool)).contains(zone))
                .count());
        return candidates.stream()
                .sorted(mostFirst.thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .sorted()
                .toList();
    }

    /** Zones of one pool: those that the spec names, or those of the cluster that sell its machines, or any that does. */
    public List<String> zonesOf(NodePool pool, Offers offers) {
        if (!pool.zones().isEmpty()) {
            return pool.zones().stream().sorted().toList();
        }
        List<String> selling = offers.zonesOf(offers.shapeOf(pool));
        List<String> both = zones.stream().filter(selling::contains).toList();
        return !both.isEmpty() ? both : !selling.isEmpty() ? selling : zones;
    }
}
