// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeTagsResponse;

/** Classic load balancers: there are none, as the controllers of today make network load balancers. */
final class EmulatedClassicLoadBalancers {
    private final AwsRegion region;

    EmulatedClassicLoadBalancers(AwsRegion region) {
        this.region = region;
    }

    DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest r) {
        if (!r.loadBalancerNames().isEmpty()) {
            throw notFound(r.loadBalancerNames().get(0));
        }
        return DescribeLoadBalancersResponse.builder()
                .loadBalancerDescriptions(List.of())
                .build();
    }

    DescribeTagsResponse describeTags(DescribeTagsRequest r) {
        throw notFound(r.loadBalancerNames().get(0));
    }

    /** Deleting what does not exist succeeds, as the service documents. */
    DeleteLoadBalancerResponse deleteLoadBalancer(DeleteLoadBalancerRequest r) {
        return DeleteLoadBalancerResponse.builder().build();
    }

    private RuntimeException notFound(String name) {
        return AwsErrors.of(
                software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException.builder(),
                "ElasticLoadBalancing",
                400,
                "LoadBalancerNotFound",
                "There is no ACTIVE Load Balancer named '" + name + "' in " + region.name);
    }
}
