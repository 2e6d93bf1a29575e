// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.internal.catalog.stack.TokenSource;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** The token that the operator uses, which need not be that of the spec: the service was asked whether it accepts it. */
public final class TokenMatch extends OsmoCheck {
    public TokenMatch() {
        super(
                "operator.token-match",
                "a token in the cluster that the OSMO service accepts",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        TokenSource source = TokenSource.of(evidence);
        return given(
                evidence.snapshot().core().secrets(),
                secrets -> source.in(secrets).flatMap(SecretFacts::token).isEmpty()
                        ? skipped("no token is stored")
                        : given(
                                osmo.operatorTokenRefusal(),
                                refusal -> refusal.map(said -> breach(
                                                "the OSMO service refuses the token in " + source + ": " + said,
                                                "Apply the spec again, so that the Secret has the token that the service knows;"
                                                        + " then restart the operator's listener and worker."))
                                        .orElseGet(() -> pass(source + " is accepted"))));
    }
}
