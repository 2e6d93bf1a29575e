// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.GpuDriver;
import io.osmo.backend.gcp.PoolSettings;
import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.SpecPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for pools on GKE. */
final class PoolRules {
    private static final int OPERATOR_VCPUS = 4;
    private static final String NO_GPUS = "a machine without GPUs, since it is no GPU pool";
    private static final String MAKE_IT_GPU = "Make it a GPU pool (role gpu), or choose a type without GPUs.";
    private static final long OPERATOR_MIB = 8L * 1024;

    /** Retired in May 2024, see <a href="https://cloud.google.com/compute/docs/eol/k80-eol">K80 end of life</a>. */
    private static final String RETIRED = "nvidia-tesla-k80";

    private PoolRules() {}

    static List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        GkeSettings settings = GkeSettings.of(spec.settings());
        if (spec.pools().stream().allMatch(pool -> pool.role() == PoolRole.GPU)) {
            violations.add(Requirement.CN_1.violation(
                    "computePools",
                    "GPU pools only",
                    "at least one CPU or operator pool",
                    "Add a CPU pool: with GPU pools only, GKE leaves their nodes untainted and has no place for DNS."));
        }
        violations.addAll(SpecPaths.eachPool(spec, (pool, path) -> pool(pool, path, settings.pool(pool.name()))));
        violations.addAll(SpecPaths.eachPool(spec, (pool, path) -> names(pool, path, spec)));
        violations.addAll(SpecPaths.eachPool(spec, NodeKeyRules::validate));
        violations.addAll(SpecPaths.eachPool(spec, (pool, path) -> pluginLabel(pool, path, settings.gpuDriver())));
        settings.pools().keySet().stream()
                .filter(name ->
                        spec.pools().stream().noneMatch(pool -> pool.name().equals(name)))
                .sorted()
                .forEach(name -> violations.add(new Violation(
                        "settings.pools." + name,
                        Optional.empty(),
                        name,
                        "the name of a pool of the spec",
                        "Correct the name or remove the entry.")));
        return violations;
    }

    private static List<Violation> names(NodePool pool, String path, BackendSpec spec) {
        return spec.pools().stream()
                .filter(other -> PoolName.isGenerationOf(pool.name(), other.name()))
                .map(other -> Requirement.CN_1.violation(
                        path + ".name",
                        pool.name(),
                        "a name that a replacement of pool " + other.name() + " does not need",
                        "Choose a name that is not that of another pool with -gen and a number."))
                .toList();
    }

    /** The label of GKE's device plugin, where it contradicts the settings: GPUs would have two device plugins, or none. */
    private static List<Violation> pluginLabel(NodePool pool, String path, GpuDriver driver) {
        boolean operators = GkeGpuStack.of(driver).leftToOperator(GpuStack.Part.DEVICE_PLUGIN);
        return Optional.ofNullable(pool.labels().get(GkeGpuStack.NO_DEVICE_PLUGIN))
                .filter(off -> pool.role() == PoolRole.GPU && off.equals("true") != operators)
                .map(off -> Requirement.CN_3.violation(
                        path + ".labels[\"" + GkeGpuStack.NO_DEVICE_PLUGIN + "\"]",
                        off + ", which leaves the device plugin of GPU nodes with "
                                + (operators ? "two owners" : "no owner"),
                        "what settings.gpuDriver " + driver + " makes of it",
                        "Remove the label."))
                .stream()
                .toList();
    }

    private static List<Violation> pool(NodePool pool, String path, PoolSettings settings) {
        List<Violation> violations = new ArrayList<>();
        if (pool.name().length() > PoolName.MAX_LENGTH) {
            violations.add(Requirement.CN_1.violation(
                    path + ".name",
                    pool.name(),
                    "at most " + PoolName.MAX_LENGTH + " characters",
                    "Shorten the name: GKE allows no more."));
        }
        if (pool.role() == PoolRole.GPU && !pool.taints().contains(PoolRole.GPU.standardTaint())) {
            violations.add(Requirement.CN_4.violation(
                    path + ".tainted",
                    "false",
                    "true for GPU pools on GKE",
                    "Leave it out: GKE puts " + PoolRole.GPU.standardTaint() + " on GPU nodes in any case."));
        }
        for (int i = 0; i < pool.instanceTypes().size(); i++) {
            MachineShape shape = MachineShape.parse(pool.instanceTypes().get(i));
            if (pool.role() != PoolRole.GPU && shape.namesGpus()) {
                violations.add(Requirement.CN_1.violation(
                        path + ".instanceTypes[" + i + "]", pool.instanceTypes().get(i), NO_GPUS, MAKE_IT_GPU));
            }
            if (shape.attached().filter(RETIRED::equals).isPresent()) {
                violations.add(Requirement.CN_1.violation(
                        path + ".instanceTypes[" + i + "]",
                        pool.instanceTypes().get(i),
                        "an accelerator that Google still offers",
                        "Use g2-standard-4, or n1-standard-4+nvidia-tesla-t4."));
            }
        }
        violations.addAll(flexStart(pool, path, settings));
        if (settings.compact() && pool.zones().size() != 1) {
            violations.add(Requirement.CN_1.violation(
                    path + ".zones",
                    String.join(", ", pool.zones()),
                    "exactly one zone with settings.pools." + pool.name() + ".compact",
                    "Name one zone."));
        }
        return violations;
    }

    private static List<Violation> flexStart(NodePool pool, String path, PoolSettings settings) {
        if (!settings.flexStart()) {
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        if (pool.scale().min() != 0 || pool.scale().initial() != 0) {
            violations.add(Requirement.CN_2.violation(
                    path + ".scale.min",
                    String.valueOf(pool.scale().min()),
                    "0 with flex-start",
                    "Set min and initial to 0: nodes with flex-start live only as long as a workload."));
        }
        if (pool.spot() || pool.reservation().isPresent() || settings.anyReservation()) {
            violations.add(Requirement.CN_2.violation(
                    "settings.pools." + pool.name() + ".flexStart",
                    "true",
                    "flex-start without spot or a reservation",
                    "Choose one way to get machines."));
        }
        return violations;
    }

    /** @param existing the backend's existing pools, which can use what is no longer offered for new ones */
    static List<Violation> check(BackendSpec spec, Offers offers, List<ObservedPool> existing) {
        return SpecPaths.eachPool(
                spec,
                (pool, path) -> check(
                        pool,
                        path,
                        offers,
                        existing.stream()
                                .map(ObservedPool::pool)
                                .filter(found -> PoolName.of(found, pool.name()).isPresent()
                                        && PoolPlace.kept(pool, found.getConfig())
                                                .isPresent())
                                .findFirst()));
    }

    private static List<Violation> check(
            NodePool pool, String path, Offers offers, Optional<com.google.container.v1.NodePool> existing) {
        MachineShape shape = existing.flatMap(found -> PoolPlace.kept(pool, found.getConfig()))
                .orElseGet(() -> offers.shapeOf(pool));
        List<String> zones = Stream.concat(
                        offers.zonesOf(shape).stream(),
                        existing.stream().flatMap(found -> found.getLocationsList().stream()))
                .distinct()
                .sorted()
                .toList();
        if (zones.isEmpty()) {
            return List.of(Requirement.CN_1.violation(
                    path + ".instanceTypes",
                    String.join(", ", MachineShape.typesOf(pool))
                            + MachineShape.typesOf(pool).stream()
                                    .map(MachineShape::parse)
                                    .flatMap(each -> offers.deprecations(each, found -> true).stream())
                                    .map(text -> "; " + text)
                                    .collect(Collectors.joining()),
                    "a machine type that the region sells",
                    "Choose another type or region: gcloud compute machine-types list, and for GPUs"
                            + " gcloud compute accelerator-types list."));
        }
        String type = shape.machineType();
        Optional<Machine> machine = offers.machineOf(shape);
        boolean gpu = shape.namesGpus() || machine.filter(m -> m.gpus() > 0).isPresent();
        if (gpu != (pool.role() == PoolRole.GPU)) {
            // Then the zones that offer it do not matter.
            return List.of(Requirement.CN_1.violation(
                    path + ".instanceTypes",
                    type,
                    gpu ? NO_GPUS : "a machine with GPUs, since it is a GPU pool",
                    gpu ? MAKE_IT_GPU : "Attach some, as in n1-standard-4+nvidia-tesla-t4, or use g2, a2, a3."));
        }
        List<Violation> violations = new ArrayList<>();
        List<String> without =
                pool.zones().stream().filter(zone -> !zones.contains(zone)).toList();
        if (!without.isEmpty()) {
            violations.add(Requirement.CN_1.violation(
                    path + ".zones",
                    String.join(", ", without),
                    "zones that sell " + type + ": " + String.join(", ", zones),
                    "Choose among these."));
        }
        machine.filter(m -> pool.role() == PoolRole.OPERATOR
                        && (m.vcpus() < OPERATOR_VCPUS || m.memoryMib() < OPERATOR_MIB))
                .ifPresent(m -> violations.add(Requirement.OP_2.violation(
                        path + ".instanceTypes",
                        m.name() + " with " + m.vcpus() + " vCPUs and " + m.memoryMib() + " MiB",
                        "at least " + OPERATOR_VCPUS + " vCPUs and " + OPERATOR_MIB + " MiB",
                        "Use e2-standard-4.")));
        return violations;
    }

    /** What is allowed but should be known, a sentence each. */
    static List<String> warnings(BackendSpec spec) {
        List<NodePool> hyperdisk =
                spec.pools().stream().filter(MachineShape::demandsHyperdisk).toList();
        List<String> warnings = new ArrayList<>();
        if (hyperdisk.size() < spec.pools().size()) {
            hyperdisk.forEach(pool -> warnings.add("pool " + pool.name() + " takes Hyperdisk only ("
                    + pool.instanceTypes().get(0)
                    + ") and cannot mount volumes of the default StorageClass, which are pd-balanced"));
        }
        for (NodePool pool : spec.pools()) {
            for (String type : pool.instanceTypes()) {
                MachineShape shape = MachineShape.parse(type);
                if (shape.translated()) {
                    warnings.add(type + " is not a machine type of Google Cloud; pool " + pool.name() + " gets "
                            + shape.machineType() + " with " + shape.attached().orElse(""));
                }
            }
        }
        return warnings;
    }
}
