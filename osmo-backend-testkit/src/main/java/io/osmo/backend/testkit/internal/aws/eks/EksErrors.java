// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.aws.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eks.model.*;

/** EKS's refusals. */
final class EksErrors {
    private EksErrors() {}

    static AwsServiceException notFound(String message) {
        return of(ResourceNotFoundException.builder(), 404, "ResourceNotFoundException", message);
    }

    static AwsServiceException inUse(String message) {
        return of(ResourceInUseException.builder(), 409, "ResourceInUseException", message);
    }

    static AwsServiceException invalidParameter(String message) {
        return of(InvalidParameterException.builder(), 400, "InvalidParameterException", message);
    }

    static AwsServiceException invalidRequest(String message) {
        return of(InvalidRequestException.builder(), 400, "InvalidRequestException", message);
    }

    static AwsServiceException limit(String message) {
        return of(ResourceLimitExceededException.builder(), 400, "ResourceLimitExceededException", message);
    }

    /** No resource has this ARN. */
    static AwsServiceException unknownArn(String arn) {
        return of(NotFoundException.builder(), 404, "NotFoundException", "No resource found for ARN " + arn);
    }

    private static AwsServiceException of(
            AwsServiceException.Builder builder, int status, String code, String message) {
        return AwsErrors.of(builder, "Eks", status, code, message);
    }
}
