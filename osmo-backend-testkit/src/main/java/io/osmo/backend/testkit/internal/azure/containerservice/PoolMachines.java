// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.internal.Zones;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.PlainType;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The scale set of each pool, whose machines are nodes of the cluster. */
final class PoolMachines {
    private static final String SCALE_SET_CHANGE = "Microsoft.Compute/virtualMachineScaleSets/write";
    private static final String RESERVATIONS = "capacityReservationGroupID";

    private final AzureSubscription azure;
    private final ControlPlanes planes;
    private final NodeResourceGroups nodeGroups;
    private final PlainType scaleSets;
    private final PoolJoin obstacles;

    PoolMachines(
            AzureSubscription azure,
            ControlPlanes planes,
            NodeResourceGroups nodeGroups,
            PlainType scaleSets,
            PoolJoin obstacles) {
        this.azure = azure;
        this.planes = planes;
        this.nodeGroups = nodeGroups;
        this.scaleSets = scaleSets;
        this.obstacles = obstacles;
    }

    private ArmId scaleSetId(Resource cluster, Resource pool) {
        String name = "aks-" + pool.name() + "-" + AzureSubscription.digits(cluster.key, 8) + "-vmss";
        return nodeGroups.id(cluster, scaleSets, name);
    }

    /** Oldest first. */
    private static List<EmulatedNode> nodes(EmulatedCluster plane, Resource pool) {
        return plane.nodes().stream()
                .filter(node -> pool.name().equals(node.labels().get(PoolNodes.POOL_LABEL)))
                .sorted(Comparator.comparing(PoolNodes::instance))
                .toList();
    }

    /** Brings a pool to its size and version; returns an error if there are no machines. */
    Optional<ArmError> reconcile(Resource cluster, Resource pool) {
        EmulatedCluster plane = planes.find(cluster).orElseThrow();
        Resource set = scaleSet(cluster, pool);
        PoolNodes factory = new PoolNodes(azure, cluster, pool, set, Release.of(pool));
        List<EmulatedNode> running = new ArrayList<>(nodes(plane, pool));
        int size = size(cluster, pool);
        boolean grows = running.size() < size;
        while (running.size() > size) {
            plane.removeNode(running.remove(running.size() - 1).name());
        }
        Optional<ArmError> error = grows ? obstacle(cluster, pool) : Optional.empty();
        while (running.size() < size && error.isEmpty()) {
            Optional<String> zone = zone(cluster, pool, running);
            if (zone.isEmpty()) {
                error = Optional.of(stockOut(pool));
            } else {
                running.add(factory.next(zone.get()));
            }
        }
        running.forEach(node -> plane.addNode(factory.current(node)));
        resize(set, pool, running.size());
        if (grows) {
            azure.activity.ended(azure.now(), set.id, SCALE_SET_CHANGE, error);
        }
        return error;
    }

    private Resource scaleSet(Resource cluster, Resource pool) {
        ArmId id = scaleSetId(cluster, pool);
        return scaleSets.find(id.text()).orElseGet(() -> azure.put(id, scaleSets, scaleSet(cluster, pool, id)));
    }

    private static void resize(Resource set, Resource pool, int nodes) {
        set.body
                .putObject("sku")
                .put("name", pool.text("vmSize"))
                .put("tier", "Standard")
                .put("capacity", nodes);
    }

    private Optional<ArmError> obstacle(Resource cluster, Resource pool) {
        return obstacles.toStart(cluster, pool).or(() -> obstacles.toJoin(cluster, pool));
    }

    List<EmulatedNode> nodes(Resource cluster, Resource pool) {
        return planes.find(cluster).map(plane -> nodes(plane, pool)).orElse(List.of());
    }

    /** Adds a node of a release beyond the size of the pool; returns an error if there is no machine for it. */
    Optional<ArmError> surge(Resource cluster, Resource pool, Release release) {
        EmulatedCluster plane = planes.find(cluster).orElseThrow();
        List<EmulatedNode> running = nodes(plane, pool);
        Optional<String> zone = zone(cluster, pool, running);
        Optional<ArmError> error =
                obstacle(cluster, pool).or(() -> zone.isEmpty() ? Optional.of(stockOut(pool)) : Optional.empty());
        Resource set = scaleSet(cluster, pool);
        azure.activity.ended(azure.now(), set.id, SCALE_SET_CHANGE, error);
        if (error.isEmpty()) {
            plane.addNode(new PoolNodes(azure, cluster, pool, set, release).next(zone.orElseThrow()));
            resize(set, pool, running.size() + 1);
        }
        return error;
    }

