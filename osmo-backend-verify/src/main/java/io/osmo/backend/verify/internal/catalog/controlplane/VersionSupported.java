// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.LocalDate;

/** CP-2: a version in extended support costs more, and its end comes without notice to OSMO. */
public final class VersionSupported extends AbstractCheck {
    public VersionSupported() {
        super(
                "control-plane.version-supported",
                "a Kubernetes version in the cloud's standard support",
                Requirement.CP_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.controlPlane(),
                plane -> plane.standardSupportUntil()
                        .known()
                        .map(until -> given(evidence.today(), today -> byDay(evidence, plane.version(), until, today)))
                        .orElseGet(
                                () -> given(plane.standardSupport(), supported -> byWord(evidence, plane, supported))));
    }

    private Finding byDay(Evidence evidence, String version, LocalDate until, LocalDate today) {
        String observed = version + ", standard support until " + until;
        return today.isAfter(until)
                ? breach(observed, CloudServices.remedy(evidence.snapshot(), Remedy.UPGRADE))
                : pass(observed);
    }

    /** What the cloud reported on the day of the snapshot holds for earlier days too, but not for later ones. */
    private Finding byWord(Evidence evidence, CloudFacts.ControlPlane plane, boolean supported) {
        if (!supported) {
            return breach(
                    plane.version() + ", no longer in standard support",
                    CloudServices.remedy(evidence.snapshot(), Remedy.UPGRADE));
        }
        Fact<LocalDate> asked = new Evidence(evidence.snapshot()).today();
        boolean later = asked.flatMap(then -> evidence.today().map(day -> day.isAfter(then)))
                .known()
                .orElse(!asked.equals(evidence.today()));
        return later
                ? unknown(plane.version() + " is in standard support now; the cloud does not report until when")
                : pass(plane.version() + ", in standard support; the cloud does not report until when");
    }
}
