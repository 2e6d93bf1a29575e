// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

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

    /** ARN of a policy that AWS itself maintains. */
    public String managedPolicy(String pathAndName) {
        return "arn:" + partition + ":iam::aws:policy/" + pathAndName;
    }

    /** Name of a service in trust policies, such as {@code eks.amazonaws.com}. */
    public static String service(String name) {
        return name + ".amazonaws.com";
    }
}
