// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Comparator;
import java.util.Optional;

/** SC-3: the backend's token is sent to this URL. Without a spec, the URL is that of the installed operator. */
public final class TlsServiceUrl extends AbstractCheck {

    public TlsServiceUrl() {
        super("security.tls-service-url", "an https URL for the OSMO service", Requirement.SC_3, Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Optional<String> url = evidence.expectations().serviceUrl();
        if (url.isEmpty() && evidence.has(Vantage.KUBERNETES)) {
            return given(
                    OsmoOperator.of(evidence),
                    operator -> judge(operator.stream()
                            .flatMap(d -> OsmoOperator.main(d).flag("host").stream())
                            .filter(host -> host.contains("://"))
                            .min(Comparator.naturalOrder())));
        }
        return judge(url);
    }

    private Finding judge(Optional<String> url) {
        if (url.isEmpty()) {
            return skipped("the URL of the OSMO service is not known");
        }
        if (url.get().startsWith("https://")) {
            return pass(url.get());
        }
        boolean inside = url.get().matches("http://[^/]*\\.svc(\\.[^/:]+)?(:\\d+)?/?");
        return breach(
                inside ? Severity.WARNING : Severity.ERROR,
                url.get(),
                "Give the service a certificate and use https: the token of the backend is sent unencrypted.");
    }
}
