// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import io.osmo.backend.aws.internal.Ec2Resource;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** What an existing network must have, as nothing of it is ever changed (NW-1, NW-2, CP-3). */
public final class ExistingNetworkCheck {
    /** EKS asks for six free addresses in each subnet and advises sixteen; every node and pod needs one more. */
    private static final int FREE_ADDRESSES = 16;

    private static final String SUBNETS = "network.existing.subnets";

    private ExistingNetworkCheck() {}

    public static List<Violation> check(BackendSpec spec, Inventory inventory) {
        String vpcId = spec.network().existingId().orElseThrow();
        Optional<ObservedVpc> vpc = inventory.find(VpcNetwork.ID, ObservedVpc.class);
        if (vpc.isEmpty()) {
            return List.of(new Violation(
                    "network.existing.id",
                    Optional.of("NW-1"),
                    vpcId,
                    "a VPC of this account in " + spec.region(),
                    "Check the id, the region and the account."));
        }
        List<Violation> violations = new ArrayList<>();
        if (!vpc.get().dnsSupport() || !vpc.get().dnsHostnames()) {
            violations.add(new Violation(
                    "network.existing.id",
                    Optional.of("NW-1"),
                    vpcId + " with DNS support " + on(vpc.get().dnsSupport()) + " and DNS hostnames "
                            + on(vpc.get().dnsHostnames()),
                    "a VPC with both on, else nodes cannot register",
                    "Turn on enableDnsSupport and enableDnsHostnames."));
        }
        Set<String> zones = new TreeSet<>();
        List<String> ids = spec.network().existingSubnetIds();
        boolean balanced = false;
        for (int i = 0; i < ids.size(); i++) {
            Optional<Subnet> subnet = inventory.find(ResourceId.of(VpcSubnet.KIND, ids.get(i)), Subnet.class);
            String path = SUBNETS + "[" + i + "]";
            if (subnet.isEmpty() || !vpcId.equals(subnet.get().vpcId())) {
                violations.add(
                        new Violation(path, Optional.of("NW-1"), ids.get(i), "a subnet of " + vpcId, "Check the id."));
                continue;
            }
            zones.add(subnet.get().availabilityZone());
            balanced |= forLoadBalancers(spec, subnet.get());
            violations.addAll(check(path, subnet.get(), inventory));
        }
        if (zones.size() < 2) {
            violations.add(new Violation(
                    SUBNETS,
                    Optional.of("CP-3"),
                    "subnets in " + zones,
                    "subnets in at least two zones: EKS places the interfaces of its control plane in two",
                    "Add a subnet of another zone."));
        }
        if (!zones.isEmpty() && !balanced) {
            violations.add(new Violation(
                    SUBNETS,
                    Optional.of("NW-1"),
                    "no subnet with a load balancer role",
                    "subnets that load balancers can find",
                    "Tag private subnets kubernetes.io/role/internal-elb=1 or public ones kubernetes.io/role/elb=1."));
        }
        return violations;
    }

    private static List<Violation> check(String path, Subnet subnet, Inventory inventory) {
        List<Violation> violations = new ArrayList<>();
        if (subnet.availableIpAddressCount() != null && subnet.availableIpAddressCount() < FREE_ADDRESSES) {
            violations.add(new Violation(
                    path,
                    Optional.of("NW-1"),
                    subnet.subnetId() + " with " + subnet.availableIpAddressCount() + " free addresses",
                    "at least " + FREE_ADDRESSES + " free addresses",
                    "Free addresses, or use a larger subnet."));
        }
        if (inventory
                .attachment(DefaultRoutes.class)
                .flatMap(routes -> routes.wayOut(subnet))
                .isEmpty()) {
            violations.add(new Violation(
                    path,
                    Optional.of("NW-2"),
                    subnet.subnetId() + " without a way out",
                    "a route to the internet, for images and for the OSMO service",
                    "Add a route for " + VpcRoute.EVERYWHERE + " to a NAT or transit gateway."));
        }
        return violations;
    }

    private static boolean forLoadBalancers(BackendSpec spec, Subnet subnet) {
        Map<String, String> tags = Ec2Resource.map(subnet.tags());
        return tags.containsKey("kubernetes.io/role/elb")
                || tags.containsKey("kubernetes.io/role/internal-elb")
                || tags.containsKey("kubernetes.io/cluster/" + spec.name());
    }

    private static String on(boolean value) {
        return value ? "on" : "off";
    }
}
