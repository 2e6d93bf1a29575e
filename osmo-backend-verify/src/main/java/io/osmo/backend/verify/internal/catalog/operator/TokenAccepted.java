// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;

/** The token that was given to the verification, as a rule that of the spec, which the operator uses too. */
public final class TokenAccepted extends OsmoCheck {
    public TokenAccepted() {
        super("operator.token-accepted", "a token that the OSMO service accepts", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return given(
                osmo.loginRefusal(),
                refusal -> refusal.map(said -> breach(
                                "the OSMO service refuses the token: " + said,
                                "Give both sides the same token: compare the SHA-256 of both Secrets, make sure that no other"
                                        + " backend has the same one, and that it has not expired."))
                        .orElseGet(() -> pass("accepted")));
    }
}
