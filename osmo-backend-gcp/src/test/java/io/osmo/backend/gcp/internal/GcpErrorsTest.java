// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.CloudError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcpErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FAILED_PRECONDITION | FAILED_PRECONDITION | Cluster is running incompatible operation operation-1. | CONFLICT",
                "INVALID_ARGUMENT | resourceInUseByAnotherResource | The network resource is already being used by 'x' | DEPENDENCY_VIOLATION",
                "INVALID_ARGUMENT | resourceNotReady | The resource 'x' is not ready | CONFLICT",
                "ABORTED | ABORTED | The resource 'x' already exists | ALREADY_EXISTS",
                "ABORTED | ABORTED | There were concurrent policy changes. Please retry | CONFLICT",
                "PERMISSION_DENIED | quotaExceeded | Quota 'NETWORKS' exceeded.  Limit: 5.0 globally. | QUOTA_EXCEEDED",
                "RESOURCE_EXHAUSTED | RATE_LIMIT_EXCEEDED | Quota exceeded for quota metric 'Reads' per minute | THROTTLED",
                "RESOURCE_EXHAUSTED | RESOURCE_EXHAUSTED | Insufficient regional quota to satisfy request | QUOTA_EXCEEDED",
                "FAILED_PRECONDITION | x | GCE_STOCKOUT: Instance 'x' creation failed | NO_CAPACITY",
                "INVALID_ARGUMENT | x | Service account osmo@p.iam does not exist. | NOT_YET_CONSISTENT",
                "INVALID_ARGUMENT | x | Invalid value for field 'name' | INVALID_REQUEST",
                "PERMISSION_DENIED | x | Required 'compute.networks.create' permission | NOT_AUTHORISED",
                "UNAVAILABLE | x | try again | UNAVAILABLE",
                "NOT_FOUND | x | gone | NOT_FOUND"
            })
    void answers_mean_the_same_on_all_clouds(String code, String reason, String message, CloudError error) {
        assertThat(GcpErrors.classify(code, reason, message)).isEqualTo(error);
    }
}
