// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** CP-1: a cluster that is being created or repaired fails; one that works while it is being changed is a warning. */
public final class StatusActive extends AbstractCheck {

    private static final Predicate<String> CHANGING =
            Pattern.compile("(?i)(updating|upgrading|reconciling)\\b.*").asMatchPredicate();

    public StatusActive() {
        super(
                "control-plane.status-active",
                "a cluster that the cloud reports as active",
                Requirement.CP_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.controlPlane(),
                plane -> plane.healthy()
                        ? CHANGING.test(plane.status())
                                ? breach(
                                        Severity.WARNING,
                                        plane.status(),
                                        "Wait until the change is done, then verify again.")
                                : pass(plane.status())
                        : breach(
                                plane.status(),
                                "Wait until the cluster is active, or fix what the cloud's console reports."));
    }
}
