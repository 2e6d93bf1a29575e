// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import io.osmo.backend.testkit.internal.aws.AwsService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.*;

/** EC2 in one region. */
public final class Ec2 extends AwsService {
    public final ResourceTags tags = new ResourceTags();
    final List<String> zones;

    public final Table<Vpc> vpcs = new Table<>(id -> Ec2Errors.notFound("InvalidVpcID.NotFound", "vpc ID", id));
    final Map<String, VpcDns> vpcDns = new HashMap<>();
    public final Table<Subnet> subnets =
            new Table<>(id -> Ec2Errors.notFound("InvalidSubnetID.NotFound", "subnet ID", id));
    final Table<InternetGateway> internetGateways =
            new Table<>(id -> Ec2Errors.notFound("InvalidInternetGatewayID.NotFound", "internetGateway ID", id));
    final Table<Address> addresses =
            new Table<>(id -> Ec2Errors.notFound("InvalidAllocationID.NotFound", "allocation ID", id));
    final Table<NatGateway> natGateways =
            new Table<>(id -> Ec2Errors.of("NatGatewayNotFound", "NatGateway " + id + " was not found"));
    final Table<RouteTable> routeTables =
            new Table<>(id -> Ec2Errors.notFound("InvalidRouteTableID.NotFound", "routeTable ID", id));
    final Table<VpcEndpoint> endpoints =
            new Table<>(id -> Ec2Errors.notFound("InvalidVpcEndpointId.NotFound", "Vpc Endpoint Id", id));
    public final Table<SecurityGroup> securityGroups =
            new Table<>(id -> Ec2Errors.notFound("InvalidGroup.NotFound", "security group", id));
    final Table<NetworkAcl> networkAcls =
            new Table<>(id -> Ec2Errors.notFound("InvalidNetworkAclID.NotFound", "network ACL", id));
    /** What instances have written to their consoles. */
    public final Map<String, String> consoles = new HashMap<>();
    /** Subnets in which others have taken all addresses. */
    private final Set<String> full = new HashSet<>();

    public final Table<NetworkInterface> networkInterfaces =
            new Table<>(id -> Ec2Errors.notFound("InvalidNetworkInterfaceID.NotFound", "networkInterface ID", id));
    final Table<LaunchTemplate> launchTemplates = new Table<>(id -> Ec2Errors.of(
            "InvalidLaunchTemplateId.NotFound",
            "The specified launch template, with template ID " + id + ", does not exist."));
    final Map<String, List<LaunchTemplateVersion>> launchTemplateVersions = new HashMap<>();
    public final Table<Instance> instances =
            new Table<>(id -> Ec2Errors.notFound("InvalidInstanceID.NotFound", "instance ID", id));
    private static final int GIB_OF_TIB = 1024;

    final Table<Volume> volumes = new Table<>(id -> Ec2Errors.notFound("InvalidVolume.NotFound", "volume", id));
    final Table<PlacementGroup> placementGroups = new Table<>(
            id -> Ec2Errors.of("InvalidPlacementGroup.Unknown", "The Placement Group '" + id + "' is unknown."));
    final Table<CapacityReservation> capacityReservations =
            new Table<>(id -> Ec2Errors.notFound("InvalidCapacityReservationId.NotFound", "capacity reservation", id));

    public Ec2(AwsAccount account, String region) {
        super(account, region);
        this.zones = List.of(region + "a", region + "b", region + "c", region + "d");
    }

    /** DNS attributes of a VPC, which its description does not show. */
    record VpcDns(boolean support, boolean hostnames) {}

    @Override
    public List<Object> operations() {
        return List.of(
                new Vpcs(this),
                new Subnets(this),
                new InternetGateways(this),
                new Addresses(this),
                new NatGateways(this),
                new RouteTables(this),
                new Routes(this),
                new NetworkAcls(this),
                new VpcEndpoints(this),
                new EndpointServices(this),
                new SecurityGroups(this),
                new NetworkInterfaces(this),
                new LaunchTemplates(this),
                new Instances(this),
                new Volumes(this),
                new PlacementGroups(this),
                new CapacityReservations(this),
                new Tags(this),
                new Catalog(this));
    }

    /** Tags of a resource by id, of a placement group by name, of an association those of its route table; empty if there is none. */
    public Optional<Map<String, String>> tagsOf(String name) {
        Optional<String> id = name.startsWith("rtbassoc-")
                ? routeTables
                        .where(table -> table.associations().stream()
                                .anyMatch(a -> a.routeTableAssociationId().equals(name)))
                        .findFirst()
                        .map(RouteTable::routeTableId)
                : placementGroups.find(name).map(PlacementGroup::groupId).or(() -> Optional.of(name));
        return id.filter(this::exists).map(tags::all);
    }

    private boolean exists(String id) {
        return Stream.of(
                                vpcs,
                                subnets,
                                internetGateways,
                                addresses,
                                natGateways,
                                routeTables,
                                endpoints,
                                securityGroups,
                                networkInterfaces,
                                launchTemplates,
                                volumes)
                        .anyMatch(table -> table.has(id))
                || placementGroups.any(group -> group.groupId().equals(id));
    }

    /** Takes all free addresses of a subnet, as machines of others do, or gives them back. */
    public void fill(String subnet, boolean taken) {
        if (taken) {
            full.add(subnets.get(subnet).subnetId());
        } else {
            full.remove(subnet);
        }
    }

    /** Puts a VPC endpoint or an association into a state that no call can produce; returns whether the id is one of them. */
    public boolean plantState(String id, String state) {
        if (endpoints.has(id)) {
            endpoints.update(id, endpoint -> endpoint.toBuilder().state(state).build());
            return true;
        }
        return RouteTables.plantState(this, id, state);
    }

