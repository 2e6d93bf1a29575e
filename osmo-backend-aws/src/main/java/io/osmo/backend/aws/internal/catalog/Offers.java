// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.spec.NodePool;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the region sells of the instance types that a spec asks for; an attachment of the inventory.
 *
 * @param machines known types by name; what is missing is not sold in the region
 * @param zonesByType names of the zones that sell a type
 * @param zones zones that the account can use
 */
public record Offers(Map<String, MachineType> machines, Map<String, Set<String>> zonesByType, List<Zone> zones) {
    public Offers {
        machines = Map.copyOf(machines);
        zonesByType = Map.copyOf(zonesByType);
        zones = zones.stream().sorted(Comparator.comparing(Zone::name)).toList();
    }

    /**
     * An availability zone.
     *
     * @param name such as {@code us-west-2a}; each account may mean another zone by it
     * @param id such as {@code usw2-az1}; the same zone in all accounts
     */
    public record Zone(String name, String id) {
        /**
         * Zones in which EKS places no control plane. Source: "View Amazon EKS networking requirements for VPC and subnets",
         * EKS User Guide, as of 2026-11.
         */
        private static final Set<String> WITHOUT_CONTROL_PLANES = Set.of("use1-az3", "usw1-az2", "cac1-az3");

        /** Whether the subnets of an EKS cluster may be here. */
        public boolean takesControlPlanes() {
            return !WITHOUT_CONTROL_PLANES.contains(id);
        }
    }

    /** What EC2 says of the types of a pool that are of a previous generation, a clause for each. */
    public List<String> previousGenerations(NodePool pool) {
        return of(
                pool,
                MachineType.Generation.PREVIOUS,
                " is of a previous generation: EC2 still supports it, recommends newer types and names no end");
    }

    /** The types of a pool of which EC2 does not say whether they are of the current generation, a clause for each. */
    public List<String> generationsNotTold(NodePool pool) {
        return of(pool, MachineType.Generation.NOT_TOLD, " is of a generation that EC2 does not tell");
    }

    private List<String> of(NodePool pool, MachineType.Generation generation, String clause) {
        return PoolTypes.of(pool).stream()
                .flatMap(type -> machine(type).stream())
                .filter(type -> type.generation() == generation)
                .map(type -> type.name() + clause)
                .toList();
    }

    public Optional<MachineType> machine(String type) {
        return Optional.ofNullable(machines.get(type));
    }

    /** These, and the types of others; zones are those of this one. */
    public Offers and(Offers others) {
        Map<String, MachineType> all = new HashMap<>(others.machines);
        all.putAll(machines);
        Map<String, Set<String>> sellers = new HashMap<>(others.zonesByType);
        sellers.putAll(zonesByType);
        return new Offers(all, sellers, zones);
    }

    /** Whether a zone sells a type. */
    public boolean sells(String zone, String type) {
        return zonesByType.getOrDefault(type, Set.of()).contains(zone);
    }

    /** Names of the zones that sell a type, sorted; not all of them are open to the account. */
    public List<String> sellers(String type) {
        return zonesByType.getOrDefault(type, Set.of()).stream().sorted().toList();
    }

    /** Whether a zone sells all types of a pool, as a node group needs. */
    public boolean sells(String zone, NodePool pool) {
        return PoolTypes.of(pool).stream().allMatch(type -> sells(zone, type));
    }

    /** Names of the zones that sell all types of a pool, sorted. */
    public List<String> sellers(NodePool pool) {
        return zones.stream().map(Zone::name).filter(zone -> sells(zone, pool)).toList();
    }

    /** Names of the zones that take control planes and sell each of some types, sorted. */
    public List<String> zonesFor(Set<String> types) {
        return zones.stream()
                .filter(Zone::takesControlPlanes)
                .map(Zone::name)
                .filter(zone -> types.stream().allMatch(type -> sells(zone, type)))
                .toList();
    }

    public Optional<Zone> zone(String name) {
        return zones.stream().filter(zone -> zone.name().equals(name)).findFirst();
    }
}