    /** Reinstalls a node that was drained. */
    void reimage(Resource cluster, Resource pool, EmulatedNode node, Release release) {
        EmulatedCluster plane = planes.find(cluster).orElseThrow();
        plane.removeNode(node.name());
        plane.addNode(new PoolNodes(azure, cluster, pool, scaleSet(cluster, pool), release).reimaged(node));
    }

    /** Takes a node away. */
    void delete(Resource cluster, Resource pool, EmulatedNode node) {
        EmulatedCluster plane = planes.find(cluster).orElseThrow();
        plane.removeNode(node.name());
        resize(scaleSet(cluster, pool), pool, nodes(plane, pool).size());
    }

    EmulatedCluster plane(Resource cluster) {
        return planes.find(cluster).orElseThrow();
    }

    static int size(Resource cluster, Resource pool) {
        boolean stopped = ClusterRules.isStopped(cluster)
                || pool.properties().at("/powerState/code").asText().equals("Stopped");
        return stopped ? 0 : pool.properties().path("count").asInt();
    }

    void remove(Resource cluster, Resource pool) {
        planes.find(cluster).ifPresent(plane -> nodes(plane, pool).forEach(node -> plane.removeNode(node.name())));
        scaleSets.find(scaleSetId(cluster, pool).text()).ifPresent(azure::remove);
    }

    /** The zone of the next machine: empty if no zone has machines, an empty text where there are no zones. */
    private Optional<String> zone(Resource cluster, Resource pool, List<EmulatedNode> running) {
        String region = cluster.location();
        String size = pool.text("vmSize");
        List<String> zones = Json.strings(pool.properties().path("availabilityZones"));
        if (azure.faults.stockedOut(size, region)) {
            return Optional.empty();
        }
        return zones.isEmpty()
                ? Optional.of("")
                : Zones.emptiest(
                        zones,
                        running.stream().map(PoolNodes::zoneNumber),
                        zone -> !azure.faults.stockedOut(size, region + "-" + zone) || isReserved(cluster, pool, zone));
    }

    /**
     * Whether the reservations of a pool hold one more machine in a zone. Beyond them Azure takes other machines:
     * learn.microsoft.com/azure/virtual-machines/capacity-reservation-overallocate.
     */
    private boolean isReserved(Resource cluster, Resource pool, String zone) {
        String group = pool.text(RESERVATIONS);
        if (group.isEmpty()) {
            return false;
        }
        int places = azure.under(group)
                .filter(reservation -> reservation.body.at("/sku/name").asText().equalsIgnoreCase(pool.text("vmSize"))
                        && Json.strings(reservation.body.path("zones")).contains(zone))
                .mapToInt(reservation -> reservation.body.at("/sku/capacity").asInt())
                .sum();
        long taken = azure.under(cluster.id.text())
                .filter(other -> other.text(RESERVATIONS).equalsIgnoreCase(group)
                        && other.text("vmSize").equalsIgnoreCase(pool.text("vmSize")))
                .flatMap(other -> nodes(cluster, other).stream())
                .filter(node -> PoolNodes.zoneNumber(node).equals(zone))
                .count();
        return taken < places;
    }

    private static ArmError stockOut(Resource pool) {
        boolean zonal = !pool.properties().path("availabilityZones").isEmpty();
        return ArmError.conflict(
                zonal ? "ZonalAllocationFailed" : "AllocationFailed",
                "Allocation failed. We do not have sufficient capacity for the requested VM size "
                        + pool.text("vmSize") + " in this " + (zonal ? "zone" : "region")
                        + ". Read more about improving likelihood of allocation success at"
                        + " http://aka.ms/allocation-guidance");
    }

    private static ObjectNode scaleSet(Resource cluster, Resource pool, ArmId id) {
        ObjectNode body = Json.object().put("location", cluster.location());
        body.set("zones", pool.properties().path("availabilityZones").deepCopy());
        Json.at(body, "tags")
                .put("aks-managed-poolName", pool.name())
                .put("aks-managed-orchestrator", "Kubernetes:" + pool.text("currentOrchestratorVersion"));
        ObjectNode profile = Json.at(body, "properties", "virtualMachineProfile");
        ObjectNode configuration = Json.at(profile, "networkProfile")
                .putArray("networkInterfaceConfigurations")
                .addObject()
                .put("name", id.name());
        ObjectNode address = Json.at(configuration, "properties")
                .putArray("ipConfigurations")
                .addObject()
                .put("name", "ipconfig1");
        String subnet = pool.text("vnetSubnetID");
        if (!subnet.isEmpty()) {
            Json.at(address, "properties", "subnet").put("id", subnet);
        }
        String encryption = cluster.text("diskEncryptionSetID");
        if (!encryption.isEmpty()) {
            Json.at(profile, "storageProfile", "osDisk", "managedDisk", "diskEncryptionSet")
                    .put("id", encryption);
        }
        return body;
    }
}
