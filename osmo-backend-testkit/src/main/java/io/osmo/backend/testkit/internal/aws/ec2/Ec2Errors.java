// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.aws.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** EC2's refusals: one exception type, with a code for each. */
public final class Ec2Errors {
    private Ec2Errors() {}

    public static AwsServiceException of(String code, String message) {
        return AwsErrors.of("ec2", 400, code, message);
    }

    static AwsServiceException notFound(String code, String what, String id) {
        return of(code, "The " + what + " '" + id + "' does not exist");
    }
}
