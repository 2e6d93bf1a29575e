// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;

/** SC-3: everything in a snapshot was read over this connection. */
public final class TlsApiServer extends AbstractCheck {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public TlsApiServer() {
        super(
                "security.tls-api-server",
                "the Kubernetes API over TLS with a verified certificate",
                Requirement.SC_3,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().server().endpoint(),
                endpoint -> given(evidence.snapshot().server().tlsVerified(), verified -> {
                    if (!"https".equals(endpoint.getScheme())) {
                        return LOOPBACK.contains(String.valueOf(endpoint.getHost()))
                                ? skipped("plain http on this machine, as with emulated clusters")
                                : breach(endpoint.toString(), "Use the https address of the cluster.");
                    }
                    return verified
                            ? pass("https, verified")
                            : breach(
                                    "https, certificate not verified",
                                    "Remove insecure-skip-tls-verify from the kubeconfig.");
                }));
    }
}
