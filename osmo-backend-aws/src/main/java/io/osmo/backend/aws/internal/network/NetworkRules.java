// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Rules for the network of a spec, created or existing. Pure. */
final class NetworkRules {
    /** EKS asks for six free addresses in each subnet and advises sixteen; every node and pod needs one more. */
    private static final int FREE_ADDRESSES = 16;

    /** Documented for serviceIpv4Cidr of KubernetesNetworkConfigRequest; a VPC may have addresses of 100.64.0.0/10 too. */
    private static final List<IpRange> SERVICES = Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
            .map(IpRange::parse)
            .flatMap(Optional::stream)
            .toList();

    private static final Pattern VPC_ID = Pattern.compile("vpc-[0-9a-f]{8,17}");
    private static final Pattern SUBNET_ID = Pattern.compile("subnet-[0-9a-f]{8,17}");
    private static final String VPC = "network.existing.id";
    private static final String SUBNETS = "network.existing.subnets";

    private NetworkRules() {}

    /** Rules that need no cloud. */
    static List<Violation> validate(BackendSpec spec) {
        Network network = spec.network();
        List<Violation> violations = new ArrayList<>();
        network.existingId()
                .filter(id -> !VPC_ID.matcher(id).matches())
                .ifPresent(id -> violations.add(Requirement.NW_1.violation(
                        VPC, id, "the id of a VPC", "Give an id such as vpc-0123456789abcdef0.")));
        for (int i = 0; i < network.existingSubnetIds().size(); i++) {
            String id = network.existingSubnetIds().get(i);
            if (!SUBNET_ID.matcher(id).matches()) {
                violations.add(Requirement.NW_1.violation(
                        subnet(i), id, "the id of a subnet", "Give an id such as subnet-0123456789abcdef0."));
            }
        }
        if (network.existingId().isEmpty()) {
            validateCreated(spec, network, violations);
        }
        Optional<IpRange> services = IpRange.parse(network.serviceCidr());
        if (services.filter(range -> SERVICES.stream().anyMatch(block -> block.contains(range)))
                .isEmpty()) {
            violations.add(Requirement.NW_1.violation(
                    "network.serviceCidr",
                    network.serviceCidr(),
                    "a range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
                    "EKS accepts no other range for services; choose one such as 172.20.0.0/16."));
        }
        return violations;
    }

    private static String subnet(int index) {
        return SUBNETS + "[" + index + "]";
    }

    private static void validateCreated(BackendSpec spec, Network network, List<Violation> violations) {
        Optional<Integer> prefix = network.cidr().flatMap(IpRange::parse).map(IpRange::prefix);
        if (prefix.filter(bits -> bits < NetworkLayout.LARGEST || bits > NetworkLayout.SMALLEST)
                .isPresent()) {
            violations.add(Requirement.NW_1.violation(
                    "network.cidr",
                    network.cidr().orElseThrow(),
                    "a range of /" + NetworkLayout.LARGEST + " to /" + NetworkLayout.SMALLEST,
                    "AWS allows no larger VPC, and a smaller one leaves too few addresses for pods."));
        }
        for (int i = 0; i < network.zones().size(); i++) {
            String zone = network.zones().get(i);
            // One letter more than the region: a local zone such as us-west-2-lax-1a takes no control plane.
            if (!zone.startsWith(spec.region())
                    || zone.length() != spec.region().length() + 1
                    || !NetworkLayout.hasPlace(zone)) {
                violations.add(Requirement.NW_1.violation(
                        "network.zones[" + i + "]",
                        zone,
                        "an availability zone of " + spec.region() + ", " + spec.region() + "a to " + spec.region()
                                + "g",
                        "Name a zone of the region, or leave the zones out."));
            }
        }
    }

