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
                checkSold(pool, path, type, zones, offers, violations);
            }
        });
        for (int i = 0; i < spec.computePools().size(); i++) {
            checkUniform(spec.computePools().get(i), "computePools[" + i + "]", offers, violations);
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
        boolean picked = spec.network().zones().isEmpty()
                && ChosenZones.standing(inventory).isEmpty();
        int wanted = picked ? Math.max(MIN_ZONES, spec.network().zoneCount()) : MIN_ZONES;
        // A type that no zone sells has its own violation; blaming the zones for it would only mislead.
        boolean sold = ChosenZones.unbound(spec).stream()
                .allMatch(type -> offers.machine(type).isPresent());
        if (sold && zones.size() < wanted) {
            List<String> fitting = offers.zonesFor(ChosenZones.unbound(spec));
            violations.add(violation(
                    picked ? "network.zoneCount" : "network.zones",
                    Requirement.CP_3,
                    String.valueOf(wanted),
                    "zones that sell every type of the pools without zones of their own; these are "
                            + (fitting.isEmpty() ? "none" : String.join(", ", fitting)),
                    "Ask for fewer zones (EKS needs two), give the pools with scarce types zones of their own, or"
                            + " choose other types."));
        }
    }

    private static void checkSold(
            NodePool pool, String path, String type, List<String> zones, Offers offers, List<Violation> violations) {
        for (String zone : ChosenZones.of(pool, zones)) {
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
