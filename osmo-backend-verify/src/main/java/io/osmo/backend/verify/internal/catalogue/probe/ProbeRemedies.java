// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.probe;

import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;

/** What to do about an address that did not answer as it should. */
public final class ProbeRemedies {
    public static final String CERTIFICATE =
            "Serve the whole chain of a certificate that a public authority signed and that has not"
                    + " expired. One of your own is fine where OSMO's pods trust it: name it with Probes.Builder.trust.";

    private static final int TOO_MANY_REQUESTS = 429;

    private ProbeRemedies() {}

    public static String of(Answer answer) {
        if (!answer.resolved()) {
            return "Let the cluster's DNS resolve the name: CoreDNS, its upstream servers, private zones.";
        }
        if (answer.distrusted()) {
            return CERTIFICATE;
        }
        if (answer.status() == TOO_MANY_REQUESTS) {
            return "Pull through a mirror, or with a credential: the registry limits how often an address may ask it.";
        }
        if (answer.answered()) {
            return "Find out who answers in place of it: a proxy, a gateway, another service.";
        }
        return "Open the way out of the pool's subnets: NAT, routes, security groups, network policies, proxies.";
    }

    /** A refused pull in words. */
    public static String pull(String refusal) {
        String text = refusal.length() > 300 ? refusal.substring(0, 300) + "…" : refusal;
        return PullCause.of(refusal).phrase() + ": " + text;
    }
}
