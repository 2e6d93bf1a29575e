// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.probe;

import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;

/** What to do if an address did not answer as expected. */
public final class ProbeRemedies {
    public static final String CERTIFICATE =
            "Serve the full chain of a certificate that a public authority signed and that has not expired."
                    + " If OSMO's pods trust your own authority, name it with Probes.Builder.trust.";

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
            return "Pull through a mirror, or with a credential: the registry limits the requests of an address.";
        }
        if (answer.answered()) {
            return "Find out what answers instead: a proxy, a gateway, or another service.";
        }
        return "Allow egress from the pool's subnets: NAT, routes, security groups, network policies, proxies.";
    }

    /** A failed pull in words. */
    public static String pull(String refusal) {
        String text = refusal.length() > 300 ? refusal.substring(0, 300) + "…" : refusal;
        return PullCause.of(refusal).phrase() + ": " + text;
    }
}
