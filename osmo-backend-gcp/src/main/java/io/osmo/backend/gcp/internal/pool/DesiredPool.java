// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

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
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Part;
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
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Taint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a spec wants of a node pool, in GKE's terms. Pure.
 */
public final class DesiredPool {
    private static final String RESERVATION_NAME = "compute.googleapis.com/reservation-name";

    private final GcpContext context;
    private final BackendSpec spec;
    private final io.osmo.backend.spec.NodePool pool;
    private final Offers offers;
    private final PoolSettings settings;
    private final MachineShape shape;
    private final Optional<Machine> machine;
    private final List<String> zones;
    private final PoolName name;
    private final List<AcceleratorConfig> existing;
    private final int running;

    /** A new pool, of the first generation. */
    public DesiredPool(
            GcpContext context,
            BackendSpec spec,
            io.osmo.backend.spec.NodePool pool,
            Offers offers,
            Placement placement) {
        this(
                context,
                spec,
                pool,
                offers,
                PoolPlace.fresh(pool, offers, placement),
                new PoolName(pool.name(), 1),
                List.of(),
                0);
    }

    private DesiredPool(
            GcpContext context,
            BackendSpec spec,
            io.osmo.backend.spec.NodePool pool,
            Offers offers,
            PoolPlace place,
            PoolName name,
            List<AcceleratorConfig> existing,
            int running) {
        this.context = context;
        this.spec = spec;
        this.pool = pool;
        this.offers = offers;
        this.settings = context.settings().pool(pool.name());
        this.shape = place.shape();
        this.machine = offers.machineOf(shape);
        this.zones = place.zones();
        this.name = name;
        this.existing = existing;
        this.running = running;
    }

    /** The same as another generation. */
    public DesiredPool generation(int generation) {
        return new DesiredPool(
                context,
                spec,
                pool,
                offers,
                new PoolPlace(shape, zones),
                new PoolName(pool.name(), generation),
                existing,
                running);
    }

    /**
     * The same, to take the place of pools with nodes: it begins with as many, so that their work has a place to go.
     *
     * @param nodes of those pools
     */
    public DesiredPool replacing(int nodes) {
        // Nodes of flex-start come for a workload and go with it.
        int needed = settings.flexStart() ? 0 : nodes;
        return new DesiredPool(context, spec, pool, offers, new PoolPlace(shape, zones), name, existing, needed);
    }

    /**
     * What is wanted of an existing pool: it keeps its machine type and zones as long as the spec lists them.
     *
     * @param placement zones that the spec wants
     * @param created zones that the cluster was created with
     */
    public DesiredPool keeping(NodePool existingPool, Placement placement, Placement created) {
        return new DesiredPool(
                context,
                spec,
                pool,
                offers,
                PoolPlace.keeping(pool, offers, placement, created, existingPool),
                PoolName.of(existingPool, pool.name()).orElseGet(() -> PoolName.of(existingPool)),
                existingPool.getConfig().getAcceleratorsList(),
                0);
    }

    /** Its name in the cloud. */
    String name() {
        return name.inCloud();
    }

    /** Whether the new pool is created before the old one is deleted. */
    boolean surges() {
        return pool.replacement() == Replacement.SURGE;
    }

    /** As plans show it. */
    String describe() {
        return "node pool " + name() + ", " + pool.scale().min() + " to "
                + pool.scale().max() + " "
                + shape.machineType()
                + shape.attached()
                        .map(type -> " with " + shape.count() + " " + type)
                        .orElse("")
                + " in " + String.join(", ", zones);
    }

    /** Its zones, sorted. */
    public List<String> zones() {
        return zones;
    }

    /** Its machines. */
    public MachineShape shape() {
        return shape;
    }

    /**
     * The pools in the order of creation. GKE taints GPU nodes automatically unless the cluster has GPU pools only, so GPU pools
     * come last.
     */
    public static List<io.osmo.backend.spec.NodePool> ordered(BackendSpec spec) {
        return Stream.concat(
                        spec.pools().stream().filter(pool -> pool.role() != PoolRole.GPU),
                        spec.pools().stream().filter(pool -> pool.role() == PoolRole.GPU))
                .toList();
    }

    public NodePool nodePool() {
        boolean gpu = pool.role() == PoolRole.GPU;
        NodePool.Builder wanted = NodePool.newBuilder()
                .setName(name.inCloud())
                .setInitialNodeCount(FirstNodes.each(pool.scale(), Math.max(1, zones.size()), running))
                .addAllLocations(zones)
                .setConfig(config())
                .setAutoscaling(autoscaling())
                .setManagement(NodeManagement.newBuilder().setAutoRepair(true).setAutoUpgrade(true))
                // GPU pools have no machine to spare: their nodes are replaced one after another.
                .setUpgradeSettings(NodePool.UpgradeSettings.newBuilder()
                        .setMaxSurge(gpu ? 0 : 1)
                        .setMaxUnavailable(gpu ? 1 : 0));
        if (settings.compact()) {
            wanted.setPlacementPolicy(
                    NodePool.PlacementPolicy.newBuilder().setType(NodePool.PlacementPolicy.Type.COMPACT));
        }
        return wanted.build();
    }

