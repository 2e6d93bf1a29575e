// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules for the instance types and zones of a spec. Pure. */
public final class MachineRules {
    private static final int OPERATOR_VCPUS = 4;
    /** 8 GB as sold, in MiB: the requirement's GB is decimal, the catalogue's MiB is not. */
    private static final long OPERATOR_MEMORY_MIB = 8_000_000_000L / (1024 * 1024);

    private static final int MIN_ZONES = 2;

    private MachineRules() {}

    /** Rules that need no cloud: types known to be retired. */
    public static List<Violation> validate(BackendSpec spec) {
        RetiredTypes retired = RetiredTypes.load();
        List<Violation> violations = new ArrayList<>();
        eachType(
                spec,
                (pool, path, type) -> retired.find(type)
                        .ifPresent(found -> violations.add(violation(
                                path,
                                pool.role() == PoolRole.OPERATOR ? Requirement.OP_2 : Requirement.CN_1,
                                type + " (" + found.reason() + ")",
                                "a type that AWS still sells and current drivers know",
                                "Use " + found.replacement() + " or another current type."))));
        return violations;
    }

    /** Rules that need the region's catalogue; without one, nothing is claimed. */
    public static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(Offers.class)
                .map(offers -> check(spec, offers, inventory))
                .orElse(List.of());
    }

    private static List<Violation> check(BackendSpec spec, Offers offers, Inventory inventory) {
        List<Violation> violations = new ArrayList<>();
        List<String> zones = ChosenZones.of(spec, inventory);
        checkZones(spec, offers, inventory, zones, violations);
        List<NodePool> unserved = new ArrayList<>(unserved(spec, offers, zones));
        checkCount(spec, offers, inventory, zones, unserved, violations);
        eachType(spec, (pool, path, type) -> {
            Optional<MachineType> machine = offers.machine(type);
            if (machine.isEmpty()) {
                violations.add(violation(
                        path,
                        pool.role() == PoolRole.OPERATOR ? Requirement.OP_2 : Requirement.CN_1,
                        type,
                        "an instance type that is sold in " + spec.region(),
                        "Choose another type or another region."));
            } else {
                checkMachine(spec, pool, path, machine.get(), violations);
                if (!ChosenZones.scarce(spec).contains(pool)) {
                    checkSold(pool, path, type, ChosenZones.of(pool, zones, inventory), offers, violations);
                }
            }
        });
        for (int i = 0; i < spec.computePools().size(); i++) {
            NodePool pool = spec.computePools().get(i);
            checkUniform(pool, "computePools[" + i + "]", offers, violations);
            if (unserved.contains(pool)) {
                checkServed(spec, pool, "computePools[" + i + "]", zones, offers, violations);
            }
        }
        spec.operatorPool().ifPresent(pool -> checkUniform(pool, "operatorPool", offers, violations));
        return violations;
    }

    private static void checkZones(
            BackendSpec spec, Offers offers, Inventory inventory, List<String> zones, List<Violation> violations) {
        if (spec.network().existingId().isPresent()) {
            return;
        }
        for (String name : zones) {
            Optional<Offers.Zone> zone = offers.zone(name);
            if (zone.isEmpty() || !zone.get().takesControlPlanes()) {
                violations.add(violation(
                        "network.zones",
                        Requirement.CP_3,
                        name,
                        "zones of " + spec.region() + " in which EKS places control planes: "
                                + String.join(", ", offers.zonesFor(Set.of())),
                        "Choose among these."));
            }
        }
    }

    /**
     * The number of zones, if the spec leaves their choice to us; GPU pools that only more zones would serve are taken off
     * the list, for they are reported here.
     */
    private static void checkCount(
            BackendSpec spec,
            Offers offers,
            Inventory inventory,
            List<String> zones,
            List<NodePool> unserved,
            List<Violation> violations) {
        if (spec.network().existingId().isPresent()) {
            return;
        }
        boolean picked = spec.network().zones().isEmpty()
                && ChosenZones.standing(inventory).isEmpty();
        int wanted = picked ? Math.max(MIN_ZONES, spec.network().zoneCount()) : MIN_ZONES;
        // A type that no zone sells has its own violation; blaming the zones for it would only mislead.
        Set<String> everywhere = ChosenZones.everywhere(spec);
        boolean sold = everywhere.stream().allMatch(type -> offers.machine(type).isPresent());
        if (sold && zones.size() < wanted) {
            List<String> fitting = offers.zonesFor(everywhere);
            violations.add(violation(
                    picked ? "network.zoneCount" : "network.zones",
                    Requirement.CP_3,
                    String.valueOf(wanted),
                    "zones that sell every type of the CPU and operator pools without zones of their own; these are "
                            + (fitting.isEmpty() ? "none" : String.join(", ", fitting)),
                    "Ask for fewer zones (EKS needs two), give the pools with scarce types zones of their own, or"
                            + " choose other types."));
        } else if (picked && !unserved.isEmpty()) {
            for (int more = wanted + 1; more <= offers.zones().size(); more++) {
                List<String> larger = ChosenZones.of(spec, inventory, more);
                if (unserved(spec, offers, larger).isEmpty()) {
                    violations.add(violation(
                            "network.zoneCount",
                            Requirement.CP_3,
                            String.valueOf(wanted),
                            "at least " + more + ", for no " + wanted + " zones sell the types of all pools; "
                                    + String.join(", ", larger) + " do",
                            "Ask for " + more + " zones, or choose other types."));
                    unserved.clear();
                    return;
                }
            }
        }
    }

    /** GPU pools without zones of their own whose types are sold, but together in none of these zones. */
    private static List<NodePool> unserved(BackendSpec spec, Offers offers, List<String> zones) {
        return ChosenZones.scarce(spec).stream()
                .filter(pool -> PoolTypes.of(pool).stream()
                        .allMatch(type -> offers.machine(type).isPresent()))
                .filter(pool -> zones.stream().noneMatch(zone -> offers.sells(zone, pool)))
                .toList();
    }

    private static void checkServed(
            BackendSpec spec,
            NodePool pool,
            String path,
            List<String> zones,
            Offers offers,
            List<Violation> violations) {
        List<String> sellers = offers.sellers(pool);
        String types = String.join(", ", PoolTypes.of(pool));
        violations.add(violation(
                path + ".instanceTypes",
                Requirement.CN_1,
                types + " in " + String.join(", ", zones),
                sellers.isEmpty()
                        ? "types that one zone sells together: none sells these"
                        : "a zone of the backend among those that sell it: " + String.join(", ", sellers),
                sellers.isEmpty()
                        ? "Split pool " + pool.name() + ", or choose other types."
                        : (spec.network().existingId().isPresent()
                                        ? "Give the network a subnet in such a zone"
                                        : spec.network().zones().isEmpty()
                                                ? "Name such a zone as that of pool " + pool.name()
                                                        + ", and zones for the pools whose types it does not sell"
                                                : "Add such a zone to network.zones")
                                + ", or choose another type."));
    }

    private static void checkSold(
            NodePool pool, String path, String type, List<String> zones, Offers offers, List<Violation> violations) {
        for (String zone : zones) {
            // A zone that is not there has a violation of its own.
            if (offers.zone(zone).isPresent() && !offers.sells(zone, type)) {
                Set<String> sellers = offers.zonesByType().containsKey(type)
                        ? new TreeSet<>(offers.zonesByType().get(type))
                        : Set.of();
                violations.add(violation(
                        path,
                        Requirement.CN_1,
                        type + " in " + zone,
                        sellers.isEmpty()
                                ? "nothing: no zone sells it"
                                : "zones that sell it: " + String.join(", ", sellers),
                        "Give pool " + pool.name() + " zones that sell the type, or choose another type."));
            }
        }
    }

    private static void checkMachine(
            BackendSpec spec, NodePool pool, String path, MachineType machine, List<Violation> violations) {
        switch (pool.role()) {
            case OPERATOR -> {
                if (machine.vcpus() < OPERATOR_VCPUS
                        || machine.memoryMib() < OPERATOR_MEMORY_MIB
                        || machine.nvidiaGpus() + machine.otherAccelerators() > 0) {
                    violations.add(violation(
                            path,
                            Requirement.OP_2,
                            describe(machine),
                            "at least 4 vCPU and 8 GB of memory, and no GPU",
                            "Use " + PoolTypes.DEFAULT_OPERATOR_TYPE + " or larger."));
                }
            }
            case CPU -> {
                if (machine.nvidiaGpus() > 0) {
                    violations.add(violation(
                            path,
                            Requirement.CN_3,
                            describe(machine),
                            "types without GPU in a CPU pool",
                            "Make it a GPU pool, or choose a type without GPU."));
                }
            }
            case GPU -> {
                if (machine.nvidiaGpus() == 0) {
                    violations.add(violation(
                            path,
                            Requirement.CN_1,
                            describe(machine),
                            "types with NVIDIA GPUs in a GPU pool",
                            "Make it a CPU pool, or choose a type with GPUs."));
                }
            }
        }
        if (EksSettings.of(spec.settings()).pool(pool.name()).efa() && machine.efaInterfaces() == 0) {
            violations.add(violation(
                    "settings.pools." + pool.name() + ".efa",
                    Requirement.CN_1,
                    machine.name(),
                    "types that have Elastic Fabric Adapters",
                    "Switch EFA off for this pool, or choose a type that has it."));
        }
    }

    /** All types of a pool share image type and capacity, or the autoscaler reckons wrongly. */
    private static void checkUniform(NodePool pool, String path, Offers offers, List<Violation> violations) {
        List<MachineType> machines = PoolTypes.of(pool).stream()
                .flatMap(type -> offers.machine(type).stream())
                .toList();
        if (machines.stream()
                        .map(m -> m.arm() + "/" + m.nvidiaGpus())
                        .distinct()
                        .count()
                > 1) {
            violations.add(violation(
                    path + ".instanceTypes",
                    Requirement.CN_2,
                    String.join(
                            ", ", machines.stream().map(MachineRules::describe).toList()),
                    "types of one architecture and one number of GPUs",
                    "Split the pool."));
        }
    }

    private static String describe(MachineType machine) {
        return machine.name() + " (" + machine.vcpus() + " vCPU, " + machine.memoryMib() / 1024 + " GiB"
                + (machine.nvidiaGpus() > 0 ? ", " + machine.nvidiaGpus() + " GPU" : "")
                + ", " + machine.architecture() + ")";
    }

    private static Violation violation(
            String path, Requirement requirement, String given, String allowed, String remedy) {
        return new Violation(path, Optional.of(requirement.id()), given, allowed, remedy);
    }

    private static void eachType(BackendSpec spec, TypeVisitor visitor) {
        spec.operatorPool().ifPresent(pool -> eachType(pool, "operatorPool", visitor));
        for (int i = 0; i < spec.computePools().size(); i++) {
            eachType(spec.computePools().get(i), "computePools[" + i + "]", visitor);
        }
    }

    private static void eachType(NodePool pool, String path, TypeVisitor visitor) {
        List<String> types = PoolTypes.of(pool);
        for (int i = 0; i < types.size(); i++) {
            visitor.visit(pool, path + ".instanceTypes[" + i + "]", types.get(i));
        }
    }

    @FunctionalInterface
    private interface TypeVisitor {
        void visit(NodePool pool, String path, String type);
    }
}
