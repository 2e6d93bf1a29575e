// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import java.util.List;
import software.amazon.awssdk.services.eks.model.Issue;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Translates the issues of a node group into errors that distinguish capacity, quota and failures to join. */
public final class NodeGroupIssues {
    /** Not a code of EKS: nodes are missing, and EKS has not reported a cause yet. */
    static final String BELOW_MINIMUM = "BelowMinimum";

    private NodeGroupIssues() {}

    /** One sentence for each issue. */
    public static List<String> of(Nodegroup group) {
        return group.health() == null
                ? List.of()
                : group.health().issues().stream()
                        .map(NodeGroupIssues::describe)
                        .toList();
    }

    /** EKS' own codes. */
    static List<String> codes(Nodegroup group) {
        return group.health() == null
                ? List.of()
                : group.health().issues().stream().map(Issue::codeAsString).toList();
    }

    private static String describe(Issue issue) {
        if (issue.codeAsString().equals(BELOW_MINIMUM)) {
            return issue.message();
        }
        return meaning(issue.codeAsString()) + " (" + issue.codeAsString() + ": " + issue.message() + ")";
    }

    private static String meaning(String code) {
        return switch (code) {
            case "AsgInstanceLaunchFailures" ->
                "no capacity, or EC2 refuses to launch: try other zones, types or a reservation";
            case "InstanceLimitExceeded" -> "vCPU quota is used up: ask for more in Service Quotas";
            case "InsufficientFreeAddresses" -> "subnets have no free addresses";
            case "NodeCreationFailure" ->
                "instances run but do not join: check routes to the API, the node role and the image";
            case "AccessDenied", "ClusterUnreachable" -> "nodes or EKS cannot reach or may not use the cluster";
            case "IamNodeRoleNotFound", "IamInstanceProfileNotFound" -> "the node role or its profile is gone";
            case "Ec2LaunchTemplateNotFound", "Ec2LaunchTemplateVersionMismatch" ->
                "the launch template is gone or was changed by others";
            case "Ec2SubnetNotFound", "Ec2SubnetInvalidConfiguration", "Ec2SecurityGroupNotFound" ->
                "a subnet or security group is gone or unsuitable";
            case "AutoScalingGroupNotFound", "AutoScalingGroupInvalidConfiguration" ->
                "the auto scaling group is gone or was changed by others";
            default -> "unhealthy";
        };
    }
}
