// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Vantage;

/** CP-2: a cloud may withdraw a patch version after some months; pools that are pinned to it cannot be created or repaired then. */
public final class VersionPin extends AbstractCheck {

    public VersionPin() {
        super(
                "control-plane.version-pin",
                "a cluster that follows a minor version of Kubernetes, not pinned to a patch version",
                Requirement.CP_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.controlPlane(),
                plane -> plane.pinnedVersion()
                        .map(patch -> breach(
                                "pinned to " + patch,
                                CloudServices.remedy(evidence.snapshot(), Remedy.FOLLOW_MINOR_VERSION)
                                        .replace("MINOR", patch.replaceFirst("^(\\d+\\.\\d+).*", "$1"))))
                        .orElseGet(() -> pass(plane.version() + ", not pinned")));
    }
}
