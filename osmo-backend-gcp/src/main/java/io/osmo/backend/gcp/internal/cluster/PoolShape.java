// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.GPUDriverInstallationConfig;
import com.google.container.v1.GPUDriverInstallationConfig.GPUDriverVersion;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodeManagement;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodeTaint;
import com.google.container.v1.ReservationAffinity;
import com.google.container.v1.ShieldedInstanceConfig;
import com.google.container.v1.WorkloadMetadataConfig;
import io.osmo.backend.gcp.GpuDriver;
import io.osmo.backend.gcp.PoolSettings;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.gcp.internal.identity.NodeAccount;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a pool of a spec is in the terms of GKE. Pure. */
public final class PoolShape {
    /** Tells GKE to leave the device plugin to the GPU Operator. */
    public static final String NO_DEVICE_PLUGIN = "gke-no-default-nvidia-gpu-device-plugin";

    private static final String RESERVATION_NAME = "compute.googleapis.com/reservation-name";

    private PoolShape() {}

    /**
     * The pools in the order in which they are made: GKE taints GPU nodes by itself unless the cluster has GPU pools only, so
     * these come last.
     */
    public static List<io.osmo.backend.spec.NodePool> ordered(BackendSpec spec) {
        return Stream.concat(
                        spec.pools().stream().filter(pool -> pool.role() != PoolRole.GPU),
                        spec.pools().stream().filter(pool -> pool.role() == PoolRole.GPU))
                .toList();
    }

    public static NodePool of(
            GcpContext gcp, BackendSpec spec, io.osmo.backend.spec.NodePool pool, Offers offers, Placement placement) {
        List<String> zones = placement.zonesOf(pool, offers);
        PoolSettings settings = gcp.settings().pool(pool.name());
        NodePool.Builder wanted = NodePool.newBuilder()
                .setName(pool.name())
                .setInitialNodeCount(initialPerZone(pool.scale(), zones.size()))
                .addAllLocations(zones)
                .setConfig(config(gcp, spec, pool, offers.shapeOf(pool), offers))
                .setAutoscaling(autoscaling(pool, settings))
                .setManagement(NodeManagement.newBuilder().setAutoRepair(true).setAutoUpgrade(true))
                .setUpgradeSettings(upgrade(pool));
        if (settings.compact()) {
            wanted.setPlacementPolicy(
                    NodePool.PlacementPolicy.newBuilder().setType(NodePool.PlacementPolicy.Type.COMPACT));
        }
        return wanted.build();
    }

    /**
     * GKE counts the first nodes for each zone. Rounded up, as there shall be as many at least; rounded down where that would
     * be more than the pool may have, as the autoscaler then adds what is missing.
     */
    static int initialPerZone(Scale scale, int zones) {
        int up = (scale.initial() + zones - 1) / zones;
        return up * zones <= scale.max() ? up : scale.initial() / zones;
    }

    /** Bounds of the whole pool, where GKE's older fields count each zone: 1 to 3 nodes in three zones would be 3 to 9. */
    static NodePoolAutoscaling autoscaling(io.osmo.backend.spec.NodePool pool, PoolSettings settings) {
        boolean scarce = pool.role() == PoolRole.GPU || pool.spot() || settings.flexStart();
        return NodePoolAutoscaling.newBuilder()
                .setEnabled(true)
                .setTotalMinNodeCount(pool.scale().min())
                .setTotalMaxNodeCount(pool.scale().max())
                .setLocationPolicy(
                        scarce ? NodePoolAutoscaling.LocationPolicy.ANY : NodePoolAutoscaling.LocationPolicy.BALANCED)
                .build();
    }

    /** GPU pools have no machine to spare: their nodes are replaced one after another. */
    private static NodePool.UpgradeSettings upgrade(io.osmo.backend.spec.NodePool pool) {
        boolean gpu = pool.role() == PoolRole.GPU;
        return NodePool.UpgradeSettings.newBuilder()
                .setMaxSurge(gpu ? 0 : 1)
                .setMaxUnavailable(gpu ? 1 : 0)
                .build();
    }

