// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Load balancers, which use public addresses and addresses of subnets. */
final class LoadBalancers extends NetworkType {
    LoadBalancers(AzureSubscription azure) {
        super(azure, tracked("loadBalancers"), inUse("LoadBalancerInUseByVirtualMachineScaleSet", "Load balancer"));
    }

    @Override
    protected Stream<String> uses(Resource balancer) {
        return StreamSupport.stream(
                        balancer.properties().path("frontendIPConfigurations").spliterator(), false)
                .flatMap(front -> Stream.of(
                        front.at("/properties/publicIPAddress/id").asText(""),
                        front.at("/properties/subnet/id").asText("")))
                .filter(id -> !id.isEmpty());
    }
}
