// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;

/**
 * Load balancers of Services and Ingresses, classic ones included, and their target groups. Made by the cloud controller, by
 * EKS itself, or by the AWS Load Balancer Controller, each with tags of its own.
 */
public final class LoadBalancers extends Sweep {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Sweep.KIND)
            .destroy(
                    "tag:GetResources",
                    "elasticloadbalancing:DescribeLoadBalancers",
                    "elasticloadbalancing:DescribeTargetGroups",
                    "elasticloadbalancing:DeleteLoadBalancer",
                    "elasticloadbalancing:DeleteTargetGroup");

    private static final String CLASSIC = ":loadbalancer/";
    private static final String TARGETS = ":targetgroup/";

    LoadBalancers(AwsContext context, Set<ResourceId> after) {
        super(context, LOAD_BALANCERS, after, true);
    }

    @Override
    List<String> find(Optional<String> vpc) {
        return Stream.of(
                        Map.entry("kubernetes.io/cluster/" + context.name(), "owned"),
                        Map.entry("elbv2.k8s.aws/cluster", context.name()),
                        Map.entry("eks:eks-cluster-name", context.name()))
                .flatMap(tag -> tagged(tag.getKey(), tag.getValue()).stream())
                .toList();
    }

    /** Names of the cluster's load balancers as EC2 describes their interfaces, such as {@code net/web/0123456789abcdef}. */
    public static Set<String> names(AwsContext context) {
        return new LoadBalancers(context, Set.of())
                .find(Optional.empty()).stream()
                        .filter(arn -> arn.contains(CLASSIC))
                        .map(LoadBalancers::classicName)
                        .collect(Collectors.toSet());
    }

    private List<String> tagged(String key, String value) {
        return context.call(
                "tag:GetResources",
                () -> context
                        .tagging()
                        .getResourcesPaginator(r -> r.resourceTypeFilters(
                                        "elasticloadbalancing:loadbalancer", "elasticloadbalancing:targetgroup")
                                .tagFilters(f -> f.key(key).values(value)))
                        .resourceTagMappingList()
                        .stream()
                        .map(ResourceTagMapping::resourceARN)
                        .filter(this::exists)
                        .toList());
    }

    /** For a while the tagging API still lists what has been deleted. */
    private boolean exists(String arn) {
        ElasticLoadBalancingV2Client elb = context.clients().elbV2();
        if (arn.contains(TARGETS)) {
            return context.find(
                            "elasticloadbalancing:DescribeTargetGroups",
                            () -> elb.describeTargetGroups(r -> r.targetGroupArns(arn)))
                    .isPresent();
        }
        return context.find(
                        "elasticloadbalancing:DescribeLoadBalancers",
                        () -> isClassic(arn)
                                ? context.clients()
                                        .elb()
                                        .describeLoadBalancers(r -> r.loadBalancerNames(classicName(arn)))
                                : elb.describeLoadBalancers(r -> r.loadBalancerArns(arn)))
                .isPresent();
    }

    /** ARNs of classic load balancers have a bare name, those of the others say {@code app/}, {@code net/} or {@code gwy/}. */
    private static boolean isClassic(String arn) {
        return arn.contains(CLASSIC) && classicName(arn).indexOf('/') < 0;
    }

    private static String classicName(String arn) {
        return arn.substring(arn.indexOf(CLASSIC) + CLASSIC.length());
    }

    @Override
    void delete(String arn) {
        ElasticLoadBalancingV2Client elb = context.clients().elbV2();
        if (arn.contains(TARGETS)) {
            context.delete(
                    "elasticloadbalancing:DeleteTargetGroup", () -> elb.deleteTargetGroup(r -> r.targetGroupArn(arn)));
        } else {
            context.delete(
                    "elasticloadbalancing:DeleteLoadBalancer",
                    () -> isClassic(arn)
                            ? context.clients().elb().deleteLoadBalancer(r -> r.loadBalancerName(classicName(arn)))
                            : elb.deleteLoadBalancer(r -> r.loadBalancerArn(arn)));
        }
    }
}
