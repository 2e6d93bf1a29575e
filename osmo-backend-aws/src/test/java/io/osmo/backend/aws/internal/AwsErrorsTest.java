// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "UnauthorizedOperation, 403, NOT_AUTHORIZED",
        "AccessDeniedException, 400, NOT_AUTHORIZED",
        "ExpiredToken, 400, NOT_AUTHORIZED",
        "VpcLimitExceeded, 400, QUOTA_EXCEEDED",
        "AddressLimitExceeded, 400, QUOTA_EXCEEDED",
        "ResourceLimitExceededException, 400, QUOTA_EXCEEDED",
        "VcpuLimitExceeded, 400, QUOTA_EXCEEDED",
        "MaxSpotInstanceCountExceeded, 400, QUOTA_EXCEEDED",
        "InsufficientInstanceCapacity, 500, NO_CAPACITY",
        "UnsupportedAvailabilityZoneException, 400, NO_CAPACITY",
        "ResourceInUseException, 409, CONFLICT",
        "DependencyViolation, 400, DEPENDENCY_VIOLATION",
        "DeleteConflict, 409, DEPENDENCY_VIOLATION",
        "RequestLimitExceeded, 503, THROTTLED",
        "ThrottlingException, 400, THROTTLED",
        "InternalError, 500, UNAVAILABLE",
        "Whatever, 502, UNAVAILABLE",
        "InvalidVpcID.NotFound, 400, NOT_FOUND",
        "NoSuchEntity, 404, NOT_FOUND",
        "EntityAlreadyExists, 409, ALREADY_EXISTS",
        "ValidationError, 400, INVALID_REQUEST"
    })
    void each_code_has_its_kind(String code, int status, CloudError expected) {
        assertThat(translated(code, "because", status).error()).isEqualTo(expected);
    }

    @Test
    void a_node_role_that_eks_does_not_find_yet_is_worth_a_retry() {
        CloudException error =
                translated("InvalidParameterException", "The role with name osmo-node-x cannot be found.", 400);

        assertThat(error.error()).isEqualTo(CloudError.NOT_YET_CONSISTENT);
        assertThat(translated("NoSuchEntity", "The role with name osmo-node-x cannot be found.", 404)
                        .error())
                .isEqualTo(CloudError.NOT_FOUND);
    }

    @Test
    void a_role_that_is_seconds_old_is_worth_a_retry() {
        CloudException error = translated(
                "InvalidParameterException",
                "Role with arn: arn:aws:iam::123456789012:role/x, could not be assumed because it does not exist",
                400);

        assertThat(error.error()).isEqualTo(CloudError.NOT_YET_CONSISTENT);
        assertThat(error.error().worthRetrying()).isTrue();
    }

    @Test
    void the_error_says_which_call_and_which_request_it_was() {
        CloudException error = translated("UnauthorizedOperation", "no", 403);

        assertThat(error.operation()).isEqualTo("ec2:CreateVpc");
        assertThat(error.code()).isEqualTo("UnauthorizedOperation");
        assertThat(error.requestId()).contains("req-1");
        assertThat(error.remedy()).contains("ec2:CreateVpc");
    }

    /** The call that was made has nothing to do with it. */
    @Test
    void a_role_of_the_settings_that_may_not_be_assumed_is_told_as_such() {
        CloudException error = translated(
                "AccessDenied",
                "User: arn:aws:iam::123456789012:user/u is not authorized to perform: sts:AssumeRole on resource: "
                        + "arn:aws:iam::210987654321:role/osmo",
                403);

        assertThat(error.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
        assertThat(error.operation()).isEqualTo("sts:AssumeRole");
        assertThat(error.remedy()).contains("settings.roleArn", "trust").doesNotContain("ec2:CreateVpc");
    }

    @Test
    void a_lost_connection_is_unavailable() {
        CloudException error =
                AwsErrors.translate("ec2:CreateVpc", "us-west-2", SdkClientException.create("connection reset"));

        assertThat(error.error()).isEqualTo(CloudError.UNAVAILABLE);
    }

    /** What a policy above the account forbids, no permission of the account allows. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AccessDenied | User: u is not authorized to perform: eks:CreateCluster with an explicit deny in a "
                        + "service control policy | service control policy",
                "AccessDeniedException | User: u is not authorized to perform: eks:CreateCluster because no service "
                        + "control policy allows the eks:CreateCluster action | service control policy",
                "UnauthorizedOperation | You are not authorized to perform this operation. User: u is not authorized "
                        + "to perform: ec2:CreateVpc because no permissions boundary allows the ec2:CreateVpc action "
                        + "| permissions boundary",
                "AccessDenied | User: u is not authorized to perform: kms:CreateKey with an explicit deny in a "
                        + "resource control policy | resource control policy",
                "AccessDenied | User: u is not authorized to perform: iam:CreateRole with an explicit deny in an "
                        + "identity-based policy | Deny statement"
            })
    void a_denial_by_policy_does_not_advise_to_allow_it(String code, String message, String remedy) {
        CloudException denied = translated(code, message, 403);

        assertThat(denied.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
        assertThat(denied.remedy()).contains(remedy).doesNotStartWith("Allow");
    }

    @Test
    void a_region_that_is_not_enabled_is_told_as_such() {
        AwsServiceException unknown = (AwsServiceException) AwsServiceException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("UnrecognizedClientException")
                        .errorMessage("The security token included in the request is invalid.")
                        .build())
                .build();

        assertThat(AwsErrors.translate("eks:ListClusters", "me-central-1", unknown)
                        .remedy())
                .contains("Enable this region", "enable-region");
        assertThat(AwsErrors.translate("eks:ListClusters", "us-east-1", unknown).remedy())
                .doesNotContain("Enable this region")
                .contains("does not recognize these credentials");
    }

    @Test
    void missing_credentials_are_told_as_such() {
        CloudException missing = AwsErrors.translate(
                "sts:GetCallerIdentity",
                "us-west-2",
                SdkClientException.create(
                        "Unable to load credentials from any of the providers in the chain"
                                + " AwsCredentialsProviderChain(credentialsProviders=[...]) : [SystemPropertyCredentialsProvider(): no]"));

        assertThat(missing.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
        assertThat(missing.remedy()).contains("AWS_PROFILE", "aws sso login");
        assertThat(missing).hasMessageContaining("no credentials").hasMessageNotContainingAny("credentialsProviders=");
    }

    private static CloudException translated(String code, String message, int status) {
        return AwsErrors.translate(
                "ec2:CreateVpc",
                "us-west-2",
                AwsServiceException.builder()
                        .statusCode(status)
                        .requestId("req-1")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage(message)
                                .build())
                        .build());
    }
}
