// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import io.osmo.backend.gcp.internal.Ownership;
import io.osmo.backend.resource.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a pool differs from what is wanted of it, field by field. Pure. */
final class PoolComparison {
    private static final String OWN_TAINTS = "cloud.google.com/";

    private final NodePool there;
    private final NodePool wanted;
    private final List<FieldChange> changes = new ArrayList<>();

    private PoolComparison(NodePool there, NodePool wanted) {
        this.there = there;
        this.wanted = wanted;
    }

    static List<FieldChange> of(NodePool there, NodePool wanted) {
        return new PoolComparison(there, wanted).compare();
    }

    private List<FieldChange> compare() {
        NodeConfig have = there.getConfig();
        NodeConfig want = wanted.getConfig();
        inPlace("autoscaling", bounds(there.getAutoscaling()), bounds(wanted.getAutoscaling()));
        inPlace("management.autoRepair", there.getManagement().getAutoRepair(), true);
        inPlace("management.autoUpgrade", there.getManagement().getAutoUpgrade(), true);
        inPlace("locations", new TreeSet<>(there.getLocationsList()), new TreeSet<>(wanted.getLocationsList()));
        inPlace("config.machineType", have.getMachineType(), want.getMachineType());
        inPlace("config.diskType", have.getDiskType(), want.getDiskType());
        inPlace("config.diskSizeGb", have.getDiskSizeGb(), want.getDiskSizeGb());
        inPlace("config.imageType", have.getImageType(), want.getImageType());
        inPlace("config.labels", new TreeMap<>(have.getLabelsMap()), new TreeMap<>(want.getLabelsMap()));
        inPlace("config.taints", taints(have), taints(want));
        changes.addAll(Ownership.compare(have.getResourceLabelsMap(), want.getResourceLabelsMap()).stream()
                .map(change -> FieldChange.inPlace("config.resourceLabels", change.before(), change.after()))
                .limit(1)
                .toList());
        replacing("config.accelerators", accelerators(have), accelerators(want));
        replacing("config.serviceAccount", have.getServiceAccount(), want.getServiceAccount());
        replacing("config.bootDiskKmsKey", have.getBootDiskKmsKey(), want.getBootDiskKmsKey());
        replacing("config.spot", have.getSpot(), want.getSpot());
        replacing("config.flexStart", have.getFlexStart(), want.getFlexStart());
        replacing("config.reservationAffinity", reservation(have), reservation(want));
        replacing(
                "config.shieldedInstanceConfig.enableSecureBoot",
                have.getShieldedInstanceConfig().getEnableSecureBoot(),
                want.getShieldedInstanceConfig().getEnableSecureBoot());
        replacing(
                "placementPolicy",
                there.getPlacementPolicy().getType(),
                wanted.getPlacementPolicy().getType());
        return changes;
    }

    private void inPlace(String field, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(FieldChange.inPlace(field, before, after));
        }
    }

    private void replacing(String field, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(FieldChange.replacing(field, before, after));
        }
    }

    private static String bounds(NodePoolAutoscaling autoscaling) {
        return autoscaling.getEnabled()
                ? autoscaling.getTotalMinNodeCount() + " to " + autoscaling.getTotalMaxNodeCount() + " nodes, "
                        + autoscaling.getLocationPolicy()
                : "off";
    }

    /** GKE adds taints of its own, such as that of GPU nodes, which is the one that we set, and that of arm64 nodes. */
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
