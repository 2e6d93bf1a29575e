// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.backup.model.BackupException;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.InvalidRequestException;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceGroupsTaggingApiException;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuotasException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Refusals in the vendor's own exception types, filled as its clients fill them. */
final class AwsErrors {
    private AwsErrors() {}

    /**
     * @param builder builder of the exception type
     * @param service service name in the exception's message, such as {@code Eks}
     */
    static AwsServiceException of(
            AwsServiceException.Builder builder, String service, int status, String code, String message) {
        return builder.awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service)
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .message(message)
                .statusCode(status)
                .requestId("00000000-0000-4000-a000-000000000000")
                .build();
    }

    /** A refusal by service prefix, in that service's base exception type. */
    static AwsServiceException of(String service, int status, String code, String message) {
        AwsServiceException.Builder builder = switch (service) {
            case "autoscaling" -> AutoScalingException.builder();
            case "backup" -> BackupException.builder();
            case "ec2" -> Ec2Exception.builder();
            case "eks" -> EksException.builder();
            case "elasticloadbalancing" -> ElasticLoadBalancingV2Exception.builder();
            case "iam" -> IamException.builder();
            case "kms" -> KmsException.builder();
            case "logs" -> CloudWatchLogsException.builder();
            case "servicequotas" -> ServiceQuotasException.builder();
            case "ssm" -> SsmException.builder();
            case "sts" -> StsException.builder();
            case "tag" -> ResourceGroupsTaggingApiException.builder();
            default -> throw new IllegalArgumentException("no such service: " + service);
        };
        return of(builder, service, status, code, message);
    }

    /** EC2 has one exception type and a code for each refusal. */
    static AwsServiceException ec2(String code, String message) {
        return of("ec2", 400, code, message);
    }

    static AwsServiceException ec2NotFound(String code, String what, String id) {
        return ec2(code, "The " + what + " '" + id + "' does not exist");
    }

    static AwsServiceException eksNotFound(String message) {
        return of(ResourceNotFoundException.builder(), "Eks", 404, "ResourceNotFoundException", message);
    }

    static AwsServiceException eksInUse(String message) {
        return of(ResourceInUseException.builder(), "Eks", 409, "ResourceInUseException", message);
    }

    static AwsServiceException eksInvalidParameter(String message) {
        return of(InvalidParameterException.builder(), "Eks", 400, "InvalidParameterException", message);
    }

    static AwsServiceException eksInvalidRequest(String message) {
        return of(InvalidRequestException.builder(), "Eks", 400, "InvalidRequestException", message);
    }

    static AwsServiceException eksLimit(String message) {
        return of(ResourceLimitExceededException.builder(), "Eks", 400, "ResourceLimitExceededException", message);
    }
}
