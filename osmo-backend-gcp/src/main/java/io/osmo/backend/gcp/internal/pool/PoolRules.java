// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.PoolSettings;
import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for pools on GKE. */
final class PoolRules {
    private static final int MAX_NAME = 40;
    private static final int OPERATOR_VCPUS = 4;
    private static final long OPERATOR_MIB = 8L * 1024;

    /** Gone since May 2024, see <a href="https://cloud.google.com/compute/docs/eol/k80-eol">K80 end of life</a>. */
    private static final String RETIRED = "nvidia-tesla-k80";

    private PoolRules() {}

    static List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        GkeSettings settings = GkeSettings.of(spec.settings());
        if (spec.pools().stream().allMatch(pool -> pool.role() == PoolRole.GPU)) {
            violations.add(violation(
                    "computePools",
                    Requirement.CN_1,
                    "GPU pools only",
                    "at least one CPU or operator pool",
                    "Add a CPU pool: with GPU pools only, GKE leaves their nodes untainted and has no place for DNS."));
        }
        for (int i = 0; i < spec.computePools().size(); i++) {
            NodePool pool = spec.computePools().get(i);
            String path = "computePools[" + i + "]";
            pool(pool, path, settings.pool(pool.name()), violations);
        }
        spec.operatorPool().ifPresent(pool -> pool(pool, "operatorPool", settings.pool(pool.name()), violations));
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

    private static void pool(NodePool pool, String path, PoolSettings settings, List<Violation> violations) {
        if (pool.name().length() > MAX_NAME) {
            violations.add(violation(
                    path + ".name",
                    Requirement.CN_1,
                    pool.name(),
                    "at most " + MAX_NAME + " characters",
                    "Shorten the name; GKE allows no longer ones."));
        }
        if (pool.role() == PoolRole.GPU && !pool.taints().contains(PoolRole.GPU.standardTaint())) {
            violations.add(violation(
                    path + ".tainted",
                    Requirement.CN_4,
                    "false",
                    "true for GPU pools on GKE",
                    "Leave it out: GKE puts " + PoolRole.GPU.standardTaint() + " on GPU nodes in any case."));
        }
        for (int i = 0; i < pool.instanceTypes().size(); i++) {
            MachineShape shape = MachineShape.parse(pool.instanceTypes().get(i));
            if (shape.attached().filter(RETIRED::equals).isPresent()) {
                violations.add(violation(
                        path + ".instanceTypes[" + i + "]",
                        Requirement.CN_1,
                        pool.instanceTypes().get(i),
                        "an accelerator that Google still has",
                        "Use g2-standard-4, or n1-standard-4+nvidia-tesla-t4."));
            }
        }
        flexStart(pool, path, settings, violations);
        if (settings.compact() && pool.zones().size() != 1) {
            violations.add(violation(
                    path + ".zones",
                    Requirement.CN_1,
                    String.join(", ", pool.zones()),
                    "exactly one zone with settings.pools." + pool.name() + ".compact",
                    "Name one zone."));
        }
    }

    private static void flexStart(NodePool pool, String path, PoolSettings settings, List<Violation> violations) {
        if (!settings.flexStart()) {
            return;
        }
        if (pool.scale().min() != 0 || pool.scale().initial() != 0) {
            violations.add(violation(
                    path + ".scale.min",
                    Requirement.CN_2,
                    String.valueOf(pool.scale().min()),
                    "0 with flex-start",
                    "Set min and initial to 0: nodes with flex-start live only as long as a workload."));
        }
        if (pool.spot() || pool.reservation().isPresent() || settings.anyReservation()) {
            violations.add(violation(
                    "settings.pools." + pool.name() + ".flexStart",
                    Requirement.CN_2,
                    "true",
                    "neither spot nor a reservation beside it",
                    "Choose one way to get machines."));
        }
    }

    static List<Violation> check(BackendSpec spec, Offers offers) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < spec.computePools().size(); i++) {
            offered(spec.computePools().get(i), "computePools[" + i + "]", offers, violations);
        }
        spec.operatorPool().ifPresent(pool -> offered(pool, "operatorPool", offers, violations));
        return violations;
    }

    private static void offered(NodePool pool, String path, Offers offers, List<Violation> violations) {
        MachineShape shape = offers.shapeOf(pool);
        List<String> zones = offers.zonesOf(shape);
        List<String> silent = zones.isEmpty()
                ? List.of()
                : pool.zones().stream().filter(zone -> !zones.contains(zone)).toList();
        if (zones.isEmpty()) {
            violations.add(violation(
                    path + ".instanceTypes",
                    Requirement.CN_1,
                    String.join(", ", MachineShape.typesOf(pool)),
                    "a machine type that the region sells",
                    "Choose another type or region: gcloud compute machine-types list, and for GPUs"
                            + " gcloud compute accelerator-types list."));
            return;
        }
        if (!silent.isEmpty()) {
            violations.add(violation(
                    path + ".zones",
                    Requirement.CN_1,
                    String.join(", ", silent),
                    "zones that sell " + MachineShape.typesOf(pool).get(0) + ": " + String.join(", ", zones),
                    "Choose among these."));
        }
        Optional<Machine> machine = offers.machineOf(shape);
        boolean gpu = shape.attached().isPresent()
                || machine.filter(m -> m.gpus() > 0).isPresent();
        if (gpu != (pool.role() == PoolRole.GPU)) {
            violations.add(violation(
                    path + ".instanceTypes",
                    Requirement.CN_1,
                    MachineShape.typesOf(pool).get(0),
                    gpu ? "a machine without GPUs" : "a machine with GPUs",
                    gpu
                            ? "Make it a pool of role gpu."
                            : "Attach some, as in n1-standard-4+nvidia-tesla-t4, or use g2, a2, a3."));
        }
        machine.filter(m -> pool.role() == PoolRole.OPERATOR
                        && (m.vcpus() < OPERATOR_VCPUS || m.memoryMib() < OPERATOR_MIB))
                .ifPresent(m -> violations.add(violation(
                        path + ".instanceTypes",
                        Requirement.OP_2,
                        m.name() + " with " + m.vcpus() + " vCPUs and " + m.memoryMib() + " MiB",
                        OPERATOR_VCPUS + " vCPUs and " + OPERATOR_MIB + " MiB at least",
                        "Use e2-standard-4.")));
    }

    private static Violation violation(
            String path, Requirement requirement, String given, String allowed, String remedy) {
        return new Violation(path, Optional.of(requirement.id()), given, allowed, remedy);
    }
}
