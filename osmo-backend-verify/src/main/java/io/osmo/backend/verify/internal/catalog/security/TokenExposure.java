// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.stream.Collectors;

/** Whoever may read a Deployment can read its environment variables and flags. */
public final class TokenExposure extends OperatorCheck {

    public TokenExposure() {
        super(
                "security.token-exposure",
                "no credential in environment variables or flags of OSMO's operator",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments,
                "deployments",
                d -> exposed(d).isEmpty(),
                d -> exposed(d) + " in " + d,
                "Mount a Secret instead: global.loginMethod=token and global.accountTokenSecret; then replace the token.");
    }

    private static String exposed(WorkloadFacts deployment) {
        return OsmoOperator.template(deployment).containers().stream()
                .flatMap(c -> c.exposed().stream())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
