// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.TokenSource;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** The format that OSMO accepts. Only length and characters of the token are read. */
public final class TokenFormat extends AbstractCheck {

    public TokenFormat() {
        super(
                "operator.token-format",
                "a token of 43 or 64 characters from A-Z a-z 0-9 _ -",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        TokenSource wanted = TokenSource.of(evidence);
        if (!wanted.key().equals("token")) {
            return skipped("the operator mounts the entry " + wanted.key() + ", which is not read");
        }
        return given(
                evidence.snapshot().core().secrets(),
                secrets -> wanted.in(secrets)
                        .flatMap(SecretFacts::token)
                        .map(t -> {
                            String observed = t.length() + " characters" + (t.charset() ? "" : ", some not allowed");
                            return t.charset() && (t.length() == 43 || t.length() == 64)
                                    ? pass(observed)
                                    : breach(
                                            observed,
                                            "Store the token as OSMO issued it, with at most a line break after it.");
                        })
                        .orElseGet(() -> skipped("no token is stored")));
    }
}
