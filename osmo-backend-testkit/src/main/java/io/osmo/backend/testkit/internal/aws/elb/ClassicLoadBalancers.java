// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.elb;

import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancing.model.*;

/** Classic load balancers. There are none: today's controllers create network load balancers. */
public final class ClassicLoadBalancers extends AwsService {
    public ClassicLoadBalancers(AwsAccount account, String region) {
        super(account, region);
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
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

    /** Succeeds for one that does not exist, as the service documents. */
    DeleteLoadBalancerResponse deleteLoadBalancer(DeleteLoadBalancerRequest r) {
        return DeleteLoadBalancerResponse.builder().build();
    }

    private RuntimeException notFound(String name) {
        return AwsErrors.of(
                LoadBalancerNotFoundException.builder(),
                "ElasticLoadBalancing",
                400,
                "LoadBalancerNotFound",
                "There is no ACTIVE Load Balancer named '" + name + "' in " + region);
    }
}
