// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** NW-2: the operator ignores a path for its WebSockets but uses it for its login. */
public final class ServiceUrlShape extends AbstractCheck {
    private static final Predicate<String> SHAPE =
            Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d{1,5})?/?").asMatchPredicate();

    public ServiceUrlShape() {
        super(
                "network.service-url-shape",
                "scheme, host and port only in the URL of the OSMO service",
                Requirement.NW_2,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Optional<String> url = evidence.expectations().serviceUrl();
        if (url.isEmpty()) {
            return skipped("the URL of the OSMO service is not known");
        }
        return SHAPE.test(url.get())
                ? pass(url.get())
                : breach(url.get(), "Use scheme and host only, such as https://osmo.example.com");
    }
}
