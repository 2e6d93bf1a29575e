// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes.InstanceTypeFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.*;

/** The nodes that instances of node groups become. */
final class PoolNodes {
    private final Eks eks;
    private final PoolTemplates templates;

    PoolNodes(Eks eks, PoolTemplates templates) {
        this.eks = eks;
        this.templates = templates;
    }

    /** Adds an instance to the cluster, or replaces the node that it already is. */
    void join(Nodegroup group, Instance instance) {
        InstanceTypeFacts type =
                InstanceTypes.find(instance.instanceTypeAsString()).orElseThrow();
        boolean arm = type.architecture().equals("arm64");
        String zone = instance.placement().availabilityZone();
        eks.kubernetes(group.clusterName())
                .addNode(new EmulatedNode(
                        instance.privateDnsName(),
                        "aws:///" + zone + "/" + instance.instanceId(),
                        new EmulatedNode.Place(eks.region, zone, instance.privateIpAddress()),
                        new EmulatedNode.Machine(
                                type.name(),
                                arm ? "arm64" : "amd64",
                                type.vcpus(),
                                type.memoryGib(),
                                templates.diskGib(group),
                                type.gpus()),
                        new NodeImage(
                                "Amazon Linux 2023.9.20261109",
                                "6.12.55-74.119.amzn2023." + (arm ? "aarch64" : "x86_64"),
                                "containerd://2.2.4"),
                        new EmulatedNode.Kubelet(
                                "v" + Versions.offer(group.version()).patch() + "-eks-113cf36", type.maxPods()),
                        labels(group),
                        group.taints().stream().map(PoolNodes::taint).toList(),
                        false));
    }

    private static Map<String, String> labels(Nodegroup group) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("eks.amazonaws.com/capacityType", group.capacityTypeAsString());
        labels.put("eks.amazonaws.com/nodegroup", group.nodegroupName());
        labels.put("eks.amazonaws.com/nodegroup-image", "ami-" + group.releaseVersion());
        labels.putAll(group.labels());
        return labels;
    }

    private static EmulatedNode.Taint taint(Taint taint) {
        return new EmulatedNode.Taint(
                taint.key(),
                taint.value() == null ? "" : taint.value(),
                switch (taint.effect()) {
                    case NO_EXECUTE -> "NoExecute";
                    case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
                    default -> "NoSchedule";
                });
    }
}
