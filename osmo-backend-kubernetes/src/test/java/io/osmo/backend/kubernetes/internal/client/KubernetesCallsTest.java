// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesCallsTest {
    private static void fail(RuntimeException e) {
        KubernetesCalls.call("get Namespace a", () -> {
            throw e;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadRequest, INVALID_REQUEST",
        "401, Unauthorized, NOT_AUTHORIZED",
        "403, Forbidden, NOT_AUTHORIZED",
        "404, NotFound, NOT_FOUND",
        "409, AlreadyExists, ALREADY_EXISTS",
        "409, Conflict, CONFLICT",
        "422, Invalid, INVALID_REQUEST",
        "429, TooManyRequests, THROTTLED",
        "500, InternalError, UNAVAILABLE",
        "503, ServiceUnavailable, UNAVAILABLE",
        "418, Teapot, UNKNOWN"
    })
    void each_answer_has_its_kind(int code, String reason, CloudError kind) {
        var status = new StatusBuilder()
                .withCode(code)
                .withReason(reason)
                .withMessage("said so")
                .build();

        assertThatThrownBy(() -> fail(new KubernetesClientException("failed", code, status)))
                .isInstanceOfSatisfying(CloudException.class, e -> {
                    assertThat(e.error()).isEqualTo(kind);
                    assertThat(e.code()).isEqualTo(reason);
                    assertThat(e.operation()).isEqualTo("kubernetes:get Namespace a");
                    assertThat(e.remedy()).isNotEmpty();
                });
    }

    @Test
    void a_connection_that_fails_is_unavailable() {
        assertThatThrownBy(() -> fail(new KubernetesClientException("failed", new ConnectException("refused"))))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.UNAVAILABLE));
    }

    @Test
    void a_failure_of_the_token_supplier_is_not_wrapped_again() {
        CloudException denied = CloudException.builder(CloudError.NOT_AUTHORIZED, "sts:GetCallerIdentity")
                .code("AccessDenied")
                .message("no")
                .remedy("Sign in.")
                .build();

        assertThatThrownBy(() -> fail(new KubernetesClientException("failed", denied)))
                .isSameAs(denied);
    }
}
