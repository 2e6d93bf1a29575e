// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.sweep;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * Load balancers of Services and Ingresses, classic ones included, and their target groups. Made by the cloud controller, by
 * EKS itself, or by the AWS Load Balancer Controller, each with tags of its own.
 */
final class LoadBalancers extends Sweep {
    private static final String CLASSIC = ":loadbalancer/";
    private static final String TARGETS = ":targetgroup/";

    LoadBalancers(AwsContext aws, Set<ResourceId> after) {
        super(aws, LOAD_BALANCERS, after, "load balancers", true);
    }

    @Override
    Found find(Optional<String> vpc) {
        return Stream.of(
                        TagFilter.builder()
                                .key("kubernetes.io/cluster/" + aws.name())
                                .values("owned")
                                .build(),
                        TagFilter.builder()
                                .key("elbv2.k8s.aws/cluster")
                                .values(aws.name())
                                .build(),
                        TagFilter.builder()
                                .key("eks:eks-cluster-name")
                                .values(aws.name())
                                .build())
                .map(this::tagged)
                .reduce(new Found(List.of()), Found::and);
    }

    private Found tagged(TagFilter filter) {
        return new Found(aws.call(
                "tag:GetResources",
                () -> aws
                        .clients()
                        .tagging()
                        .getResourcesPaginator(r -> r.resourceTypeFilters(
                                        "elasticloadbalancing:loadbalancer", "elasticloadbalancing:targetgroup")
                                .tagFilters(filter))
                        .resourceTagMappingList()
                        .stream()
                        .map(ResourceTagMapping::resourceARN)
                        .filter(this::stands)
                        .toList()));
    }

    /** The tagging API still tells of what has been deleted a moment ago. */
    private boolean stands(String arn) {
        if (arn.contains(TARGETS)) {
            return aws.find(
                            "elasticloadbalancing:DescribeTargetGroups",
                            () -> aws.clients().elbV2().describeTargetGroups(r -> r.targetGroupArns(arn)))
                    .isPresent();
        }
        return isClassic(arn)
                ? aws.find(
                                "elasticloadbalancing:DescribeLoadBalancers",
                                () -> aws.clients()
                                        .elb()
                                        .describeLoadBalancers(r -> r.loadBalancerNames(classicName(arn))))
                        .isPresent()
                : aws.find(
                                "elasticloadbalancing:DescribeLoadBalancers",
                                () -> aws.clients().elbV2().describeLoadBalancers(r -> r.loadBalancerArns(arn)))
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
        if (arn.contains(TARGETS)) {
            aws.delete(
                    "elasticloadbalancing:DeleteTargetGroup",
                    () -> aws.clients().elbV2().deleteTargetGroup(r -> r.targetGroupArn(arn)));
        } else if (isClassic(arn)) {
            aws.delete(
                    "elasticloadbalancing:DeleteLoadBalancer",
                    () -> aws.clients().elb().deleteLoadBalancer(r -> r.loadBalancerName(classicName(arn))));
        } else {
            aws.delete(
                    "elasticloadbalancing:DeleteLoadBalancer",
                    () -> aws.clients().elbV2().deleteLoadBalancer(r -> r.loadBalancerArn(arn)));
        }
    }
}