    private static NodeConfig config(
            GcpContext gcp, BackendSpec spec, io.osmo.backend.spec.NodePool pool, MachineShape shape, Offers offers) {
        Optional<AcceleratorConfig> accelerator =
                accelerator(gcp.settings().gpuDriver(), shape, offers.machineOf(shape));
        boolean operator = accelerator.isPresent() && gcp.settings().gpuDriver() == GpuDriver.GPU_OPERATOR;
        NodeConfig.Builder config = NodeConfig.newBuilder()
                .setMachineType(shape.machineType())
                .setDiskType(gcp.settings().pool(pool.name()).diskType().orElse(shape.diskType()))
                .setDiskSizeGb(pool.diskGib())
                .setBootDiskKmsKey(EncryptionConcern.keyName(gcp, spec))
                // The GPU Operator builds drivers on Ubuntu only, and they are not signed for secure boot.
                .setImageType(operator ? "UBUNTU_CONTAINERD" : "COS_CONTAINERD")
                .setShieldedInstanceConfig(ShieldedInstanceConfig.newBuilder()
                        .setEnableSecureBoot(!operator)
                        .setEnableIntegrityMonitoring(true))
                .setServiceAccount(NodeAccount.email(gcp))
                .addOauthScopes("https://www.googleapis.com/auth/cloud-platform")
                .putMetadata("disable-legacy-endpoints", "true")
                .setWorkloadMetadataConfig(
                        WorkloadMetadataConfig.newBuilder().setMode(WorkloadMetadataConfig.Mode.GKE_METADATA))
                .putAllLabels(pool.labels())
                .putAllResourceLabels(gcp.ownership().labels())
                .setReservationAffinity(reservation(pool, gcp.settings().pool(pool.name())))
                .setSpot(pool.spot())
                .setFlexStart(gcp.settings().pool(pool.name()).flexStart());
        if (operator) {
            config.putLabels(NO_DEVICE_PLUGIN, "true");
        }
        accelerator.ifPresent(config::addAccelerators);
        pool.taints().stream()
                .sorted(Comparator.comparing(Taint::toString))
                .forEach(taint -> config.addTaints(taint(taint)));
        return config.build();
    }

    static NodeTaint taint(Taint taint) {
        return NodeTaint.newBuilder()
                .setKey(taint.key())
                .setValue(taint.value())
                .setEffect(NodeTaint.Effect.valueOf(taint.effect().name()))
                .build();
    }

    /** Named even where the machine type implies it: only here GKE is told who installs the driver. */
    private static Optional<AcceleratorConfig> accelerator(
            GpuDriver driver, MachineShape shape, Optional<Machine> machine) {
        Optional<String> type = shape.attached().or(() -> machine.flatMap(Machine::accelerator));
        int count = shape.attached().isPresent()
                ? shape.count()
                : machine.map(Machine::gpus).orElse(0);
        return type.map(name -> AcceleratorConfig.newBuilder()
                .setAcceleratorType(name)
                .setAcceleratorCount(count)
                .setGpuDriverInstallationConfig(GPUDriverInstallationConfig.newBuilder()
                        .setGpuDriverVersion(
                                switch (driver) {
                                    case GPU_OPERATOR -> GPUDriverVersion.INSTALLATION_DISABLED;
                                    case GKE_LATEST -> GPUDriverVersion.LATEST;
                                    case GKE_DEFAULT -> GPUDriverVersion.DEFAULT;
                                }))
                .build());
    }

    private static ReservationAffinity reservation(io.osmo.backend.spec.NodePool pool, PoolSettings settings) {
        ReservationAffinity.Builder affinity = ReservationAffinity.newBuilder();
        if (pool.reservation().isPresent()) {
            return affinity.setConsumeReservationType(ReservationAffinity.Type.SPECIFIC_RESERVATION)
                    .setKey(RESERVATION_NAME)
                    .addValues(pool.reservation().get())
                    .build();
        }
        return affinity.setConsumeReservationType(
                        settings.anyReservation()
                                ? ReservationAffinity.Type.ANY_RESERVATION
                                : ReservationAffinity.Type.NO_RESERVATION)
                .build();
    }
}