    /** How many addresses of a subnet no interface has. */
    public int freeAddresses(String subnet) {
        return full.contains(subnet)
                ? 0
                : Cidrs.usable(Cidrs.range(subnets.get(subnet).cidrBlock()))
                        - NetworkInterfaces.addresses(this, subnet).size();
    }

    /** Whether a subnet has no free address. */
    public boolean isFull(String subnet) {
        return freeAddresses(subnet) == 0;
    }

    /** The physical zone behind a name, such as {@code usw2-az1}. */
    String zoneId(String zone) {
        String[] parts = region.split("-", -1);
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length - 1; i++) {
            text.append(parts[i].charAt(0));
        }
        return text.append(parts[parts.length - 1]) + "-az" + (zones.indexOf(zone) + 1);
    }

    /** Whether a gp3 volume of this size would exceed what the region may have of them. */
    public boolean exceedsStorage(int gib) {
        return gib + volumes.all().stream().mapToInt(Volume::size).sum()
                > account.quota(AwsQuotas.GP3_STORAGE) * GIB_OF_TIB;
    }

    /** The root disk of an instance, which lives and dies with it. */
    public void attachRootDisk(String instance, String zone, int gib) {
        String id = account.newId("vol");
        volumes.put(
                id,
                Volume.builder()
                        .volumeId(id)
                        .availabilityZone(zone)
                        .size(gib)
                        .volumeType(VolumeType.GP3)
                        .encrypted(true)
                        .createTime(account.now())
                        .state(VolumeState.IN_USE)
                        .attachments(a -> a.volumeId(id).instanceId(instance).deleteOnTermination(true))
                        .build());
    }

    public void deleteRootDisk(String instance) {
        volumes.where(volume -> isOf(instance, volume))
                .map(Volume::volumeId)
                .toList()
                .forEach(volumes::remove);
    }

    private static boolean isOf(String instance, Volume volume) {
        return volume.attachments().stream().anyMatch(each -> instance.equals(each.instanceId()));
    }

    /** Leaves a volume behind, as the EBS CSI driver creates it for a claim. */
    public void plantVolume(String cluster, String claim) {
        String id = account.newId("vol");
        volumes.put(
                id,
                Volume.builder()
                        .volumeId(id)
                        .availabilityZone(zones.get(0))
                        .size(10)
                        .volumeType(VolumeType.GP3)
                        .encrypted(true)
                        .createTime(account.now())
                        .state(VolumeState.AVAILABLE)
                        .build());
        tags.putAsService(
                id,
                Map.of(
                        "kubernetes.io/cluster/" + cluster,
                        "owned",
                        "ebs.csi.aws.com/cluster",
                        "true",
                        "KubernetesCluster",
                        cluster,
                        "kubernetes.io/created-for/pvc/name",
                        claim,
                        "kubernetes.io/created-for/pvc/namespace",
                        "default"));
    }

    @Override
    public List<String> inventory() {
        List<String> lines = new ArrayList<>();
        vpcs.all().forEach(v -> lines.add("vpc " + v.cidrBlock() + resource(v.vpcId())));
        subnets.all()
                .forEach(s ->
                        lines.add("subnet " + s.cidrBlock() + " in " + s.availabilityZone() + resource(s.subnetId())));
        internetGateways
                .all()
                .forEach(g -> lines.add(
                        "internet-gateway attached " + g.attachments().size() + resource(g.internetGatewayId())));
        addresses.all().forEach(a -> lines.add("address" + resource(a.allocationId())));
        natGateways
                .where(n -> n.state() != NatGatewayState.DELETED)
                .forEach(n -> lines.add("nat-gateway " + n.stateAsString() + resource(n.natGatewayId())));
        routeTables
                .where(t -> !RouteTables.isMain(t))
                .forEach(t -> lines.add("route-table routes " + t.routes().size() + " associations "
                        + t.associations().size() + resource(t.routeTableId())));
        endpoints.all().forEach(e -> lines.add("endpoint " + e.serviceName() + resource(e.vpcEndpointId())));
        securityGroups
                .where(g -> !g.groupName().equals("default"))
                .forEach(g -> lines.add("security-group " + g.groupName().replaceFirst("-[0-9]+$", "")));
        networkInterfaces
                .all()
                .forEach(i -> lines.add("network-interface " + i.description().replaceAll("-0[0-9a-f]{16}", "") + " "
                        + i.statusAsString()));
        launchTemplates
                .all()
                .forEach(t -> lines.add("launch-template " + t.launchTemplateName() + resource(t.launchTemplateId())));
        placementGroups.all().forEach(g -> lines.add("placement-group " + g.groupName()));
        instances.all().forEach(i -> lines.add("instance " + i.instanceTypeAsString()));
        // Root disks go with their instances.
        volumes.where(v -> v.attachments().isEmpty()).forEach(v -> lines.add("volume " + v.size() + " GiB"));
        return lines;
    }

    /** The name that the AWS provider gives a resource, in brackets. */
    private String resource(String id) {
        String resource = tags.all(id).get("osmo-resource");
        return resource == null ? "" : " (" + resource + ")";
    }

    /** Adds a reservation as if a capacity block had been purchased; returns its id. */
    public String plantCapacityBlock(String type, String zone, int count, Instant start, Instant end) {
        return CapacityReservations.put(this, type, zone, count, CapacityReservationType.CAPACITY_BLOCK, start, end)
                .capacityReservationId();
    }
}
