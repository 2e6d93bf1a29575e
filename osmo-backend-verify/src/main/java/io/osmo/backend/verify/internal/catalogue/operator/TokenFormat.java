// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** What OSMO accepts; only length and characters were looked at. */
public final class TokenFormat extends AbstractCheck {

    public TokenFormat() {
        super(
                "operator.token-format",
                "a token of 43 or 64 characters out of A-Z a-z 0-9 _ -",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        TokenSource wanted = TokenSource.of(evidence);
        if (!wanted.key().equals("token")) {
            return skipped("the operator mounts the entry " + wanted.key() + ", of which nothing is read");
        }
        return given(
                evidence.snapshot().core().secrets(),
                secrets -> wanted.in(secrets)
                        .flatMap(SecretFacts::token)
                        .map(t -> {
                            String observed =
                                    t.length() + " characters" + (t.charset() ? "" : ", others than these among them");
                            return t.charset() && (t.length() == 43 || t.length() == 64)
                                    ? pass(observed)
                                    : breach(
                                            observed,
                                            "Store the token that OSMO gave, with no more than a line break after it.");
                        })
                        .orElseGet(() -> skipped("no token is stored")));
    }
}
