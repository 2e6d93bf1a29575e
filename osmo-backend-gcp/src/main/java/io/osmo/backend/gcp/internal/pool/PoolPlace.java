// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.NodeConfig;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.spec.NodePool;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The machine type of a pool and its zones. An existing pool keeps both as long as the spec lists them, whatever is offered now.
 *
 * @param zones sorted
 */
public record PoolPlace(MachineShape shape, List<String> zones) {
    public PoolPlace {
        zones = List.copyOf(zones);
    }

    /** Of a new pool: the first type that is sold, where it is sold. */
    public static PoolPlace fresh(NodePool pool, Offers offers, Placement placement) {
        MachineShape shape = offers.shapeOf(pool);
        return new PoolPlace(shape, FirstNodes.zones(pool.scale(), placement.zonesOf(pool, shape, offers)));
    }

    /**
     * Of an existing pool.
     *
     * @param placement zones that the spec wants
     * @param created zones that the cluster was created with: what one of them did not sell then is not added later
     */
    static PoolPlace keeping(
            NodePool pool,
            Offers offers,
            Placement placement,
            Placement created,
            com.google.container.v1.NodePool existing) {
        MachineShape shape = kept(pool, existing.getConfig()).orElseGet(() -> offers.shapeOf(pool));
        List<String> fresh = placement.zonesOf(pool, shape, offers);
        List<String> first = FirstNodes.zones(pool.scale(), fresh);
        TreeSet<String> zones = new TreeSet<>(existing.getLocationsList());
        if (!pool.zones().isEmpty()) {
            return new PoolPlace(shape, List.copyOf(zones).equals(first) ? first : fresh);
        }
        zones.removeIf(zone -> !placement.zones().contains(zone) && !fresh.contains(zone));
        int most = Math.max(zones.size(), first.size());
        fresh.stream()
                .filter(zone -> !created.zones().contains(zone) && zones.size() < most)
                .forEach(zones::add);
        return new PoolPlace(shape, zones.isEmpty() ? first : List.copyOf(zones));
    }

    /** The type of the spec that the pool has; empty when the spec no longer lists it. */
    public static Optional<MachineShape> kept(NodePool pool, NodeConfig existing) {
        return MachineShape.typesOf(pool).stream()
                .map(MachineShape::parse)
                .filter(shape -> shape.machineType().equals(existing.getMachineType())
                        && shape.attached()
                                .map(type -> existing.getAcceleratorsList().stream()
                                        .anyMatch(each -> isSame(each, type, shape.count())))
                                .orElse(true))
                .findFirst();
    }

    private static boolean isSame(AcceleratorConfig accelerator, String type, int count) {
        return accelerator.getAcceleratorType().equals(type) && accelerator.getAcceleratorCount() == count;
    }
}
