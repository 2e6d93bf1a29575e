// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.cluster.CloudFacts.NodeImage;
import io.osmo.backend.cluster.CloudFacts.Pool;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.pool.GkeGpuStack;
import io.osmo.backend.gcp.internal.pool.NodeVersion;
import io.osmo.backend.gcp.internal.pool.ObservedPool;
import io.osmo.backend.gcp.internal.pool.PoolName;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.provider.FactReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The node pools (OP-*, CN-*). */
final class PoolFactsReader implements FactReader<FactSource, List<Pool>> {
    @Override
    public CompletableFuture<Fact<List<Pool>>> read(FactSource source) {
        return source.offers()
                .thenApply(offers -> Fact.of(source.cluster().getNodePoolsList().stream()
                        .map(pool -> of(source.context(), source.cluster(), pool, offers))
                        .toList()));
    }

    private static Pool of(GcpContext context, Cluster cluster, NodePool pool, Fact<Offers> offers) {
        NodeConfig config = pool.getConfig();
        boolean ours = context.ownership().owns(cluster.getResourceLabelsMap())
                && context.ownership().owns(config.getResourceLabelsMap());
        return new Pool(
                pool.getName(),
                ours ? Optional.of(PoolName.of(pool).pool()) : Optional.empty(),
                pool.getStatus().name(),
                ObservedPool.issues(pool),
                List.of(config.getMachineType()),
                offers.flatMap(known -> machine(config, known)),
                offers.flatMap(known -> machine(config, known)),
                scale(pool),
                config.getLabelsMap(),
                config.getTaintsList().stream().flatMap(PoolFactsReader::taint).toList(),
                Fact.of(config.getDiskSizeGb()),
                // Google encrypts every disk.
                Fact.of(true),
                Fact.of(pool.getLocationsList().stream().sorted().toList()),
                pool.getVersion(),
                config.getImageType(),
                config.getSpot(),
                Fact.of(GkeGpuStack.of(config)),
                image(pool.getVersion(), cluster.getCurrentMasterVersion()));
    }

    private static Fact<NodeImage> image(String version, String plane) {
        return version.isEmpty() || plane.isEmpty()
                ? Fact.unknown("GKE does not report the version of the nodes or of the control plane")
                : Fact.of(new NodeImage(version, NodeVersion.newer(version, plane)));
    }

    /** Bounds of the whole pool; those that GKE counts for each zone are multiplied. */
    private static Scale scale(NodePool pool) {
        NodePoolAutoscaling autoscaling = pool.getAutoscaling();
        int zones = Math.max(1, pool.getLocationsCount());
        int initial = pool.getInitialNodeCount() * zones;
        if (!autoscaling.getEnabled()) {
            return new Scale(initial, initial, initial);
        }
        return autoscaling.getTotalMaxNodeCount() > 0
                ? new Scale(autoscaling.getTotalMinNodeCount(), autoscaling.getTotalMaxNodeCount(), initial)
                : new Scale(autoscaling.getMinNodeCount() * zones, autoscaling.getMaxNodeCount() * zones, initial);
    }

    private static Stream<Taint> taint(com.google.container.v1.NodeTaint taint) {
        return Stream.of(Taint.Effect.values())
                .filter(effect -> effect.name().equals(taint.getEffect().name()))
                .map(effect -> new Taint(taint.getKey(), taint.getValue(), effect));
    }

    private static Fact<Machine> machine(NodeConfig config, Offers offers) {
        io.osmo.backend.gcp.internal.catalog.Machine machine = offers.machines().get(config.getMachineType());
        if (machine == null) {
            return Fact.unknown("Compute Engine names no machine type " + config.getMachineType() + " in the region");
        }
        int gpus = (int) config.getAcceleratorsList().stream()
                .mapToLong(com.google.container.v1.AcceleratorConfig::getAcceleratorCount)
                .sum();
        return Fact.of(new Machine(
                machine.name(),
                machine.vcpus(),
                machine.memoryMib(),
                Math.max(gpus, machine.gpus()),
                machine.architecture()));
    }
}
