// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;

/** The chart's default is a password, which OSMO's documentation does not use. */
public final class LoginMethod extends OperatorCheck {

    public LoginMethod() {
        super("operator.login-method", "OSMO's operator logging in with a token", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments.stream()
                        .filter(d -> OsmoOperator.main(d).flag("loginmethod").isPresent())
                        .toList(),
                "deployments with a login method",
                d -> OsmoOperator.main(d).flag("loginmethod").equals(Optional.of("token")),
                d -> OsmoOperator.main(d).flag("loginmethod").orElse(""),
                "Set global.loginMethod=token and global.accountTokenSecret in the chart.");
    }
}