    /** What an existing network must have, since nothing of it is ever changed. */
    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        return spec.network()
                .existingId()
                .map(id -> checkExisting(spec, id, inventory))
                .orElse(List.of());
    }

    private static List<Violation> checkExisting(BackendSpec spec, String vpcId, Inventory inventory) {
        Optional<ObservedVpc> vpc = inventory.find(VpcNetwork.ID, ObservedVpc.class);
        if (vpc.isEmpty()) {
            return List.of(Requirement.NW_1.violation(
                    VPC,
                    vpcId,
                    "a VPC of this account in " + spec.region(),
                    "Check the id, the region and the account."));
        }
        List<Violation> violations = new ArrayList<>();
        if (!vpc.get().dnsSupport() || !vpc.get().dnsHostnames()) {
            violations.add(Requirement.NW_1.violation(
                    VPC,
                    vpcId + " with DNS support " + on(vpc.get().dnsSupport()) + " and DNS hostnames "
                            + on(vpc.get().dnsHostnames()),
                    "a VPC with both on, else nodes cannot register",
                    "Turn on enableDnsSupport and enableDnsHostnames."));
        }
        List<Subnet> subnets = new ArrayList<>();
        List<String> ids = spec.network().existingSubnetIds();
        for (int i = 0; i < ids.size(); i++) {
            Optional<Subnet> subnet = inventory
                    .find(ResourceId.of(VpcSubnet.KIND, ids.get(i)), Subnet.class)
                    .filter(found -> vpcId.equals(found.vpcId()));
            if (subnet.isEmpty()) {
                violations.add(
                        Requirement.NW_1.violation(subnet(i), ids.get(i), "a subnet of " + vpcId, "Check the id."));
            } else {
                subnets.add(subnet.get());
                checkSubnet(subnet(i), subnet.get(), inventory, violations);
            }
        }
        checkTogether(spec, subnets, violations);
        return violations;
    }

    private static void checkSubnet(String path, Subnet subnet, Inventory inventory, List<Violation> violations) {
        if (subnet.availableIpAddressCount() != null && subnet.availableIpAddressCount() < FREE_ADDRESSES) {
            violations.add(Requirement.NW_1.violation(
                    path,
                    subnet.subnetId() + " with " + subnet.availableIpAddressCount() + " free addresses",
                    "at least " + FREE_ADDRESSES + " free addresses",
                    "Free addresses, or use a larger subnet."));
        }
        if (inventory
                .attachment(DefaultRoutes.class)
                .flatMap(routes -> routes.wayOut(subnet))
                .isEmpty()) {
            violations.add(Requirement.NW_2.violation(
                    path,
                    subnet.subnetId() + " without a way out",
                    "a route to the internet, for images and for the OSMO service",
                    "Add a route for " + VpcRoute.EVERYWHERE + " to a NAT or transit gateway."));
        }
    }

    private static void checkTogether(BackendSpec spec, List<Subnet> subnets, List<Violation> violations) {
        Set<String> zones =
                subnets.stream().map(Subnet::availabilityZone).collect(Collectors.toCollection(TreeSet::new));
        if (zones.size() < 2) {
            violations.add(Requirement.CP_3.violation(
                    SUBNETS,
                    "subnets in " + zones,
                    "subnets in at least two zones: EKS places the interfaces of its control plane in two",
                    "Add a subnet of another zone."));
        }
        if (!subnets.isEmpty() && subnets.stream().noneMatch(subnet -> forLoadBalancers(spec, subnet))) {
            violations.add(Requirement.NW_1.violation(
                    SUBNETS,
                    "no subnet with a load balancer role",
                    "subnets that load balancers can find",
                    "Tag private subnets kubernetes.io/role/internal-elb=1 or public ones kubernetes.io/role/elb=1."));
        }
    }

    private static boolean forLoadBalancers(BackendSpec spec, Subnet subnet) {
        Map<String, String> tags = Ec2Kind.map(subnet.tags());
        return tags.containsKey("kubernetes.io/role/elb")
                || tags.containsKey("kubernetes.io/role/internal-elb")
                || tags.containsKey("kubernetes.io/cluster/" + spec.name());
    }

    private static String on(boolean value) {
        return value ? "on" : "off";
    }
}
