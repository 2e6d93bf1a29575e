// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Load balancers, which hold public addresses and addresses in subnets. */
final class LoadBalancers extends NetworkType {
    LoadBalancers(AzureSubscription azure) {
        super(azure, "loadBalancers", inUse("LoadBalancerInUseByVirtualMachineScaleSet", "Load balancer"));
    }

    @Override
    Stream<String> uses(Resource balancer) {
        return StreamSupport.stream(
                        balancer.properties().path("frontendIPConfigurations").spliterator(), false)
                .flatMap(front -> Stream.of(
                        front.at("/properties/publicIPAddress/id").asText(""),
                        front.at("/properties/subnet/id").asText("")))
                .filter(id -> !id.isEmpty());
    }
}
