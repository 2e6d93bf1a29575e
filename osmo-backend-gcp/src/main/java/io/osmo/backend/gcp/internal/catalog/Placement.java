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
 * The location and zones of a backend; those of the backend's existing cluster are an attachment of every inventory.
 *
 * @param location where the control plane is: the region or one zone
 * @param zones zones of the nodes, sorted
 */
public record Placement(String location, List<String> zones) {
    /** @param existing location and zones of the existing cluster: they stay unless the spec names other zones */
    public static Placement of(BackendSpec spec, Offers offers, Optional<Placement> existing) {
        List<String> zones = !spec.network().zones().isEmpty()
                ? spec.network().zones().stream().sorted().toList()
                : existing.map(Placement::zones).orElseGet(() -> choose(spec, offers));
        String location =
                existing.map(Placement::location).orElseGet(() -> regional(spec) ? spec.region() : zones.get(0));
        return new Placement(location, zones);
    }

    /** The same for a cluster that is created: GKE requires the zone of a zonal control plane among those of the nodes. */
    public Placement ofNewCluster() {
        return kind() == ClusterLocation.REGIONAL || zones.contains(location)
                ? this
                : new Placement(zones.get(0), zones);
    }

    /** Of what kind the location is: a zone has one more part than its region. */
    public ClusterLocation kind() {
        return location.chars().filter(c -> c == '-').count() > 1 ? ClusterLocation.ZONAL : ClusterLocation.REGIONAL;
    }

    /** Of what kind the location of a new cluster is. */
    public static ClusterLocation kind(BackendSpec spec) {
        return regional(spec) ? ClusterLocation.REGIONAL : ClusterLocation.ZONAL;
    }

    static boolean regional(BackendSpec spec) {
        return GkeSettings.of(spec.settings())
                        .location()
                        .orElse(spec.profile() == Profile.PRODUCTION ? ClusterLocation.REGIONAL : ClusterLocation.ZONAL)
                == ClusterLocation.REGIONAL;
    }

    /** Zones that sell the machines of all CPU pools, preferably those that sell the machines of the most GPU pools. */
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

    /** Zones of one pool: those of the spec, else those of the cluster that sell its machines, else any that sell them. */
    public List<String> zonesOf(NodePool pool, MachineShape shape, Offers offers) {
        if (!pool.zones().isEmpty()) {
            return pool.zones().stream().sorted().toList();
        }
        List<String> selling = offers.zonesOf(shape);
        List<String> both = zones.stream().filter(selling::contains).toList();
        return !both.isEmpty() ? both : !selling.isEmpty() ? selling : zones;
    }
}
