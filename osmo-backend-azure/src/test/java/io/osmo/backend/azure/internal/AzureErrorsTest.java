// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | TooManyRequests | slow down | THROTTLED",
                "409 | AllocationFailed | no capacity | NO_CAPACITY",
                "400 | SkuNotAvailable | not sold here | NO_CAPACITY",
                "403 | QuotaExceeded | family quota | QUOTA_EXCEEDED",
                "409 | OperationNotAllowed | Operation could not be completed as it results in exceeding approved quota | QUOTA_EXCEEDED",
                "409 | OperationNotAllowed | Operation is not allowed: another operation is in progress | CONFLICT",
                "400 | PrincipalNotFound | Principal does not exist in the directory | NOT_YET_CONSISTENT",
                "409 | MissingSubscriptionRegistration | not registered | NOT_YET_CONSISTENT",
                "400 | InUseSubnetCannotBeDeleted | in use | DEPENDENCY_VIOLATION",
                "412 | PreconditionFailed | etag | CONFLICT",
                "404 | ResourceGroupNotFound | no group | NOT_FOUND",
                "409 | RoleAssignmentExists | there | ALREADY_EXISTS",
                "403 | AuthorizationFailed | does not have authorization | NOT_AUTHORIZED",
                "409 | ScopeLocked | locked | NOT_AUTHORIZED",
                "503 | ServiceUnavailable | later | UNAVAILABLE",
                "400 | InvalidParameter | wrong | INVALID_REQUEST",
                "409 | ReadOnlyDisabledSubscription | disabled | NOT_AUTHORIZED",
                "409 | StorageAccountAlreadyTaken | taken | ALREADY_EXISTS",
                "403 | RequestDisallowedByPolicy | disallowed | NOT_AUTHORIZED"
            })
    void each_code_has_its_meaning(int status, String code, String message, CloudError expected) {
        assertThat(AzureErrors.classify(status, code, message)).isEqualTo(expected);
    }

    @Test
    void the_innermost_error_is_told_with_the_time_that_arm_asks_for() {
        CloudException refused = AzureErrors.refused(
                "Microsoft.ContainerService/managedClusters/write",
                429,
                Map.of("retry-after", "37", "x-ms-correlation-request-id", "id-1"),
                "{\"error\":{\"code\":\"Outer\",\"message\":\"o\",\"details\":[{\"code\":\"TooManyRequests\",\"message\":\"i\"}]}}");

        assertThat(refused.error()).isEqualTo(CloudError.THROTTLED);
        assertThat(refused.code()).isEqualTo("TooManyRequests");
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(37));
        assertThat(refused.requestId()).contains("id-1");
    }

    @Test
    void a_denial_by_policy_does_not_advise_a_role() {
        CloudException denied = AzureErrors.refused(
                "Microsoft.Network/publicIPAddresses/write",
                403,
                Map.of(),
                "{\"error\":{\"code\":\"RequestDisallowedByPolicy\",\"message\":\"Resource 'x' was disallowed by policy.\"}}");

        assertThat(denied.remedy()).contains("Azure Policy", "exemption").doesNotContain("Give the credential a role");
    }

    /** Text of azure-identity 1.18 on a machine outside of Azure. */
    @Test
    void of_a_chain_without_credentials_each_cause_is_told_without_the_advice_of_the_sdk() {
        String help =
                "To mitigate this issue, please refer to the troubleshooting guidelines here at https://aka.ms/azsdk/java/";
        CloudException told = AzureErrors.noCredential(
                "Microsoft.Resources/subscriptions/read",
                new CredentialUnavailableException(String.join(
                        "\r\n",
                        "EnvironmentCredential authentication unavailable. Environment variables are not fully configured."
                                + help,
                        "WorkloadIdentityCredential authentication unavailable. The workload options are not fully configured. See the"
                                + " troubleshooting guide for more information. https://aka.ms/azsdk/java/identity/workload/x",
                        "ManagedIdentityCredential authentication unavailable. Connection to IMDS endpoint cannot"
                                + " be established,"
                                + " Connect timed out.",
                        "IntelliJ authentication not available. Please login with the Azure Toolkit for IntelliJ.",
                        "AzureCliCredential authentication unavailable. Azure CLI not installed." + help)));

        assertThat(told.code()).isEqualTo("NO-CREDENTIALS");
        assertThat(told.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
        assertThat(told)
                .hasMessageEndingWith("no credential works:"
                        + " EnvironmentCredential authentication unavailable. Environment variables are not fully configured."
                        + " WorkloadIdentityCredential authentication unavailable. The workload options are not"
                        + " fully configured."
                        + " ManagedIdentityCredential authentication unavailable. Connection to IMDS endpoint cannot"
                        + " be established,"
                        + " Connect timed out. AzureCliCredential authentication unavailable. Azure CLI not"
                        + " installed. (NO-CREDENTIALS)");
    }

    /** A proxy that answers for the metadata service ends the chain before it comes to az login. */
    @Test
    void a_managed_identity_that_gives_no_token_is_told_with_the_way_around_it() {
        CloudException told = AzureErrors.noCredential(
                "Microsoft.Resources/subscriptions/read",
                new ClientAuthenticationException(
                        "DefaultAzureCredential authentication failed. ---> ManagedIdentityCredential authentication failed."
                                + " Error Details: Managed Identity authentication failed, see inner exception for more information.",
                        null));

        assertThat(told.remedy()).contains("169.254.169.254", "AZURE_TOKEN_CREDENTIALS=dev");
    }
}
