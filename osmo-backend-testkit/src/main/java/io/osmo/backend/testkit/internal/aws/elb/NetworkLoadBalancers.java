// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.elb;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.ec2.Ec2;
import io.osmo.backend.testkit.internal.aws.ec2.NetworkInterfaces;
import io.osmo.backend.testkit.internal.aws.eks.Eks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Network load balancers and their target groups. */
public final class NetworkLoadBalancers extends AwsService {
    private static final Duration DELETE = Duration.ofSeconds(30);

    private final Ec2 ec2;
    private final Eks eks;
    private final Table<LoadBalancer> loadBalancers = new Table<>(arn -> AwsErrors.of(
            LoadBalancerNotFoundException.builder(),
            "ElasticLoadBalancingV2",
            400,
            "LoadBalancerNotFound",
            "Load balancers '[" + arn + "]' not found"));
    private final Table<TargetGroup> targetGroups = new Table<>(arn -> AwsErrors.of(
            TargetGroupNotFoundException.builder(),
            "ElasticLoadBalancingV2",
            400,
            "TargetGroupNotFound",
            "Target groups '" + arn + "' not found"));
    private final Map<String, Map<String, String>> tags = new TreeMap<>();

    public NetworkLoadBalancers(Eks eks) {
        super(eks.account, eks.region);
        this.ec2 = eks.ec2;
        this.eks = eks;
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    /** Leaves a load balancer behind, as the controller of a Service creates it. */
    public void plant(String clusterName, String service) {
        Cluster cluster = eks.clusters.get(clusterName);
        List<Subnet> subnets = cluster.resourcesVpcConfig().subnetIds().stream()
                .map(ec2.subnets::get)
                .toList();
        String suffix = account.hex(16);
        String name = "k8s-default-" + service + "-" + suffix.substring(0, 10);
        String arn = arn("elasticloadbalancing", "loadbalancer/net/" + name + "/" + suffix);
        loadBalancers.put(
                arn,
                LoadBalancer.builder()
                        .loadBalancerArn(arn)
                        .loadBalancerName(name)
                        .dnsName(name + ".elb." + region + ".amazonaws.com")
                        .createdTime(account.now())
                        .scheme(LoadBalancerSchemeEnum.INTERNET_FACING)
                        .type(LoadBalancerTypeEnum.NETWORK)
                        .vpcId(cluster.resourcesVpcConfig().vpcId())
                        .state(s -> s.code(LoadBalancerStateEnum.ACTIVE))
                        .availabilityZones(subnets.stream()
                                .map(s -> AvailabilityZone.builder()
                                        .zoneName(s.availabilityZone())
                                        .subnetId(s.subnetId())
                                        .build())
                                .toList())
                        .build());
        String target = arn("elasticloadbalancing", "targetgroup/" + name + "/" + suffix);
        targetGroups.put(
                target,
                TargetGroup.builder()
                        .targetGroupArn(target)
                        .targetGroupName(name)
                        .protocol(ProtocolEnum.TCP)
                        .port(80)
                        .vpcId(cluster.resourcesVpcConfig().vpcId())
                        .loadBalancerArns(arn)
                        .build());
        Map<String, String> owner = Map.of(
                "kubernetes.io/cluster/" + clusterName,
                "owned",
                "elbv2.k8s.aws/cluster",
                clusterName,
                "service.k8s.aws/stack",
                "default/" + service);
        tags.put(arn, owner);
        tags.put(target, owner);
        NetworkInterfaces.create(
                ec2,
                subnets.get(0),
                i -> i.interfaceType(NetworkInterfaceType.NETWORK_LOAD_BALANCER)
                        .description("ELB net/" + name + "/" + suffix)
                        .requesterManaged(true)
                        .status(NetworkInterfaceStatus.IN_USE)
                        .association(a -> a.publicIp("198.51.100.9").ipOwnerId("amazon-elb")));
    }

    DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest r) {
        List<LoadBalancer> found = loadBalancers.select(r.loadBalancerArns()).stream()
                .filter(l -> r.names().isEmpty() || r.names().contains(l.loadBalancerName()))
                .toList();
        Page<LoadBalancer> page = Page.of(found, r.pageSize(), r.marker(), account.pageSize());
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items())
                .nextMarker(page.next())
                .build();
    }

    DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest r) {
        List<TargetGroup> found = targetGroups.select(r.targetGroupArns()).stream()
                .filter(g -> r.loadBalancerArn() == null || g.loadBalancerArns().contains(r.loadBalancerArn()))
                .toList();
        Page<TargetGroup> page = Page.of(found, r.pageSize(), r.marker(), account.pageSize());
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(page.items())
                .nextMarker(page.next())
                .build();
    }

    DescribeTagsResponse describeTags(DescribeTagsRequest r) {
        return DescribeTagsResponse.builder()
                .tagDescriptions(r.resourceArns().stream()
                        .map(arn -> TagDescription.builder()
                                .resourceArn(arn)
                                .tags(tags.getOrDefault(arn, Map.of()).entrySet().stream()
                                        .map(t -> Tag.builder()
                                                .key(t.getKey())
                                                .value(t.getValue())
                                                .build())
                                        .toList())
                                .build())
                        .toList())
                .build();
    }

    /** Succeeds for one that does not exist. Its interfaces are deleted later. */
    DeleteLoadBalancerResponse deleteLoadBalancer(DeleteLoadBalancerRequest r) {
        String arn = r.loadBalancerArn();
        loadBalancers.remove(arn);
        tags.remove(arn);
        String description = "ELB " + arn.substring(arn.indexOf("net/"));
        targetGroups
                .where(g -> g.loadBalancerArns().contains(arn))
                .forEach(g -> targetGroups.put(
                        g.targetGroupArn(),
                        g.toBuilder().loadBalancerArns(List.of()).build()));
        account.after(
                DELETE,
                () -> ec2.networkInterfaces
                        .where(i -> description.equals(i.description()))
                        .forEach(i -> ec2.networkInterfaces.remove(i.networkInterfaceId())));
        return DeleteLoadBalancerResponse.builder().build();
    }

    DeleteTargetGroupResponse deleteTargetGroup(DeleteTargetGroupRequest r) {
        boolean used = targetGroups
                .find(r.targetGroupArn())
                .filter(g -> !g.loadBalancerArns().isEmpty())
                .isPresent();
        if (used) {
            throw AwsErrors.of(
                    ResourceInUseException.builder(),
                    "ElasticLoadBalancingV2",
                    400,
                    "ResourceInUse",
                    "Target group '" + r.targetGroupArn() + "' is currently in use by a listener or a rule");
        }
        targetGroups.remove(r.targetGroupArn());
        tags.remove(r.targetGroupArn());
        return DeleteTargetGroupResponse.builder().build();
    }

    public Map<String, Map<String, String>> tagsByArn() {
        return tags;
    }
}
