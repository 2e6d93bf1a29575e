// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.Ec2Kind;
import io.osmo.backend.cluster.CloudFacts.Firewalls;
import io.osmo.backend.cluster.CloudFacts.NetworkFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The network (NW-1, NW-2): the subnets of the node groups, or of the cluster as long as it has none, and the firewalls. */
final class NetworkFactsReader implements FactReader<FactSource, NetworkFacts> {
    static final Needs NEEDS = Needs.reading(
            "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeRouteTables");

    @Override
    public CompletableFuture<Fact<NetworkFacts>> read(FactSource source) {
        CompletableFuture<Fact<List<Firewalls>>> firewalls = firewalls(source);
        return CompletableFuture.allOf(source.cluster(), source.groups(), source.vpc(), firewalls)
                .thenApply(done -> source.cluster()
                        .join()
                        .flatMap(cluster -> source.groups()
                                .join()
                                .flatMap(groups -> source.vpc()
                                        .join()
                                        .flatMap(vpc -> network(cluster, groups, vpc, firewalls.join())))));
    }

    private static Fact<NetworkFacts> network(
            Cluster cluster, List<Nodegroup> groups, VpcFacts vpc, Fact<List<Firewalls>> firewalls) {
        Set<String> ofNodes = groups.stream()
                .flatMap(group -> group.subnets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (ofNodes.isEmpty()) {
            ofNodes.addAll(cluster.resourcesVpcConfig().subnetIds());
        }
        Optional<String> services = Optional.ofNullable(cluster.kubernetesNetworkConfig())
                .flatMap(config -> Optional.ofNullable(config.serviceIpv4Cidr()));
        return Facts.both(
                vpc.cidrs(),
                vpc.subnets(),
                (ranges, subnets) -> new NetworkFacts(
                        vpc.id(),
                        ranges,
                        List.of(),
                        services,
                        subnets.stream()
                                .filter(subnet -> ofNodes.contains(subnet.subnetId()))
                                .map(subnet -> new NetworkFacts.Subnet(
                                        subnet.subnetId(),
                                        Optional.of(subnet.availabilityZone()),
                                        subnet.cidrBlock(),
                                        subnet.availableIpAddressCount(),
                                        vpc.routes().map(routes -> routes.wayOut(subnet))))
                                .toList(),
                        firewalls));
    }

    /**
     * Security groups of the nodes that carry the cluster's tag. Kubernetes' own load balancers are not made when a node has more
     * than one of them, see <a href="https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html">security groups</a>.
     */
    private static CompletableFuture<Fact<List<Firewalls>>> firewalls(FactSource source) {
        String tag = "kubernetes.io/cluster/" + source.context().name();
        CompletableFuture<Fact<Set<String>>> tagged = Facts.of(source.context()
                .async(
                        "ec2:DescribeSecurityGroups",
                        () -> source
                                .context()
                                .ec2()
                                .describeSecurityGroupsPaginator(r -> r.filters(Ec2Kind.filter("tag-key", tag)))
                                .securityGroups()
                                .stream()
                                .map(SecurityGroup::groupId)
                                .collect(Collectors.toSet())));
        return tagged.thenCombine(
                source.instances(),
                (groups, all) -> Facts.both(
                        groups,
                        all,
                        (ids, machines) -> machines.stream()
                                .filter(machine -> machine.tags().stream()
                                        .anyMatch(t -> t.key().equals(tag)))
                                .map(machine -> firewalls(machine, ids))
                                .toList()));
    }

    private static Firewalls firewalls(Instance machine, Set<String> tagged) {
        return new Firewalls(
                machine.instanceId(),
                machine.securityGroups().stream()
                        .map(GroupIdentifier::groupId)
                        .filter(tagged::contains)
                        .sorted()
                        .toList());
    }
}