    /** Bounds of the whole pool. GKE's older fields count per zone: there, 1 to 3 nodes in three zones would be 3 to 9. */
    private NodePoolAutoscaling autoscaling() {
        boolean scarce = pool.role() == PoolRole.GPU || pool.spot() || settings.flexStart();
        return NodePoolAutoscaling.newBuilder()
                .setEnabled(true)
                .setTotalMinNodeCount(pool.scale().min())
                .setTotalMaxNodeCount(pool.scale().max())
                .setLocationPolicy(
                        scarce ? NodePoolAutoscaling.LocationPolicy.ANY : NodePoolAutoscaling.LocationPolicy.BALANCED)
                .build();
    }

    private NodeConfig config() {
        Optional<AcceleratorConfig> accelerator = accelerator();
        GpuStack stack = GkeGpuStack.of(context.settings().gpuDriver());
        boolean operator = accelerator.isPresent() && stack.leftToOperator(Part.DRIVER);
        NodeConfig.Builder config = NodeConfig.newBuilder()
                .setMachineType(shape.machineType())
                .setDiskType(settings.diskType().orElse(shape.diskType()))
                .setDiskSizeGb(pool.diskGib())
                .setBootDiskKmsKey(EncryptionConcern.keyName(context, spec))
                // The GPU Operator builds drivers on Ubuntu only, and they are not signed for secure boot.
                .setImageType(operator ? "UBUNTU_CONTAINERD" : "COS_CONTAINERD")
                .setShieldedInstanceConfig(ShieldedInstanceConfig.newBuilder()
                        .setEnableSecureBoot(!operator)
                        .setEnableIntegrityMonitoring(true))
                .setServiceAccount(NodeAccount.email(context))
                .addOauthScopes("https://www.googleapis.com/auth/cloud-platform")
                .putMetadata("disable-legacy-endpoints", "true")
                .setWorkloadMetadataConfig(
                        WorkloadMetadataConfig.newBuilder().setMode(WorkloadMetadataConfig.Mode.GKE_METADATA))
                .putAllLabels(pool.labels())
                .putAllResourceLabels(context.ownership().tags())
                .putAllResourceLabels(name.labels())
                .setReservationAffinity(reservation())
                .setSpot(pool.spot())
                .setFlexStart(settings.flexStart());
        if (accelerator.isPresent() && stack.leftToOperator(Part.DEVICE_PLUGIN)) {
            config.putLabels(GkeGpuStack.NO_DEVICE_PLUGIN, "true");
        }
        accelerator.ifPresent(config::addAccelerators);
        pool.taints().stream()
                .sorted(Comparator.comparing(Taint::toString))
                .forEach(taint -> config.addTaints(NodeTaint.newBuilder()
                        .setKey(taint.key())
                        .setValue(taint.value())
                        .setEffect(NodeTaint.Effect.valueOf(taint.effect().name()))));
        return config.build();
    }

    /** Set even if the machine type implies it, because only this field says who installs the driver. */
    private Optional<AcceleratorConfig> accelerator() {
        Optional<AcceleratorConfig> known =
                machine.isPresent() ? Optional.empty() : existing.stream().findFirst();
        Optional<String> type = shape.attached()
                .or(() -> machine.flatMap(Machine::accelerator))
                .or(() -> known.map(AcceleratorConfig::getAcceleratorType));
        long count = shape.attached().isPresent()
                ? shape.count()
                : machine.map(found -> (long) found.gpus())
                        .or(() -> known.map(AcceleratorConfig::getAcceleratorCount))
                        .orElse(0L);
        return type.map(name -> AcceleratorConfig.newBuilder()
                .setAcceleratorType(name)
                .setAcceleratorCount(count)
                .setGpuDriverInstallationConfig(GPUDriverInstallationConfig.newBuilder()
                        .setGpuDriverVersion(
                                switch (context.settings().gpuDriver()) {
                                    case GPU_OPERATOR -> GPUDriverVersion.INSTALLATION_DISABLED;
                                    case GKE_LATEST -> GPUDriverVersion.LATEST;
                                    case GKE_DEFAULT -> GPUDriverVersion.DEFAULT;
                                }))
                .build());
    }

    private ReservationAffinity.Builder reservation() {
        ReservationAffinity.Builder affinity = ReservationAffinity.newBuilder();
        return pool.reservation()
                .map(name -> affinity.setConsumeReservationType(ReservationAffinity.Type.SPECIFIC_RESERVATION)
                        .setKey(RESERVATION_NAME)
                        .addValues(name))
                .orElseGet(() -> affinity.setConsumeReservationType(
                        settings.anyReservation()
                                ? ReservationAffinity.Type.ANY_RESERVATION
                                : ReservationAffinity.Type.NO_RESERVATION));
    }
}
