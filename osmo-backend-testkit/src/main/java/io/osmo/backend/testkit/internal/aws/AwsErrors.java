// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.backup.model.BackupException;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.pricing.model.PricingException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceGroupsTaggingApiException;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuotasException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Refusals as the vendor's own exceptions, filled in as its clients do. */
public final class AwsErrors {
    private AwsErrors() {}

    /**
     * @param builder builder of the exception type
     * @param service service name in the exception's message, such as {@code Eks}
     */
    public static AwsServiceException of(
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
    public static AwsServiceException of(String service, int status, String code, String message) {
        AwsServiceException.Builder builder = switch (service) {
            case "autoscaling" -> AutoScalingException.builder();
            case "backup" -> BackupException.builder();
            case "ec2" -> Ec2Exception.builder();
            case "eks" -> EksException.builder();
            case "elasticloadbalancing" -> ElasticLoadBalancingV2Exception.builder();
            case "iam" -> IamException.builder();
            case "kms" -> KmsException.builder();
            case "logs" -> CloudWatchLogsException.builder();
            case "pricing" -> PricingException.builder();
            case "servicequotas" -> ServiceQuotasException.builder();
            case "ssm" -> SsmException.builder();
            case "sts" -> StsException.builder();
            case "tag" -> ResourceGroupsTaggingApiException.builder();
            default -> throw new IllegalArgumentException("no such service: " + service);
        };
        return of(builder, service, status, code, message);
    }
}
