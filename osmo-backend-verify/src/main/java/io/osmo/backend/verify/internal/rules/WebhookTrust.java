// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.verify.snapshot.WebhookFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts.Bundle;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Whether the API server can recognize what it calls for a webhook. It verifies the certificate of a service against the CA bundle
 * only, or against the authorities of its own machine if there is none; no service inside a cluster has a certificate of those.
 */
public final class WebhookTrust {
    private WebhookTrust() {}

    /** Why no certificate that the service may have is accepted; empty if one can be. */
    public static Optional<String> problem(WebhookFacts webhook, LocalDate today) {
        if (!webhook.certified()) {
            return webhook.service().isEmpty() ? Optional.empty() : Optional.of("no CA bundle");
        }
        return webhook.bundle().known().flatMap(bundle -> problem(bundle, today));
    }

    private static Optional<String> problem(Bundle bundle, LocalDate today) {
        if (bundle.certificates() == 0) {
            return Optional.of("a CA bundle without a certificate");
        }
        Optional<LocalDate> until = bundle.until().map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC));
        if (until.isEmpty()) {
            return Optional.of("a CA bundle with no certificate authority in it");
        }
        return until.filter(day -> day.isBefore(today)).map(day -> "a CA bundle that expired on " + day);
    }

    /** Whether the bundle proves only the very certificates in it, so that it works until the service gets another one. */
    public static boolean provesItselfOnly(WebhookFacts webhook) {
        return webhook.bundle()
                .known()
                .filter(bundle -> bundle.authorities() == 0 && bundle.selfSigned() > 0)
                .isPresent();
    }
}
