// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a pool differs from what is wanted of it, field by field. Pure. */
final class PoolComparison {
    private static final String OWN_TAINTS = "cloud.google.com/";

    private PoolComparison() {}

    static Differences of(NodePool observed, NodePool wanted) {
        NodeConfig have = observed.getConfig();
        NodeConfig want = wanted.getConfig();
        return new Differences()
                .inPlace("autoscaling", bounds(observed.getAutoscaling()), bounds(wanted.getAutoscaling()))
                .inPlace("management.autoRepair", observed.getManagement().getAutoRepair(), true)
                .inPlace("management.autoUpgrade", observed.getManagement().getAutoUpgrade(), true)
                .inPlace(
                        "locations",
                        new TreeSet<>(observed.getLocationsList()),
                        new TreeSet<>(wanted.getLocationsList()))
                .inPlace("config.machineType", have.getMachineType(), want.getMachineType())
                .inPlace("config.diskType", have.getDiskType(), want.getDiskType())
                .inPlace("config.diskSizeGb", have.getDiskSizeGb(), want.getDiskSizeGb())
                .inPlace("config.imageType", have.getImageType(), want.getImageType())
                .inPlace("config.labels", new TreeMap<>(have.getLabelsMap()), new TreeMap<>(want.getLabelsMap()))
                .inPlace("config.taints", taints(have), taints(want))
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

    /** One change for all labels, since one call sets them all. */
    private static List<FieldChange> labels(NodeConfig have, NodeConfig want) {
        return Ownership.compare("", have.getResourceLabelsMap(), want.getResourceLabelsMap()).stream()
                .map(change -> FieldChange.inPlace("config.resourceLabels", change.before(), change.after()))
                .limit(1)
                .toList();
    }

    private static String bounds(NodePoolAutoscaling autoscaling) {
        return autoscaling.getEnabled()
                ? autoscaling.getTotalMinNodeCount() + " to " + autoscaling.getTotalMaxNodeCount() + " nodes, "
                        + autoscaling.getLocationPolicy()
                : "off";
    }

    /** GKE adds taints of its own, such as those of GPU nodes (the same as ours) and of arm64 nodes: they are left out. */
    private static Map<String, String> taints(NodeConfig config) {
        Map<String, String> taints = new TreeMap<>();
        config.getTaintsList().stream()
                .filter(taint -> !taint.getKey().startsWith(OWN_TAINTS)
                        && !taint.getKey().startsWith("kubernetes.io/"))
                .forEach(taint -> taints.put(key(taint), taint.getValue()));
        return taints;
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
