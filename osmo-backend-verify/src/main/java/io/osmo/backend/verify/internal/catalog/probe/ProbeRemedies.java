// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.probe;

import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import java.util.Locale;

/** What to do if an address did not answer as expected. */
public final class ProbeRemedies {
    public static final String CERTIFICATE =
            "Serve the full chain of a certificate that a public authority signed and that has not expired."
                    + " If OSMO's pods trust your own authority, name it with Probes.Builder.trust.";

    private static final int TOO_MANY_REQUESTS = 429;

    private ProbeRemedies() {}

    public static String of(Answer answer) {
        if (!answer.tried()) {
            return "Use an image of the probe with curl 7.88 or newer: Probes.Builder.image.";
        }
        if (answer.lacksProxy()) {
            return "Correct the name of the proxy, or let the cluster's DNS resolve it.";
        }
        if (answer.dnsTimedOut()) {
            return "No DNS server answered: open port 53, UDP and TCP, between pods and the DNS pods, and from these to the servers"
                    + " of the network; kubectl -n kube-system get pods -l k8s-app=kube-dns.";
        }
        if (!answer.resolved()) {
            return "Let the cluster's DNS resolve the name: CoreDNS, its upstream servers, private zones.";
        }
        if (answer.distrusted()) {
            return certificate(answer);
        }
        if (answer.disagreed()) {
            return "Enable TLS 1.2 or 1.3 at the endpoint, or at the proxy in between.";
        }
        if (answer.unencrypted()) {
            return "The other end does not speak TLS on this port: correct the port, or serve TLS there.";
        }
        if (answer.reset()) {
            return "A firewall, a proxy or the other end closes the connection: let it allow this host name.";
        }
        if (answer.refused()) {
            return "Nothing accepts connections there: correct the address and port, start the service, or let firewalls that"
                    + " reject connections allow this one.";
        }
        if (answer.status() == TOO_MANY_REQUESTS) {
            return "Pull through a mirror, or with a credential: the registry limits the requests of an address.";
        }
        if (answer.answered()) {
            return "Find out what answers instead: a proxy, a gateway, or another service.";
        }
        return "Allow egress from the pool's subnets: NAT, routes, security groups, network policies, proxies.";
    }

    /** What to do about a certificate that is not accepted. */
    public static String certificate(Answer answer) {
        String error = answer.error().toLowerCase(Locale.ROOT);
        if (error.contains("expired")) {
            return "Renew the certificate.";
        }
        if (error.contains("not yet valid")) {
            return "Synchronize the clocks of nodes, or wait until the certificate is valid.";
        }
        return error.contains("no alternative certificate subject name") || error.contains("does not match")
                ? "Serve a certificate with this host name in it, or use a name that it has."
                : CERTIFICATE;
    }

    /** A failed pull in words. */
    public static String pull(String refusal) {
        String text = refusal.length() > 300 ? refusal.substring(0, 300) + "…" : refusal;
        return PullCause.of(refusal).phrase() + ": " + text;
    }
}
