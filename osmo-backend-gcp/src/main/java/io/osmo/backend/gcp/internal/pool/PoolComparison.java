// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a pool differs from what is wanted of it, field by field. Pure. Labels and taints of the nodes and labels of the machines change
 * without a new node, see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/update-existing-nodepools">updating node
 * labels and taints</a>; machine, disk and image are changed by <a
 * href="https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies">surge upgrades</a>.
 */
final class PoolComparison {
    /** Labels of the machines; each is a field of its own. */
    static final String LABELS = "config.resourceLabels";

    /** Effects that keep pods out, in Kubernetes' spelling. */
    private static final Map<NodeTaint.Effect, String> EFFECTS =
            Map.of(NodeTaint.Effect.NO_SCHEDULE, "NoSchedule", NodeTaint.Effect.NO_EXECUTE, "NoExecute");

    private static final String OWN_TAINTS = "cloud.google.com/";

    private PoolComparison() {}

    /** @param surges whether a replacement is created before the old pool is deleted, rather than after */
    static Differences of(ObservedPool existing, NodePool wanted, boolean surges) {
        NodePool observed = existing.pool();
        NodeConfig have = observed.getConfig();
        NodeConfig want = wanted.getConfig();
        Differences differences = new Differences();
        scale(existing, wanted.getAutoscaling()).ifPresent(differences::add);
        zones(existing, wanted, surges).ifPresent(differences::add);
        machine(have, want).ifPresent(differences::add);
        rolling(differences, "config.diskType", have.getDiskType(), want.getDiskType());
        rolling(differences, "config.diskSizeGb", have.getDiskSizeGb(), want.getDiskSizeGb());
        rolling(differences, "config.imageType", have.getImageType(), want.getImageType());
        return differences
                .inPlace("management.autoRepair", observed.getManagement().getAutoRepair(), true)
                .inPlace("management.autoUpgrade", observed.getManagement().getAutoUpgrade(), true)
                .inPlace("config.labels", new TreeMap<>(have.getLabelsMap()), new TreeMap<>(want.getLabelsMap()))
                .addAll(evicting(taints(have), taints(want)).stream().toList())
                .addAll(labels(have, want))
                .replacing("config.accelerators", accelerators(have), accelerators(want))
                .replacing("config.serviceAccount", have.getServiceAccount(), want.getServiceAccount())
                .replacing("config.bootDiskKmsKey", have.getBootDiskKmsKey(), want.getBootDiskKmsKey())
                .replacing("config.spot", have.getSpot(), want.getSpot())
                .replacing("config.flexStart", have.getFlexStart(), want.getFlexStart())
                .replacing("config.reservationAffinity", reservation(have), reservation(want))
                .replacing(
                        "config.shieldedInstanceConfig.enableSecureBoot",
                        have.getShieldedInstanceConfig().getEnableSecureBoot(),
                        want.getShieldedInstanceConfig().getEnableSecureBoot())
                .replacing(
                        "placementPolicy",
                        observed.getPlacementPolicy().getType(),
                        wanted.getPlacementPolicy().getType());
    }

    /** The autoscaler drains what is above a lower maximum. */
    private static Optional<FieldChange> scale(ObservedPool existing, NodePoolAutoscaling want) {
        NodePoolAutoscaling have = existing.pool().getAutoscaling();
        boolean drains =
                isLowered(existing, want) && existing.nodes().orElse(Integer.MAX_VALUE) > want.getTotalMaxNodeCount();
        return changed("autoscaling", bounds(have), bounds(want), drains ? Disruption.ROLLING : Disruption.NONE);
    }

    /** Whether the maximum is lowered: what that does depends on the nodes that the pool has. */
    static boolean isLowered(ObservedPool existing, NodePoolAutoscaling want) {
        NodePoolAutoscaling have = existing.pool().getAutoscaling();
        int present = perZone(have)
                ? have.getMaxNodeCount() * existing.pool().getLocationsCount()
                : have.getTotalMaxNodeCount();
        return have.getEnabled() && want.getTotalMaxNodeCount() < present;
    }

    /** A new taint with the effect NoExecute ends the pods that do not tolerate it. */
    private static Optional<FieldChange> evicting(Map<String, String> have, Map<String, String> want) {
        boolean ends = want.entrySet().stream()
                .anyMatch(taint -> taint.getKey().endsWith(":NO_EXECUTE")
                        && !taint.getValue().equals(have.get(taint.getKey())));
        return changed("config.taints", have, want, ends ? Disruption.OUTAGE : Disruption.NONE);
    }

