// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.spi.Inventory;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Whose credentials are in use; an attachment of every inventory.
 *
 * @param account twelve digits
 * @param partition such as {@code aws} or {@code aws-cn}
 * @param arn of the caller
 */
public record Caller(String account, String partition, String arn) {
    static Caller of(GetCallerIdentityResponse identity) {
        return new Caller(identity.account(), identity.arn().split(":", -1)[1], identity.arn());
    }

    /** The caller of an inventory that a session has read. */
    public static Caller of(Inventory inventory) {
        return inventory.attachment(Caller.class).orElseThrow();
    }

    /** ARN of something in the caller's account, such as {@code cluster/train-west} of {@code eks}. */
    public String arn(String service, String region, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** ARN of a policy that AWS itself maintains. */
    public String managedPolicy(String pathAndName) {
        return "arn:" + partition + ":iam::aws:policy/" + pathAndName;
    }

    /**
     * ARN of the role with which EC2 Auto Scaling starts the nodes of managed node groups. Its name is the same in all partitions.
     *
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html">EC2 Auto Scaling:
     *     service-linked roles</a>
     */
    public String autoScalingRole() {
        return "arn:" + partition + ":iam::" + account
                + ":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    }
}
