// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.services.ec2.model.*;

/** Instances, which only Auto Scaling groups launch. */
final class Instances {
    private final Ec2 ec2;
    private final Query<Instance> query;

    Instances(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<Instance>(ec2, "instance-id", Instance::instanceId)
                .attribute("vpc-id", Instance::vpcId)
                .attribute("subnet-id", Instance::subnetId)
                .attribute("instance-state-name", i -> i.state().nameAsString())
                .attribute("instance-type", Instance::instanceTypeAsString);
    }

    GetConsoleOutputResponse getConsoleOutput(GetConsoleOutputRequest r) {
        Instance instance = ec2.instances.get(r.instanceId());
        String text = ec2.consoles.getOrDefault(instance.instanceId(), "");
        return GetConsoleOutputResponse.builder()
                .instanceId(instance.instanceId())
                .timestamp(ec2.account.now())
                .output(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    DescribeInstancesResponse describeInstances(DescribeInstancesRequest r) {
        Page<Instance> page = query.page(ec2.instances, r.instanceIds(), r.filters(), r.maxResults(), r.nextToken());
        return DescribeInstancesResponse.builder()
                .reservations(page.items().stream()
                        .map(i -> Reservation.builder()
                                .ownerId(ec2.account.id())
                                .reservationId("r-" + i.instanceId().substring(2))
                                .instances(i.toBuilder()
                                        .tags(ec2.tags.of(i.instanceId()))
                                        .build())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }
}