    /**
     * GKE adds nodes in an added zone, and removes those of a removed zone without waiting for a budget, see <a
     * href="https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.nodePools#NodePool">the
     * locations of a node pool</a>. So a pool that leaves a zone is replaced, unless both pools are not allowed to exist at the same time.
     */
    private static Optional<FieldChange> zones(ObservedPool existing, NodePool wanted, boolean surges) {
        String field = "locations";
        Set<String> have = new TreeSet<>(existing.pool().getLocationsList());
        Set<String> want = new TreeSet<>(wanted.getLocationsList());
        if (want.containsAll(have)) {
            return changed(field, have, want, Disruption.NONE);
        }
        return surges
                ? Optional.of(FieldChange.replacing(field, have, want))
                : changed(field, have, want, existing.runsNothing() ? Disruption.NONE : Disruption.OUTAGE);
    }

    /**
     * GKE replaces machines of another type one by one, each new one before an old one. Machines with GPUs are replaced in place the
     * other way round, since there are none to spare, so a new type of them is a new pool.
     */
    private static Optional<FieldChange> machine(NodeConfig have, NodeConfig want) {
        String field = "config.machineType";
        if (have.getMachineType().equals(want.getMachineType())) {
            return Optional.empty();
        }
        boolean gpus = have.getAcceleratorsCount() > 0 || want.getAcceleratorsCount() > 0;
        return Optional.of(
                gpus
                        ? FieldChange.replacing(field, have.getMachineType(), want.getMachineType())
                        : FieldChange.rolling(field, have.getMachineType(), want.getMachineType()));
    }

    private static void rolling(Differences differences, String field, Object have, Object want) {
        changed(field, have, want, Disruption.ROLLING).ifPresent(differences::add);
    }

    private static Optional<FieldChange> changed(String field, Object have, Object want, Disruption disruption) {
        return have.equals(want) ? Optional.empty() : Optional.of(FieldChange.inPlace(field, have, want, disruption));
    }

    private static List<FieldChange> labels(NodeConfig have, NodeConfig want) {
        return Ownership.compare(LABELS, have.getResourceLabelsMap(), want.getResourceLabelsMap());
    }

    /** People can set bounds for each zone instead of those of the whole pool. */
    private static boolean perZone(NodePoolAutoscaling autoscaling) {
        return autoscaling.getTotalMaxNodeCount() == 0 && autoscaling.getMaxNodeCount() > 0;
    }

    private static String bounds(NodePoolAutoscaling autoscaling) {
        if (autoscaling.getEnabled() && perZone(autoscaling)) {
            return autoscaling.getMinNodeCount() + " to " + autoscaling.getMaxNodeCount() + " nodes in each zone";
        }
        return autoscaling.getEnabled()
                ? autoscaling.getTotalMinNodeCount() + " to " + autoscaling.getTotalMaxNodeCount() + " nodes, "
                        + autoscaling.getLocationPolicy()
                : "off";
    }

    /** Ignores the taints that GKE adds, such as those of GPU nodes (which are the same as the backend's) and of arm64 nodes. */
    private static Map<String, String> taints(NodeConfig config) {
        Map<String, String> taints = new TreeMap<>();
        config.getTaintsList().stream()
                .filter(taint -> !taint.getKey().startsWith(OWN_TAINTS)
                        && !taint.getKey().startsWith("kubernetes.io/"))
                .forEach(taint -> taints.put(key(taint), taint.getValue()));
        return taints;
    }

    /** Taints that keep pods out which ran without them, those of GKE's own included. */
    static List<String> newTaints(NodeConfig have, NodeConfig want) {
        return want.getTaintsList().stream()
                .filter(taint -> EFFECTS.containsKey(taint.getEffect())
                        && !have.getTaintsList().contains(taint))
                .map(taint -> taint.getKey() + "=" + taint.getValue() + ":" + EFFECTS.get(taint.getEffect()))
                .toList();
    }

    private static String key(NodeTaint taint) {
        return taint.getKey() + ":" + taint.getEffect();
    }

    private static List<String> accelerators(NodeConfig config) {
        return config.getAcceleratorsList().stream()
                .map(PoolComparison::accelerator)
                .sorted()
                .toList();
    }

    private static String accelerator(AcceleratorConfig config) {
        return config.getAcceleratorCount() + "x" + config.getAcceleratorType() + ", driver "
                + config.getGpuDriverInstallationConfig().getGpuDriverVersion();
    }

    private static String reservation(NodeConfig config) {
        Optional<String> name =
                config.getReservationAffinity().getValuesList().stream().findFirst();
        return name.map(n -> "reservation " + n)
                .orElseGet(() -> switch (config.getReservationAffinity().getConsumeReservationType()) {
                    case ANY_RESERVATION -> "any";
                    default -> "none";
                });
    }
}
