// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** CP-2: a version in extended support costs more and stops without notice to OSMO. */
public final class VersionSupported extends AbstractCheck {

    public VersionSupported() {
        super(
                "control-plane.version-supported",
                "a version in the standard support of the cloud",
                Requirement.CP_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.controlPlane(),
                plane -> given(
                        plane.standardSupportUntil(),
                        until -> given(evidence.today(), today -> {
                            String observed = plane.version() + ", standard support until " + until;
                            return today.isAfter(until)
                                    ? breach(observed, "Upgrade to a newer minor version.")
                                    : pass(observed);
                        })));
    }
}
