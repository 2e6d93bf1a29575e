// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.ResourceId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Picks the zones of a backend (CP-3): those that the spec names; else those in which subnets stand already, so that the
 * choice is stable when AWS starts to sell a type elsewhere; else zones in which all types are sold that are not bound to
 * zones of their own, and EKS takes control planes. Zones that pools name are always among them.
 */
public final class ChosenZones {
    private static final String SUBNET = "subnet";
    private static final String PRIVATE = "private-";

    private ChosenZones() {}

    /** Names of the zones, sorted; possibly fewer than the spec asks for, which {@link MachineRules} reports. */
    public static List<String> of(BackendSpec spec, Inventory inventory) {
        if (!spec.network().zones().isEmpty()) {
            return spec.network().zones().stream().sorted().toList();
        }
        Set<String> zones = new TreeSet<>(standing(inventory));
        spec.pools().forEach(pool -> zones.addAll(pool.zones()));
        inventory
                .attachment(Offers.class)
                .ifPresent(offers -> offers.zonesFor(unbound(spec)).stream()
                        .filter(zone -> zones.size() < spec.network().zoneCount())
                        .forEach(zones::add));
        return List.copyOf(zones);
    }

    /** Zones in which a private subnet of the backend stands. */
    public static List<String> standing(Inventory inventory) {
        return inventory.observed().keySet().stream()
                .filter(id -> id.kind().equals(SUBNET) && id.name().startsWith(PRIVATE))
                .filter(id -> id.name().indexOf('#') < 0)
                .map(id -> id.name().substring(PRIVATE.length()))
                .sorted()
                .toList();
    }

    /** Id of the subnet of nodes in a zone. */
    public static ResourceId nodeSubnet(String zone) {
        return ResourceId.of(SUBNET, PRIVATE + zone);
    }

    /** Zones of one pool. */
    public static List<String> of(NodePool pool, List<String> zones) {
        return pool.zones().isEmpty() ? zones : pool.zones().stream().sorted().toList();
    }

    static Set<String> unbound(BackendSpec spec) {
        Set<String> types = new TreeSet<>();
        spec.pools().stream().filter(pool -> pool.zones().isEmpty()).forEach(pool -> types.addAll(PoolTypes.of(pool)));
        return types;
    }
}
