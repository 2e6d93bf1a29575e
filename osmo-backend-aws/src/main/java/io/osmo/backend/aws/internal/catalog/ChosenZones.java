// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * Picks the zones of a backend (CP-3): those that the spec names, or that an existing network reaches; else those in which
 * subnets exist, so that the choice is stable when AWS starts to sell a type elsewhere; else zones that take control planes and
 * sell the types of all CPU and operator pools, chosen so that as many GPU pools as possible find a zone. Zones that pools or their
 * alternatives name are always among them.
 */
public final class ChosenZones {
    private static final String SUBNET = "subnet";
    private static final String PRIVATE = "private-";

    private ChosenZones() {}

    /** Names of the zones, sorted; possibly fewer than the spec asks for, which {@link MachineRules} reports. */
    public static List<String> of(BackendSpec spec, Inventory inventory) {
        return of(spec, inventory, spec.network().zoneCount());
    }

    /** The zones if the spec asked for another number. */
    static List<String> of(BackendSpec spec, Inventory inventory, int count) {
        if (spec.network().existingId().isPresent()) {
            return existing(inventory);
        }
        if (!spec.network().zones().isEmpty()) {
            return spec.network().zones().stream().sorted().toList();
        }
        Set<String> zones = new TreeSet<>(withSubnets(inventory));
        spec.pools().forEach(pool -> {
            zones.addAll(pool.zones());
            // An apply that falls back into a zone makes nothing there that its plan does not name.
            pool.fallback().forEach(alternative -> zones.addAll(alternative.zones()));
        });
        inventory
                .attachment(Offers.class)
                .ifPresent(offers -> zones.addAll(more(spec, offers, zones, count - zones.size())));
        return List.copyOf(zones);
    }

    /** Of the zones that serve all CPU and operator pools, the first ones that serve the most GPU pools. */
    private static List<String> more(BackendSpec spec, Offers offers, Set<String> zones, int number) {
        List<String> candidates = offers.zonesFor(everywhere(spec)).stream()
                .filter(zone -> !zones.contains(zone))
                .toList();
        if (candidates.size() <= number) {
            return candidates;
        }
        List<String> best = List.of();
        long most = -1;
        for (List<String> choice : choices(candidates, Math.max(0, number))) {
            Set<String> together = new TreeSet<>(zones);
            together.addAll(choice);
            long served = scarce(spec).stream()
                    .filter(pool -> together.stream().anyMatch(zone -> offers.sells(zone, pool)))
                    .count();
            if (served > most) {
                most = served;
                best = choice;
            }
        }
        return best;
    }

    /** Every choice of so many zones, in the order of their names; a region has at most seven. */
    private static List<List<String>> choices(List<String> from, int number) {
        if (number == 0) {
            return List.of(List.of());
        }
        List<List<String>> choices = new ArrayList<>();
        for (int i = 0; i <= from.size() - number; i++) {
            for (List<String> rest : choices(from.subList(i + 1, from.size()), number - 1)) {
                List<String> choice = new ArrayList<>(List.of(from.get(i)));
                choice.addAll(rest);
                choices.add(choice);
            }
        }
        return choices;
    }

    /** Zones in which a private subnet of the backend exists. */
    public static List<String> withSubnets(Inventory inventory) {
        return inventory.observed().keySet().stream()
                .filter(id -> id.kind().equals(SUBNET) && id.name().startsWith(PRIVATE))
                .filter(id -> id.name().indexOf('#') < 0)
                .map(id -> id.name().substring(PRIVATE.length()))
                .sorted()
                .toList();
    }

    private static List<String> existing(Inventory inventory) {
        return inventory.observed().values().stream()
                .filter(found -> found.ownership() == Observed.Ownership.EXISTING && found.value() instanceof Subnet)
                .map(found -> ((Subnet) found.value()).availabilityZone())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Zones of one pool: those that it names; else those of the backend, of which a GPU pool takes only the ones that sell its
     * types. All of them when the region's offers are not known.
     */
    public static List<String> of(NodePool pool, List<String> zones, Inventory inventory) {
        if (!pool.zones().isEmpty()) {
            return pool.zones().stream().sorted().toList();
        }
        return inventory
                .attachment(Offers.class)
                .filter(offers -> pool.role() == PoolRole.GPU)
                .map(offers ->
                        zones.stream().filter(zone -> offers.sells(zone, pool)).toList())
                .orElse(zones);
    }

    /** Types that each zone has to sell: those of CPU and operator pools without zones of their own. */
    static Set<String> everywhere(BackendSpec spec) {
        return spec.pools().stream()
                .filter(pool -> pool.role() != PoolRole.GPU && pool.zones().isEmpty())
                .flatMap(pool -> PoolTypes.of(pool).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Pools whose types some zone has to sell: GPU pools without zones of their own. */
    static List<NodePool> scarce(BackendSpec spec) {
        return spec.computePools().stream()
                .filter(pool -> pool.role() == PoolRole.GPU && pool.zones().isEmpty())
                .toList();
    }
}
