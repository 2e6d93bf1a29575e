// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.SpecPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for the instance types and zones of a spec. Pure. */
public final class MachineRules {
    private static final int OPERATOR_VCPUS = 4;
    /** 8 GB as sold, in MiB: the requirement's GB is decimal, the catalog's MiB is not. */
    private static final long OPERATOR_MEMORY_MIB = 8_000_000_000L / (1024 * 1024);

    private static final int MIN_ZONES = 2;

    private MachineRules() {}

    /** Rules that need no cloud: types known to be retired. */
    public static List<Violation> validate(BackendSpec spec) {
        RetiredTypes retired = RetiredTypes.load();
        return eachType(
                spec,
                (pool, path, type) -> retired
                        .find(type)
                        .map(found -> typeRequirement(pool)
                                .violation(
                                        path,
                                        type + " (" + found.reason() + ")",
                                        "a type that AWS still sells and current drivers support",
                                        "Use " + found.replacement() + " or another current type."))
                        .stream()
                        .toList());
    }

    private static Requirement typeRequirement(NodePool pool) {
        return pool.role() == PoolRole.OPERATOR ? Requirement.OP_2 : Requirement.CN_1;
    }

    /** Rules that need the region's catalog; without one, no rule is broken. */
    public static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(Offers.class)
                .map(offers -> check(spec, offers, inventory))
                .orElse(List.of());
    }

    private static List<Violation> check(BackendSpec spec, Offers offers, Inventory inventory) {
        List<String> zones = ChosenZones.of(spec, inventory);
        List<NodePool> unserved = new ArrayList<>(unserved(spec, offers, zones));
        List<Violation> violations = new ArrayList<>();
        if (spec.network().existingId().isEmpty()) {
            checkZones(spec, offers, zones, violations);
            if (!hasMisplaced(spec, offers)) {
                checkCount(spec, offers, inventory, zones, unserved, violations);
            }
        }
        violations.addAll(eachType(
                spec,
                (pool, path, type) -> offers.machine(type)
                        .map(machine ->
                                checkType(spec, pool, path, machine, offers, ChosenZones.of(pool, zones, inventory)))
                        .orElseGet(() -> List.of(typeRequirement(pool)
                                .violation(
                                        path,
                                        type,
                                        "an instance type that is sold in " + spec.region(),
                                        "Choose another type or another region.")))));
        violations.addAll(SpecPaths.eachPool(spec, (pool, path) -> {
            List<Violation> ofPool = new ArrayList<>(checkUniform(pool, path, offers));
            if (unserved.contains(pool)) {
                ofPool.add(notServed(spec, pool, path, zones, offers));
            }
            return ofPool;
        }));
        return violations;
    }

    private static void checkZones(BackendSpec spec, Offers offers, List<String> zones, List<Violation> violations) {
        for (String name : zones) {
            if (offers.zone(name).filter(Offers.Zone::takesControlPlanes).isEmpty()) {
                violations.add(Requirement.CP_3.violation(
                        namedAt(spec, name),
                        name,
                        "zones of " + spec.region() + " in which EKS places control planes: "
                                + String.join(", ", offers.zonesFor(Set.of())),
                        "Choose from these."));
            }
        }
    }

    /** The field that names a zone: one of the network, else one of a pool. */
    private static String namedAt(BackendSpec spec, String zone) {
        int ofNetwork = spec.network().zones().indexOf(zone);
        if (ofNetwork >= 0) {
            return "network.zones[" + ofNetwork + "]";
        }
        for (int i = 0; i < spec.computePools().size(); i++) {
            int ofPool = spec.computePools().get(i).zones().indexOf(zone);
            if (ofPool >= 0) {
                return "computePools[" + i + "].zones[" + ofPool + "]";
            }
        }
        return spec.operatorPool()
                .map(pool -> pool.zones().indexOf(zone))
                .filter(ofPool -> ofPool >= 0)
                .map(ofPool -> "operatorPool.zones[" + ofPool + "]")
                .orElse("network.zones");
    }

    /**
     * The number of zones, if the spec does not name the zones. GPU pools that only more zones would serve are reported here and
     * taken off the list.
     */
    private static void checkCount(
            BackendSpec spec,
            Offers offers,
            Inventory inventory,
            List<String> zones,
            List<NodePool> unserved,
            List<Violation> violations) {
        boolean picked = spec.network().zones().isEmpty()
                && ChosenZones.withSubnets(inventory).isEmpty();
        int wanted = picked ? Math.max(MIN_ZONES, spec.network().zoneCount()) : MIN_ZONES;
        // A type that no zone sells has its own violation; one of the zones would only mislead.
        Set<String> everywhere = ChosenZones.everywhere(spec);
        boolean sold = everywhere.stream().allMatch(type -> offers.machine(type).isPresent());
        if (sold && zones.size() < wanted) {
            List<String> fitting = offers.zonesFor(everywhere);
            violations.add(Requirement.CP_3.violation(
                    picked ? "network.zoneCount" : "network.zones",
                    String.valueOf(wanted),
                    "zones that sell every type of the CPU and operator pools without zones of their own; these are "
                            + (fitting.isEmpty() ? "none" : String.join(", ", fitting)),
                    "Ask for fewer zones (EKS needs two), give the pools with scarce types zones of their own, or"
                            + " choose other types."));
        } else if (picked && !unserved.isEmpty()) {
            for (int more = wanted + 1; more <= offers.zones().size(); more++) {
                List<String> larger = ChosenZones.of(spec, inventory, more);
                if (unserved(spec, offers, larger).isEmpty()) {
                    violations.add(Requirement.CP_3.violation(
                            "network.zoneCount",
                            String.valueOf(wanted),
                            "at least " + more + ", since no " + wanted + " zones sell the types of all pools; "
                                    + String.join(", ", larger) + " do",
                            "Ask for " + more + " zones, or choose other types."));
                    unserved.clear();
                    return;
                }
            }
        }
    }

    /** GPU pools without zones of their own whose types are sold, but not together in any of these zones. */
    private static List<NodePool> unserved(BackendSpec spec, Offers offers, List<String> zones) {
        return ChosenZones.scarce(spec).stream()
                .filter(pool -> PoolTypes.of(pool).stream()
                        .allMatch(type -> offers.machine(type).isPresent()))
                .filter(pool -> zones.stream().noneMatch(zone -> offers.sells(zone, pool)))
                .toList();
    }

    private static Violation notServed(
            BackendSpec spec, NodePool pool, String path, List<String> zones, Offers offers) {
        List<String> sellers = offers.sellers(pool);
        String given = String.join(", ", PoolTypes.of(pool)) + " in " + String.join(", ", zones);
        if (sellers.isEmpty()) {
            return Requirement.CN_1.violation(
                    path + ".instanceTypes",
                    given,
                    "types that one zone sells together: none sells these",
                    "Split pool " + pool.name() + ", or choose other types.");
        }
        String remedy;
        if (spec.network().existingId().isPresent()) {
            remedy = "Give the network a subnet in such a zone";
        } else if (spec.network().zones().isEmpty()) {
            remedy = "Name such a zone as that of pool " + pool.name()
                    + ", and zones for the pools whose types it does not sell";
        } else {
            remedy = "Add such a zone to network.zones";
        }
        return Requirement.CN_1.violation(
                path + ".instanceTypes",
                given,
                "a zone of the backend among those that sell it: " + String.join(", ", sellers),
                remedy + ", or choose another type.");
    }

    private static List<Violation> checkType(
            BackendSpec spec, NodePool pool, String path, MachineType machine, Offers offers, List<String> zones) {
        List<Violation> violations = new ArrayList<>();
        checkRole(pool, path, machine).ifPresent(violations::add);
        if (EksSettings.of(spec.settings()).pool(pool.name()).efa() && machine.efaInterfaces() == 0) {
            violations.add(Requirement.CN_1.violation(
                    "settings.pools." + pool.name() + ".efa",
                    machine.name(),
                    "types that have Elastic Fabric Adapters",
                    "Switch EFA off for this pool, or choose a type that has it."));
        }
        // Where a type is sold does not matter in a pool that cannot have it.
        if (!ChosenZones.scarce(spec).contains(pool)
                && checkRole(pool, path, machine).isEmpty()) {
            checkSold(pool, path, machine.name(), zones, offers, violations);
        }
        return violations;
    }

    private static void checkSold(
            NodePool pool, String path, String type, List<String> zones, Offers offers, List<Violation> violations) {
        for (String zone : zones) {
            // A zone that does not exist has a violation of its own.
            if (offers.zone(zone).isPresent() && !offers.sells(zone, type)) {
                List<String> sellers = offers.sellers(type);
                violations.add(Requirement.CN_1.violation(
                        path,
                        type + " in " + zone,
                        sellers.isEmpty()
                                ? "nothing: no zone sells it"
                                : "zones that sell it: " + String.join(", ", sellers),
                        "Give pool " + pool.name() + " zones that sell the type, or choose another type."));
            }
        }
    }

    /** Whether a pool has a type that its role forbids: zones that sell all types then mean nothing. */
    private static boolean hasMisplaced(BackendSpec spec, Offers offers) {
        return spec.pools().stream()
                .anyMatch(pool -> PoolTypes.of(pool).stream()
                        .flatMap(type -> offers.machine(type).stream())
                        .anyMatch(machine -> checkRole(pool, "", machine).isPresent()));
    }

    private static Optional<Violation> checkRole(NodePool pool, String path, MachineType machine) {
        boolean gpu = machine.nvidiaGpus() > 0;
        return switch (pool.role()) {
            case OPERATOR ->
                machine.vcpus() < OPERATOR_VCPUS
                                || machine.memoryMib() < OPERATOR_MEMORY_MIB
                                || gpu
                                || machine.otherAccelerators() > 0
                        ? Optional.of(Requirement.OP_2.violation(
                                path,
                                describe(machine),
                                "at least 4 vCPU and 8 GB of memory, and no GPU",
                                "Use " + PoolTypes.DEFAULT_OPERATOR_TYPE + " or larger."))
                        : Optional.empty();
            case CPU ->
                gpu
                        ? Optional.of(Requirement.CN_3.violation(
                                path,
                                describe(machine),
                                "types without GPU in a CPU pool",
                                "Make it a GPU pool, or choose a type without GPU."))
                        : Optional.empty();
            case GPU ->
                gpu
                        ? Optional.empty()
                        : Optional.of(Requirement.CN_1.violation(
                                path,
                                describe(machine),
                                "types with NVIDIA GPUs in a GPU pool",
                                "Make it a CPU pool, or choose a type with GPUs."));
        };
    }

    /** All types of a pool share image type and number of GPUs, else the autoscaler calculates with wrong sizes. */
    private static List<Violation> checkUniform(NodePool pool, String path, Offers offers) {
        List<MachineType> machines = PoolTypes.of(pool).stream()
                .flatMap(type -> offers.machine(type).stream())
                .toList();
        long kinds = machines.stream()
                .map(machine -> machine.arm() + "/" + machine.nvidiaGpus())
                .distinct()
                .count();
        return kinds <= 1
                ? List.of()
                : List.of(Requirement.CN_2.violation(
                        path + ".instanceTypes",
                        machines.stream().map(MachineRules::describe).collect(Collectors.joining(", ")),
                        "types of one architecture and one number of GPUs",
                        "Split the pool."));
    }

    private static String describe(MachineType machine) {
        return machine.name() + " (" + machine.vcpus() + " vCPU, " + machine.memoryMib() / 1024 + " GiB"
                + (machine.nvidiaGpus() > 0 ? ", " + machine.nvidiaGpus() + " GPU" : "")
                + ", " + machine.architecture() + ")";
    }

    private static List<Violation> eachType(BackendSpec spec, TypeRule rule) {
        return SpecPaths.eachPool(spec, (pool, path) -> {
            List<String> types = PoolTypes.of(pool);
            List<Violation> violations = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                violations.addAll(rule.check(pool, path + ".instanceTypes[" + i + "]", types.get(i)));
            }
            return violations;
        });
    }

    @FunctionalInterface
    private interface TypeRule {
        List<Violation> check(NodePool pool, String path, String type);
    }
}
