// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import static org.assertj.core.api.Assertions.assertThat;

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
                "403 | AuthorizationFailed | does not have authorization | NOT_AUTHORISED",
                "409 | ScopeLocked | locked | NOT_AUTHORISED",
                "503 | ServiceUnavailable | later | UNAVAILABLE",
                "400 | InvalidParameter | wrong | INVALID_REQUEST",
                "409 | ReadOnlyDisabledSubscription | disabled | NOT_AUTHORISED",
                "409 | StorageAccountAlreadyTaken | taken | ALREADY_EXISTS",
                "403 | RequestDisallowedByPolicy | disallowed | NOT_AUTHORISED"
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
}
