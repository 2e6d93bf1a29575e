// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.probe.CallResult.Cause;
import io.osmo.backend.verify.internal.probe.CallResult.Failed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of API servers 1.36 and of policy engines; all but the last two come with status 403. */
class RefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QUOTA | pods \"network-0-0\" is forbidden: exceeded quota: default, requested: pods=1, used: pods=0, limited: pods=0"
                        + " | ResourceQuota",
                "QUOTA | pods \"network-0-0\" is forbidden: failed quota: default: must specify limits.nvidia.com/gpu for: probe"
                        + " | ResourceQuota",
                "LIMIT_RANGE | pods \"network-0-0\" is forbidden: maximum memory usage per Container is 64Mi, but limit is 128Mi"
                        + " | LimitRange",
                "LIMIT_RANGE | pods \"network-0-0\" is forbidden: minimum cpu usage per Container is 100m, but request is 10m"
                        + " | LimitRange",
                "LIMIT_RANGE | pods \"network-0-0\" is forbidden: cpu max limit to request ratio per Container is 4, but provided ratio is"
                        + " 20.000000 | LimitRange",
                "POD_SECURITY | pods \"network-0-0\" is forbidden: violates PodSecurity \"restricted:latest\": seccompProfile"
                        + " | mutating webhook",
                "POLICY | admission webhook \"validate.kyverno.svc-fail\" denied the request: resource Pod/x/network-0-0 was blocked due to"
                        + " the following policies | policy",
                "POLICY | admission webhook \"validation.gatekeeper.sh\" denied the request: [must-have-owner] you must provide labels"
                        + " | policy",
                "POLICY | pods \"network-0-0\" is forbidden: ValidatingAdmissionPolicy 'registries' with binding 'all' denied request:"
                        + " image not allowed | policy",
                "TERMINATING | pods \"network-0-0\" is forbidden: unable to create new content in namespace x because it is"
                        + " being terminated"
                        + " | deleted the probes' namespace",
                "WEBHOOK | Internal error occurred: failed calling webhook \"mutate.example.com\": failed to call webhook: Post"
                        + " \"https://webhook.policy.svc:443/mutate\": no endpoints available for service \"webhook\""
                        + " | security.pod-webhooks"
            })
    void who_did_not_admit_a_pod_is_told_by_the_text_not_by_the_status(Refusal refusal, String message, String remedy) {
        Failed<?> failed = failed(403, message);

        assertThat(Refusal.of(message)).contains(refusal);
        assertThat(failed.cause()).isEqualTo(Cause.REJECTED);
        assertThat(failed.reason())
                .startsWith("could not create pods: ")
                .contains(message)
                .doesNotContain("grant the rule");
        assertThat(failed.unknown())
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unknown -> assertThat(unknown.remedy()).contains(remedy));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pods is forbidden: User \"ci\" cannot create resource \"pods\" in API group \"\" in the namespace \"x\"",
                "pods is forbidden: User \"ci\" cannot create resource \"pods\" in API group \"\" at the cluster scope"
            })
    void a_missing_right_is_still_one(String message) {
        assertThat(failed(403, message).reason()).contains("grant the rule {apiGroups: [\"\"], resources: [\"pods\"]");
    }

    private static Failed<?> failed(int code, String message) {
        return Failed.of(
                Right.CREATE_PODS,
                new KubernetesClientException(
                        new StatusBuilder().withCode(code).withMessage(message).build()));
    }
}
