// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.testing.http.MockHttpTransport;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import com.google.api.gax.httpjson.HttpJsonStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.api.gax.rpc.StatusCode;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcpErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FAILED_PRECONDITION | FAILED_PRECONDITION | Cluster is running incompatible operation operation-1. | CONFLICT",
                "INVALID_ARGUMENT | resourceInUseByAnotherResource | The network is already being used by 'x' | DEPENDENCY_VIOLATION",
                "INVALID_ARGUMENT | resourceNotReady | The resource 'x' is not ready | CONFLICT",
                "ABORTED | ABORTED | The resource 'x' already exists | ALREADY_EXISTS",
                "ABORTED | ABORTED | There were concurrent policy changes. Please retry | CONFLICT",
                "PERMISSION_DENIED | quotaExceeded | Quota 'NETWORKS' exceeded.  Limit: 5.0 globally. | QUOTA_EXCEEDED",
                "RESOURCE_EXHAUSTED | RATE_LIMIT_EXCEEDED | Quota exceeded for quota metric 'Reads' per minute | THROTTLED",
                "RESOURCE_EXHAUSTED | RESOURCE_EXHAUSTED | Insufficient regional quota to satisfy request | QUOTA_EXCEEDED",
                "FAILED_PRECONDITION | x | GCE_STOCKOUT: Instance 'x' creation failed | NO_CAPACITY",
                "INVALID_ARGUMENT | x | Service account osmo@p.iam does not exist. | NOT_YET_CONSISTENT",
                "INVALID_ARGUMENT | x | Invalid value for field 'name' | INVALID_REQUEST",
                "PERMISSION_DENIED | x | Required 'compute.networks.create' permission | NOT_AUTHORIZED",
                "UNAVAILABLE | x | try again | UNAVAILABLE",
                "FAILED_PRECONDITION | x | Operation operation-1 is currently deleting a node pool for cluster c. "
                        + "Please wait and try again once it is done. | CONFLICT",
                "FAILED_PRECONDITION | conditionNotMet | Constraint constraints/compute.restrictVpcPeering violated "
                        + "for project 1. | NOT_AUTHORIZED",
                "NOT_FOUND | x | gone | NOT_FOUND"
            })
    void answers_mean_the_same_on_all_clouds(String code, String reason, String message, CloudError error) {
        assertThat(GcpErrors.classify(code, reason, message)).isEqualTo(error);
    }

    /** Clients over HTTP give the status line as their message, and what Google says in the cause only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | resourceNotReady | The resource 'x' is not ready | CONFLICT",
                "400 | resourceInUseByAnotherResource | The resource 'x' is already being used by 'y' | DEPENDENCY_VIOLATION",
                "403 | quotaExceeded | Quota 'NETWORKS' exceeded.  Limit: 5.0 globally. | QUOTA_EXCEEDED",
                "403 | rateLimitExceeded | Rate Limit Exceeded | THROTTLED",
                "409 | alreadyExists | The resource 'x' already exists | ALREADY_EXISTS",
                "404 | notFound | The resource 'x' was not found | NOT_FOUND",
                "503 | backendError | Backend Error | UNAVAILABLE"
            })
    void what_compute_engine_says_is_read(int status, String reason, String message, CloudError error) {
        String body = "{'error':{'code':%d,'message':'%s','errors':[{'reason':'%s'}],'status':'ANY'}}"
                .formatted(status, message.replace("'", "`"), reason)
                .replace('\'', '"');
        HttpResponseException answer = new HttpResponseException.Builder(status, "Status Line", new HttpHeaders())
                .setContent(body)
                .build();

        CloudException translated = GcpErrors.translate(
                "compute.networks.insert",
                ApiExceptionFactory.createException("Status Line", answer, HttpJsonStatusCode.of(status), false),
                false);

        assertThat(translated.error()).isEqualTo(error);
        assertThat(translated.code()).isEqualTo(reason);
        assertThat(translated).hasMessageContaining(message.replace("'", "`"));
    }

    @org.junit.jupiter.api.Test
    void a_denial_by_organization_policy_does_not_advise_a_role() {
        CloudException denied = GcpErrors.failed(
                "container.clusters.create",
                "FAILED_PRECONDITION",
                "Constraint constraints/compute.vmExternalIpAccess violated for project 1.");

        assertThat(denied.remedy())
                .contains("policy of the organization", "exception")
                .doesNotContain("Grant");
    }

    /** Over HTTP the refusal of the token comes as the cause of the call's failure, as if the call had been answered. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist). | TokenCreator",
                "404 | Not found; Gaia id not found for email builder@p.iam.gserviceaccount.com | settings.impersonate",
                "403 | IAM Service Account Credentials API has not been used in project 1 before or it is disabled. | enable"
            })
    void an_account_that_may_not_be_impersonated_is_told_as_such(int status, String message, String remedy) {
        GoogleCredentials own = GoogleCredentials.create(new AccessToken("t", new Date(Long.MAX_VALUE)));
        ImpersonatedCredentials impersonated = ImpersonatedCredentials.newBuilder()
                .setSourceCredentials(own)
                .setTargetPrincipal("builder@p.iam.gserviceaccount.com")
                .setScopes(List.of("https://www.googleapis.com/auth/cloud-platform"))
                .setHttpTransportFactory(() -> new MockHttpTransport.Builder()
                        .setLowLevelHttpResponse(new MockLowLevelHttpResponse()
                                .setStatusCode(status)
                                .setContentType("application/json")
                                .setContent("{\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(status, message)))
                        .build())
                .build();
        Throwable refused = catchThrowable(impersonated::refresh);

        CloudException overHttp = GcpErrors.translate(
                "compute.networks.list",
                ApiExceptionFactory.createException(refused, HttpJsonStatusCode.of(StatusCode.Code.UNKNOWN), false),
                false);
        CloudException token = GcpErrors.noCredentials("oauth2 token", refused);

        assertThat(overHttp.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
        assertThat(overHttp.code()).isEqualTo("NO-CREDENTIALS");
        assertThat(overHttp.remedy())
                .contains(remedy)
                .isEqualTo(token.remedy())
                .doesNotContain("compute.networks.list");
    }
}
