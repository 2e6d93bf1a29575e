// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What did not admit an object, according to the API server's message. Most refusals have status 403, as a missing right does, so the
 * status is not enough.
 */
enum Refusal {
    QUOTA(
            "exceeded quota|failed quota",
            "Raise the ResourceQuota that new namespaces get, or exempt namespaces named osmo-backend-probe-* from it."),
    LIMIT_RANGE(
            "(maximum|minimum) \\S+ usage per (pod|container)|(cpu|memory|ephemeral-storage) max limit to request ratio",
            "Widen the LimitRange that new namespaces get: a probe requests 10m CPU and 32Mi, and is limited to 200m and 128Mi."),
    POD_SECURITY(
            "violates podsecurity",
            "Something in the cluster changes the probes' pods, such as a mutating webhook: exempt namespaces named osmo-backend-probe-*."),
    POLICY(
            "validatingadmissionpolicy|denied the request|denied by|kyverno|gatekeeper|kubewarden",
            "Exempt namespaces named osmo-backend-probe-* in the policy that the message names; it may reject OSMO's pods as well."),
    WEBHOOK(
            "failed calling webhook|failed to call webhook|no endpoints available for service",
            "Start the webhook that the message names again, or delete its configuration; see security.pod-webhooks."),
    TERMINATING(
            "because it is being terminated",
            "Something deleted the probes' namespace while they ran: exempt it from clean-up jobs.");

    private static final Pattern ADDRESS = Pattern.compile("/?\\[?[0-9a-fA-F.:]+\\]?:\\d+");

    private final Pattern pattern;
    private final String remedy;

    Refusal(String pattern, String remedy) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        this.remedy = remedy;
    }

    /** Empty for a missing right and for unknown messages. */
    static Optional<Refusal> of(String message) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.pattern.matcher(message).find())
                .findFirst();
    }

    String remedy() {
        return remedy;
    }

    /** An error of a connection without addresses, which differ from try to try. */
    static String withoutAddress(String message) {
        return ADDRESS.matcher(message).replaceAll("the API server");
    }
}
