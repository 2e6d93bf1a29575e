// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Address;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.ForwardingRule;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.NetworkEndpointGroup;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Reservation;
import com.google.cloud.compute.v1.Route;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import com.google.cloud.compute.v1.TargetPool;
import com.google.container.v1.Cluster;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.util.Map;
import java.util.TreeMap;

/** Resources that someone else creates: the controllers in a cluster, or a person with the console. */
public final class PlantedResources {
    private static final String ADDRESS = "34.66.0.1";

    private final GcpProject project;
    private final ComputeResources resources;

    PlantedResources(GcpProject project, ComputeResources resources) {
        this.project = project;
        this.resources = resources;
    }

    /** A network load balancer, as the controller of Services creates it. */
    public void loadBalancer(Cluster cluster, String service) {
        String region = Locations.regionOf(cluster.getLocation());
        String name = "a" + project.hex(31);
        String description = "{\"kubernetes.io/service-name\":\"" + service + "\"}";
        String pool = "regions/" + region + "/targetPools/" + name;
        put(pool, TargetPool.newBuilder().setDescription(description).build());
        put(
                "regions/" + region + "/forwardingRules/" + name,
                ForwardingRule.newBuilder()
                        .setDescription(description)
                        .setIPAddress(ADDRESS)
                        .setIPProtocol("TCP")
                        .setPortRange("80-80")
                        .setLoadBalancingScheme("EXTERNAL")
                        .setTarget(url(pool))
                        .build());
        put(
                "global/firewalls/k8s-fw-" + name,
                Firewall.newBuilder()
                        .setDescription("{\"kubernetes.io/service-name\":\"" + service
                                + "\",\"kubernetes.io/service-ip\":\"" + ADDRESS + "\"}")
                        .setNetwork(
                                ComputeResources.url(cluster.getNetworkConfig().getNetwork()))
                        .setDirection("INGRESS")
                        .build());
    }

    /** A network endpoint group, as the controller of Ingresses creates it. */
    public void endpointGroup(Cluster cluster, String service) {
        put(
                "zones/" + cluster.getLocations(0) + "/networkEndpointGroups/k8s1-" + project.hex(8) + "-default-"
                        + ResourceNames.last(service) + "-80-" + project.hex(8),
                NetworkEndpointGroup.newBuilder()
                        .setNetworkEndpointType("GCE_VM_IP_PORT")
                        .setNetwork(
                                ComputeResources.url(cluster.getNetworkConfig().getNetwork()))
                        .setSubnetwork(
                                ComputeResources.url(cluster.getNetworkConfig().getSubnetwork()))
                        .setDescription("{\"cluster-uid\":\"" + project.hex(16) + "\",\"namespace\":\"default\"}")
                        .build());
    }

    /** A disk in the first zone of a cluster, as the CSI driver creates it for a claim. */
    public void volume(Cluster cluster, String claim) {
        String zone = "zones/" + cluster.getLocations(0);
        put(
                zone + "/disks/pvc-" + project.uuid(),
                Disk.newBuilder()
                        .setSizeGb(10)
                        .setStatus("READY")
                        .setType(url(zone + "/diskTypes/pd-balanced"))
                        .setDescription("{\"kubernetes.io/created-for/pvc/name\":\"" + claim
                                + "\",\"kubernetes.io/created-for/pvc/namespace\":\"default\","
                                + "\"storage.gke.io/created-by\":\"pd.csi.storage.gke.io\"}")
                        .putLabels("goog-k8s-cluster-name", cluster.getName())
                        .putLabels("goog-k8s-cluster-location", cluster.getLocation())
                        .putAllLabels(cluster.getResourceLabelsMap())
                        .build());
    }

    public void reservation(String zone, String name, String machineType, int count) {
        Reservation.Builder reservation =
                Reservation.newBuilder().setStatus("READY").setSpecificReservationRequired(true);
        reservation
                .getSpecificReservationBuilder()
                .setCount(count)
                .setInUseCount(0)
                .getInstancePropertiesBuilder()
                .setMachineType(machineType);
        put("zones/" + zone + "/reservations/" + name, reservation.build());
    }

    public void address(String region, String name) {
        put(
                "regions/" + region + "/addresses/" + name,
                Address.newBuilder()
                        .setAddress("34.66.0.9")
                        .setAddressType("EXTERNAL")
                        .setStatus("RESERVED")
                        .build());
    }

    public void machine(String zone, String name, String network, String subnet) {
        String region = Locations.regionOf(zone);
        put(
                "zones/" + zone + "/instances/" + name,
                Instance.newBuilder()
                        .setMachineType(url("zones/" + zone + "/machineTypes/e2-standard-4"))
                        .setStatus("RUNNING")
                        .addNetworkInterfaces(NetworkInterface.newBuilder()
                                .setNetwork(url("global/networks/" + network))
                                .setSubnetwork(url("regions/" + region + "/subnetworks/" + subnet)))
                        .build());
    }

    /**
     * A network with one subnet.
     *
     * @param owner id of the project that has it
     * @param ranges secondary ranges by name
     */
    public void network(String owner, String region, String name, String subnet, Map<String, String> ranges) {
        String network = "projects/" + owner + "/global/networks/" + name;
        resources.put(
                network, Network.newBuilder().setAutoCreateSubnetworks(false).build());
        resources.put(
                "projects/" + owner + "/global/routes/default-route-" + project.hex(16),
                Route.newBuilder()
                        .setNetwork(ComputeResources.url(network))
                        .setDestRange("0.0.0.0/0")
                        .build());
        Subnetwork.Builder row = Subnetwork.newBuilder()
                .setNetwork(ComputeResources.url(network))
                .setIpCidrRange("10.0.0.0/20")
                .setPrivateIpGoogleAccess(true);
        new TreeMap<>(ranges)
                .forEach((range, cidr) -> row.addSecondaryIpRanges(SubnetworkSecondaryRange.newBuilder()
                        .setRangeName(range)
                        .setIpCidrRange(cidr)));
        resources.put("projects/" + owner + "/regions/" + region + "/subnetworks/" + subnet, row.build());
    }

    public void network(String name) {
        put(
                "global/networks/" + name,
                Network.newBuilder().setAutoCreateSubnetworks(false).build());
    }

    private void put(String path, Message resource) {
        resources.put(project.path(path), resource);
    }

    private String url(String path) {
        return ComputeResources.url(project.path(path));
    }
}
